import type { V1Pod } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import type { Cluster } from '../rig/cluster.js';
import { bindingsOf, grantsOf, inWords } from './grants.js';
import type { Grant, RenderedAccess } from './grants.js';

/** Whose rights are taken, which ones, and what the account that lacks them is called. */
export interface Lesser {
  /** `namespace/name` of a rendered service account. */
  readonly than: string;
  /** In kubectl's words: `create pods/eviction`. */
  readonly without: readonly string[];
  readonly name: string;
}

/**
 * Makes a service account beside a rendered one, with everything that its rendered bindings give but the stated rights. One of its own, so
 * that what it is refused is not taken for a refusal of the rendered one. Throws where a right is not rendered: taking it
 * away would show nothing.
 */
export async function addLesserAccount(
  cluster: Cluster,
  rendered: readonly RenderedAccess[],
  { than, without, name }: Lesser,
): Promise<void> {
  const [namespace = ''] = than.split('/');
  const grants = grantsOf(rendered).filter(({ serviceAccounts }) => serviceAccounts.includes(than));
  const missing = without.filter((right) => !grants.some((grant) => inWords(grant) === right));
  if (missing.length > 0) throw new Error(`${than} is not given ${missing.join(', ')}`);
  const left = grants.filter((grant) => !without.includes(inWords(grant)));
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  const objects = bindingsOf(rendered)
    .filter(({ serviceAccounts }) => serviceAccounts.includes(than))
    .flatMap(({ binding, role }) => {
      const isRendered = grants.some((grant) => grant.role === role);
      const ownRole = isRendered
        ? asObject(role, name, { rules: left.filter((it) => it.role === role).map(ruleOf) })
        : [];
      const [kind = '', ...path] = role.split('/');
      const roleRef = { apiGroup: RBAC, kind, name: isRendered ? nameBeside(role, name) : path.at(-1) };
      return [ownRole, asObject(binding, name, { roleRef, subjects })].flat();
    });
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
  await apply(cluster, { objects: [account, ...objects] });
}

/** The pod as if it ran under another service account of its namespace. */
export function as(pod: V1Pod, serviceAccountName: string): V1Pod {
  const copy = structuredClone(pod);
  if (copy.spec !== undefined) copy.spec.serviceAccountName = serviceAccountName;
  return copy;
}

const RBAC = 'rbac.authorization.k8s.io';

/** An object of kind and namespace as in `Kind/namespace/name`, under a name of its own. */
function asObject(id: string, name: string, content: object): object {
  const [kind, ...path] = id.split('/');
  const namespace = path.length > 1 ? { namespace: path[0] } : {};
  return { apiVersion: `${RBAC}/v1`, kind, metadata: { name: nameBeside(id, name), ...namespace }, ...content };
}

function nameBeside(id: string, name: string): string {
  return `${id.split('/').at(-1) ?? ''}:${name}`;
}

function ruleOf({ verb, group, resource, name }: Grant): object {
  const resourceNames = name === undefined ? {} : { resourceNames: [name] };
  return { apiGroups: [group], resources: [resource], verbs: [verb], ...resourceNames };
}
