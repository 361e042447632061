import { describe, expect, test } from '@jest/globals';
import { clusterConfig } from '../../src/eksctl/cluster-config.js';
import { eksctlHandovers } from '../../src/layout/eksctl-handover.js';
import { emitObject } from '../../src/layout/emit.js';
import type { FileChange } from '../../src/layout/file-spec.js';
import { podinfo, prod, resolvedCluster } from '../support/repository.js';

const file = 'eksctl/prod.yaml';
const here = '--cluster prod --region us-east-1';
const reader = 'aws: {policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]}\n';
const writer = reader.replace('ReadOnly', 'Full');
const developer = 'access: [{principalArn: "arn:aws:iam::123456789012:role/dev", policy: view}]\n';
const irsa = 'identity: irsa\n';

function configOf(cluster: string, app: string): string {
  return emitObject(clusterConfig(resolvedCluster({ cluster, apps: { podinfo: app } })), 'clusters/prod.yaml');
}

interface Spec {
  readonly cluster?: string;
  readonly app?: string;
}

function handover(before: Spec, after: Spec) {
  const text = ({ cluster = '', app = '' }: Spec) => configOf(prod + cluster, podinfo + app);
  return handoverOf(text(before), text(after));
}

function handoverOf(before: string, after: string) {
  const change: FileChange = { kind: 'update', path: file, cluster: 'prod', owner: 'eksctl', before, after };
  return eksctlHandovers([resolvedCluster({ apps: { podinfo } })], [change]);
}

/** The lines of the hint, without what each is for. */
function commands(...args: Parameters<typeof handover>): string[] {
  return handover(...args).flatMap(({ hint = '' }) =>
    hint.split('\n').map((line) => line.trim().split('  # ')[0] ?? ''),
  );
}

