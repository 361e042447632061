import { describe, expect, test } from '@jest/globals';
import { planFiles } from '../../../src/layout/plan.js';
import { objectJudge } from '../../support/schemas.js';
import { objectNamed } from '../../support/repository.js';
import { asList, asMap } from '../../support/workloads.js';
import { delivery, ofOwner, prodWith, specOf } from './delivery.js';

const webhook = prodWith().replace('branch: main', 'branch: main, webhook: {host: argocd.acme.io}');
const { cluster, objects } = delivery({ cluster: webhook });
const kustomization = objectNamed(objects, 'Kustomization', 'argocd');
const literals = (name: string): string[] =>
  asList(kustomization['configMapGenerator']).find((generator) => generator['name'] === name)?.['literals'] as string[];

const workloads = [
  'argocd-application-controller',
  'argocd-applicationset-controller',
  'argocd-dex-server',
  'argocd-notifications-controller',
  'argocd-redis',
  'argocd-repo-server',
  'argocd-server',
];

describe('the kustomization of Argo CD', () => {
  test('stands on upstream’s release by its tag', () => {
    expect((kustomization['resources'] as string[])[0]).toBe(
      'https://raw.githubusercontent.com/argoproj/argo-cd/v3.5.3/manifests/install.yaml',
    );
  });

  test('lists every other file of its folder by the name that layout gives it', () => {
    const files = planFiles(cluster, objects, {})
      .filter(({ owner }) => owner.kind === 'bootstrap')
      .map(({ path }) => path.replace('dist/prod/bootstrap/', ''))
      .filter((file) => file !== 'kustomization.yaml');
    expect((kustomization['resources'] as string[]).slice(1)).toEqual(files);
  });

  test('adds to upstream’s ConfigMaps, under the names that processes ask for', () => {
    expect(asList(kustomization['configMapGenerator']).map(({ behavior }) => behavior)).toEqual(['merge', 'merge']);
    expect(kustomization['generatorOptions']).toEqual({ disableNameSuffixHash: true });
  });

  test('holds no wave back for a CRD that is not established yet: nothing would tell Argo CD when it is', () => {
    const lua = literals('argocd-cm').find((literal) =>
      literal.includes('health.apiextensions.k8s.io_CustomResourceDefinition'),
    );
    expect(lua).toContain('status = "Healthy"');
    expect(lua).not.toContain('Established');
    expect(lua).not.toContain('Progressing');
    expect(lua).toContain('"NamesAccepted"');
  });

  test('judges an Application by its sync status, too', () => {
    const lua = literals('argocd-cm').find((literal) => literal.includes('health.argoproj.io_Application'));
    expect(lua).toContain('if health.status == "Healthy" and sync ~= "Synced" then');
  });

  test('ends a sync that waits for health after half an hour', () => {
    expect(literals('argocd-cmd-params-cm')).toContain('controller.sync.timeout.seconds=1800');
  });

  test('closes what is open by choice: shells from the browser, users without a name', () => {
    expect(literals('argocd-cm')).toEqual(
      expect.arrayContaining(['exec.enabled=false', 'users.anonymous.enabled=false']),
    );
  });

  test('puts every workload on on-demand nodes with a priority class', () => {
    const placements = asList(kustomization['patches']).filter(({ patch }) => String(patch).includes('nodeAffinity'));
    expect(placements.map(({ target }) => [asMap(target)['kind'], asMap(target)['labelSelector']])).toEqual([
      ['Deployment', 'app.kubernetes.io/part-of=argocd'],
      ['StatefulSet', 'app.kubernetes.io/part-of=argocd'],
    ]);
    for (const { patch } of placements) {
      expect(JSON.parse(String(patch))).toMatchObject({
        spec: {
          template: {
            spec: {
              priorityClassName: 'system-cluster-critical',
              affinity: {
                nodeAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [
                      { matchExpressions: [{ key: 'node-lifecycle', operator: 'In', values: ['on-demand'] }] },
                    ],
                  },
                },
              },
            },
          },
        },
      });
    }
  });

  test('gives every workload requests', () => {
    const named = asList(kustomization['patches']).filter(({ patch }) =>
      /"requests": \{\n +"cpu": /.test(String(patch)),
    );
    expect(named.map(({ target }) => asMap(target)['name'])).toEqual(workloads);
  });

  test('has two copies of what scales in production, and one elsewhere', () => {
    expect(kustomization['replicas']).toEqual([
      { name: 'argocd-repo-server', count: 2 },
      { name: 'argocd-server', count: 2 },
    ]);
    const elsewhere = delivery({ cluster: prodWith('production: false') }).objects;
    expect(objectNamed(elsewhere, 'Kustomization', 'argocd')['replicas']).toBeUndefined();
  });
});

describe('the namespace of Argo CD', () => {
  test('enforces the restricted level, at the cluster’s version', () => {
    expect(objectNamed(objects, 'Namespace', 'argocd').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.35',
    });
  });

  test('is rendered once, by bootstrap', () => {
    const rendered = [...delivery().rendered, ...objects].filter(
      ({ object }) => object.kind === 'Namespace' && object.metadata.name === 'argocd',
    );
    expect(rendered.map(({ owner }) => owner.kind)).toEqual(['bootstrap']);
  });
});

test('every workload of Argo CD lets one pod go at a time', () => {
  const budgets = ofOwner(objects, 'bootstrap').filter(({ kind }) => kind === 'PodDisruptionBudget');
  expect(budgets.map(({ metadata }) => metadata.name)).toEqual(workloads);
  for (const budget of budgets) {
    expect(specOf(budget)).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': budget.metadata.name } },
    });
  }
});

describe('the webhook', () => {
  test('opens exactly /api/webhook of one host to the internet, over HTTPS', () => {
    const ingress = objectNamed(objects, 'Ingress', 'argocd-webhook');
    expect(specOf(ingress)['rules']).toEqual([
      {
        host: 'argocd.acme.io',
        http: {
          paths: [
            {
              path: '/api/webhook',
              pathType: 'Exact',
              backend: { service: { name: 'argocd-server', port: { name: 'https' } } },
            },
          ],
        },
      },
    ]);
    expect(ingress.metadata.annotations).toMatchObject({
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
      'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS',
    });
    expect(ingress.metadata.annotations).not.toHaveProperty(['alb.ingress.kubernetes.io/certificate-arn']);
  });

  test('uses the certificate that the spec names', () => {
    const arn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
    const named = delivery({ cluster: webhook.replace('acme.io}', `acme.io, certificateArn: "${arn}"}`) });
    expect(objectNamed(named.objects, 'Ingress', 'argocd-webhook').metadata.annotations).toMatchObject({
      'alb.ingress.kubernetes.io/certificate-arn': arn,
    });
  });

  test('is not there unless asked for', () => {
    expect(ofOwner(delivery().objects, 'bootstrap').filter(({ kind }) => kind === 'Ingress')).toEqual([]);
  });
});

test('everything that delivers is valid by the schemas of Kubernetes and Argo CD', async () => {
  const judge = await objectJudge('1.35');
  expect(objects.flatMap(({ object }) => judge(object))).toEqual([]);
});
