import type { Position } from '../diagnostic/diagnostic.js';
import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, maps, text } from './view/json.js';

interface RoleUse {
  readonly role: string;
  /** `namespace/name` of the ServiceAccount that wears it. */
  readonly account: string;
}

/** Every role that the ClusterConfig has eksctl make, or gives by ARN, with who wears it. */
function rolesOf({ clusterConfig }: ClusterView): RoleUse[] {
  const associations = maps(dig(clusterConfig, 'iam', 'podIdentityAssociations')).map((entry) => ({
    role: text(entry['roleName']),
    account: `${text(entry['namespace']) ?? ''}/${text(entry['serviceAccountName']) ?? ''}`,
  }));
  const accounts = maps(dig(clusterConfig, 'iam', 'serviceAccounts')).map((entry) => {
    const metadata = map(entry['metadata']);
    return {
      role: text(entry['roleName']),
      account: `${text(metadata['namespace']) ?? ''}/${text(metadata['name']) ?? ''}`,
    };
  });
  const ofAddons = maps(clusterConfig['addons']).flatMap((addon) =>
    maps(addon['podIdentityAssociations']).map((entry) => ({
      role: text(entry['roleName']),
      account: `${text(entry['namespace']) ?? ''}/${text(entry['serviceAccountName']) ?? ''}`,
    })),
  );
  return [...associations, ...accounts, ...ofAddons].flatMap(({ role, account }) =>
    role === undefined ? [] : [{ role, account }],
  );
}

function positionOf(view: ClusterView, { account }: RoleUse): { readonly at: Position; readonly app?: string } {
  const app = view.cluster.apps.find(({ namespace, name, aws }) => aws && `${namespace}/${name}` === account);
  return app === undefined
    ? { at: view.cluster.provenance.at('name') }
    : { at: app.provenance.at('name'), app: app.name };
}

/** The names of IAM roles. */
export const roleChecks: readonly Check[] = [
  {
    id: 'role-name-unique',
    title: 'apps and controllers have IAM roles of different names',
    why: 'A role’s name is there once in an account: the second one cannot be made, or takes the permissions of the first.',
    severity: 'error',
    essential: true,
    *run(view) {
      const roles = rolesOf(view);
      for (const [index, use] of roles.entries()) {
        const same = roles.find((other, place) => place !== index && other.role === use.role);
        if (same === undefined) continue;
        const position = positionOf(view, use);
        // Where an app meets a controller, the app can be renamed.
        if (position.app === undefined && positionOf(view, same).app !== undefined) continue;
        yield {
          message: `the IAM role of ${use.account} is named ${use.role}, as that of ${same.account}`,
          hint: 'give the app another name or namespace',
          ...position,
        };
      }
    },
  },
];
