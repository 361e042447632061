import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { renderRepository } from '../../src/pipeline.js';
import type { RenderedCluster } from '../../src/pipeline.js';
import { repositoryRoot } from '../support/rendering.js';
import { asList, asMap } from '../support/workloads.js';
import type { Json } from '../support/workloads.js';

// eksctl makes roles, Git brings ServiceAccounts, pods run as them: three files that must name one thing.

const annotation = 'eks.amazonaws.com/role-arn';

/** ServiceAccounts that nobody renders: EKS' addons bring theirs. */
const ofAddons = ['kube-system/ebs-csi-controller-sa', 'amazon-cloudwatch/cloudwatch-agent'];

interface Identity {
  readonly account: string;
  readonly roleName: string;
}

/** The roles of a ClusterConfig, with the ServiceAccount that each is for. */
function identitiesOf({ clusterConfig }: RenderedCluster): Identity[] {
  const iam = asMap(clusterConfig['iam']);
  const associations = asList(iam['podIdentityAssociations'] ?? []).map(
    ({ namespace, serviceAccountName, roleName }): Identity => ({
      account: `${String(namespace)}/${String(serviceAccountName)}`,
      roleName: String(roleName),
    }),
  );
  const accounts = asList(iam['serviceAccounts'] ?? []).map(({ metadata, roleName }): Identity => {
    const { namespace, name } = asMap(metadata);
    return { account: `${String(namespace)}/${String(name)}`, roleName: String(roleName) };
  });
  return [...associations, ...accounts];
}

/** `namespace/name` → role that a ServiceAccount is annotated with, those of the load balancer controller's chart included. */
function serviceAccountsOf({ objects }: RenderedCluster): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { object } of objects) {
    if (object.kind === 'ServiceAccount') {
      found.set(
        `${object.metadata.namespace ?? ''}/${object.metadata.name}`,
        object.metadata.annotations?.[annotation],
      );
    }
    if (object.kind === 'Application') {
      const spec = asMap((object as unknown as Json)['spec']);
      const helm = asMap(asMap(spec['source'] ?? {})['helm'] ?? {});
      const account = asMap(asMap(helm['valuesObject'] ?? {})['serviceAccount'] ?? {});
      if (account['name'] === undefined) continue;
      const { namespace } = asMap(spec['destination']);
      found.set(`${String(namespace)}/${account['name'] as string}`, asMap(account['annotations'] ?? {})[annotation]);
    }
  }
  return found;
}

describe.each([
  ['Pod Identity', '.', 'prod'],
  ['IRSA', 'test/fixtures/everything', 'blue'],
] as const)('with %s', (identity, folder, name) => {
  let rendered: RenderedCluster;
  beforeAll(async () => {
    const { clusters } = await renderRepository(join(repositoryRoot, folder), { cluster: name });
    const [only] = clusters;
    if (only === undefined) throw new Error(`no cluster ${name}`);
    rendered = only;
  });

  test('every role is for a ServiceAccount that exists, and that wears it', () => {
    const accounts = serviceAccountsOf(rendered);
    const identities = identitiesOf(rendered).filter(({ account }) => !ofAddons.includes(account));
    expect(identities.length).toBeGreaterThan(1);
    for (const { account, roleName } of identities) {
      expect([account, accounts.has(account)]).toEqual([account, true]);
      const arn = accounts.get(account);
      if (identity === 'IRSA') expect(arn).toBe(`arn:aws:iam::111122223333:role/${roleName}`);
      else expect(arn).toBeUndefined();
    }
  });

  test('every role that a ServiceAccount wears is made', () => {
    const made = identitiesOf(rendered).map(({ roleName }) => `arn:aws:iam::111122223333:role/${roleName}`);
    const worn = [...serviceAccountsOf(rendered).values()].filter((arn) => arn !== undefined);
    expect(worn.filter((arn) => !made.includes(arn as string))).toEqual([]);
    expect(worn.length > 0).toBe(identity === 'IRSA');
  });
});