describe('eksctlHandovers', () => {
  test('says at the cluster’s name what Argo CD will not do, and by which command it is done', () => {
    expect(handover({}, { app: reader })).toEqual([
      {
        code: 'eksctl-handover',
        severity: 'warning',
        message:
          'eksctl/prod.yaml changes (iam.podIdentityAssociations), and Argo CD does not apply it: ' +
          'if cluster prod runs already, you do',
        hint: [
          'before the merge:',
          `  eksctl create podidentityassociation -f ${file}  # new: podinfo/podinfo; its errors about those that exist are harmless`,
        ].join('\n'),
        at: expect.objectContaining({ file: 'clusters/prod.yaml', line: 1 }),
      },
    ]);
  });

  test.each<[string, Spec, Spec, string[]]>([
    [
      'other permissions of an app',
      { app: reader },
      { app: writer },
      ['before the merge:', `eksctl update podidentityassociation -f ${file}`],
    ],
    [
      'an app without permissions',
      { app: reader },
      {},
      [
        'after the merge:',
        `eksctl delete podidentityassociation ${here} --namespace podinfo --service-account-name podinfo`,
      ],
    ],
    [
      'permissions by IRSA',
      { cluster: irsa },
      { cluster: irsa, app: reader },
      ['before the merge:', `eksctl create iamserviceaccount -f ${file} --approve`],
    ],
    [
      'other permissions by IRSA',
      { cluster: irsa, app: reader },
      { cluster: irsa, app: writer },
      ['before the merge:', `eksctl update iamserviceaccount -f ${file} --approve`],
    ],
    [
      'an app without permissions by IRSA',
      { cluster: irsa, app: reader },
      { cluster: irsa },
      ['after the merge:', `eksctl delete iamserviceaccount ${here} --namespace podinfo --name podinfo`],
    ],
    [
      'the first claim, whose addon comes with it',
      {},
      { app: 'volumes: [{name: data, path: /data, claim: {size: 1Gi}}]\n' },
      ['before the merge:', `eksctl create addon -f ${file}`],
    ],
    [
      'no observability any more',
      {},
      { cluster: 'observability: false\n' },
      [
        'before the merge:',
        `eksctl utils update-cluster-logging ${here} --disable-types all --approve`,
        'after the merge:',
        `eksctl delete addon ${here} --name amazon-cloudwatch-observability`,
      ],
    ],
    [
      'other log types',
      {},
      { cluster: 'observability: {logTypes: [audit]}\n' },
      ['before the merge:', `eksctl utils update-cluster-logging -f ${file} --approve`],
    ],
    [
      'another retention alone, which eksctl overlooks',
      {},
      { cluster: 'observability: {logRetentionDays: 30}\n' },
      [
        'before the merge:',
        'aws logs put-retention-policy --region us-east-1 --log-group-name /aws/eks/prod/cluster --retention-in-days 30',
      ],
    ],
    ['a person with access', {}, { cluster: developer }, ['before the merge:', `eksctl create accessentry -f ${file}`]],
    [
      'a person with other access',
      { cluster: developer },
      { cluster: developer.replace('view', 'edit') },
      [
        'before the merge:',
        `eksctl delete accessentry ${here} --principal-arn arn:aws:iam::123456789012:role/dev`,
        `eksctl create accessentry -f ${file}`,
      ],
    ],
    [
      'endpoints',
      {},
      { cluster: 'endpoint: {publicCidrs: [203.0.113.0/24]}\n' },
      ['before the merge:', `eksctl utils update-cluster-vpc-config -f ${file} --approve`],
    ],
    [
      'tags, which eksctl gives at the start only',
      {},
      { cluster: 'tags: {team: platform}\n' },
      ['by no command:', 'metadata.tags: eksctl leaves it as the cluster was made'],
    ],
  ])('knows the way for %s', (_, before, after, lines) => {
    expect(commands(before, after)).toEqual(lines);
  });

  test('makes a new node group before the merge, takes the old one away after it, and resizes without moving nodes', () => {
    const old = configOf(prod, podinfo);
    const renamed = prod.replace('name: burst', 'name: burst-2').replace('max: 6', 'max: 9');
    const hint = handoverOf(old, configOf(renamed, podinfo))[0]?.hint ?? '';
    expect(hint.split('\n').map((line) => line.trim())).toEqual([
      'before the merge:',
      `eksctl create nodegroup -f ${file}  # new: burst-2`,
      `eksctl scale nodegroup ${here} --name base --nodes-min 2 --nodes-max 9  # resized: base`,
      'after the merge:',
      `eksctl delete nodegroup ${here} --name burst  # gone: burst`,
    ]);
    expect(hint).not.toContain('scale nodegroup -f');
  });

  test('says of an edited node group that it wants a new name', () => {
    const edited = prod.replace('m6i.large], min: 2', 'm6i.xlarge], min: 2');
    expect(handoverOf(configOf(prod, podinfo), configOf(edited, podinfo))[0]?.hint).toBe(
      'by no command:\n  node group base: a group is replaced, not edited, so give the changed one a new name',
    );
  });

  test('puts the control plane first and roles before the addons that wear them', () => {
    const before = { cluster: irsa };
    const older = configOf(prod.replace('1.35', '1.34') + irsa, podinfo);
    const claim = `${podinfo}volumes: [{name: data, path: /data, claim: {size: 1Gi}}]\n`;
    const hint = handoverOf(older, configOf(prod + before.cluster, claim))[0]?.hint ?? '';
    const verbs = hint.split('\n').map((line) => line.trim().split(' ').slice(0, 3).join(' '));
    expect(verbs).toEqual([
      'before the merge:',
      'eksctl upgrade cluster',
      'eksctl create iamserviceaccount',
      'eksctl create addon',
    ]);
  });

  test('is silent where only the first line or the order differs, and where a person broke the file', () => {
    const text = configOf(prod, podinfo + reader);
    expect(handoverOf(text.replace('clusters/prod.yaml', 'clusters/prod.yml'), text)).toEqual([]);
    expect(handoverOf('a: [', text)).toEqual([]);
  });

  test('is silent about a ClusterConfig that is new, and about other files', () => {
    const text = configOf(prod, podinfo);
    const clusters = [resolvedCluster({ apps: { podinfo } })];
    const base = { path: file, cluster: 'prod', owner: 'eksctl' };
    expect(eksctlHandovers(clusters, [{ ...base, kind: 'create', after: text }])).toEqual([]);
    expect(
      eksctlHandovers(clusters, [{ ...base, owner: 'app/podinfo', kind: 'update', before: 'a: 1', after: text }]),
    ).toEqual([]);
  });
});
