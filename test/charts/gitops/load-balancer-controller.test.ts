import { expect, test } from '@jest/globals';
import type { KubeObject } from '../../../src/model/kube-object.js';
import { objectNamed } from '../../support/repository.js';
import { asList, asMap } from '../../support/workloads.js';
import { appText, delivery, prodWith, specOf } from './delivery.js';

const ingress = appText('podinfo', 'ingress: {host: podinfo.acme.io}');

function controller(...lines: readonly string[]): KubeObject {
  const { objects } = delivery({ cluster: prodWith(...lines), apps: { podinfo: ingress } });
  return objectNamed(objects, 'Application', 'platform-aws-load-balancer-controller');
}

function valuesOf(application: KubeObject) {
  return asMap(asMap(asMap(specOf(application)['source'])['helm'])['valuesObject']);
}

test('the load balancer controller is its pinned upstream chart under the names that its objects have', () => {
  expect(specOf(controller())['source']).toMatchObject({
    repoURL: 'https://aws.github.io/eks-charts',
    chart: 'aws-load-balancer-controller',
    targetRevision: '3.5.0',
    helm: { releaseName: 'aws-load-balancer-controller' },
  });
});

test('a webhook without any app’s ingress brings the load balancer controller, too', () => {
  const cluster = prodWith().replace('branch: main', 'branch: main, webhook: {host: argocd.acme.io}');
  expect(
    objectNamed(delivery({ cluster }).objects, 'Application', 'platform-aws-load-balancer-controller'),
  ).toBeDefined();
});

test('it alone leaves fields as they are in the cluster: the certificates that its chart makes at every render', () => {
  const { objects } = delivery({ apps: { podinfo: ingress } });
  const ignoring = objects.filter(({ object }) => JSON.stringify(object).includes('gnoreDifferences'));
  expect(ignoring.map(({ object }) => object.metadata.name)).toEqual(['platform-aws-load-balancer-controller']);
  const spec = specOf(controller());
  expect(asMap(spec['syncPolicy'])['syncOptions']).toEqual(['RespectIgnoreDifferences=true']);
  expect(asList(spec['ignoreDifferences']).map(({ kind, name }) => `${String(kind)} ${String(name)}`)).toEqual([
    'Secret aws-load-balancer-tls',
    'MutatingWebhookConfiguration aws-load-balancer-webhook',
    'ValidatingWebhookConfiguration aws-load-balancer-webhook',
  ]);
});

test('it does not stand between the API and every Service', () => {
  expect(valuesOf(controller())['enableServiceMutatorWebhook']).toBe(false);
});

test('it runs twice on on-demand nodes with requests, a disruption budget and a priority class', () => {
  const values = valuesOf(controller());
  expect(values).toMatchObject({
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: 'system-cluster-critical',
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
  });
  expect(JSON.stringify(asMap(values['affinity'])['nodeAffinity'])).toContain('"values":["on-demand"]');
});

test('its ServiceAccount carries the role that eksctl makes with IRSA, and nothing with Pod Identity', () => {
  const irsa = controller('identity: irsa', 'accountId: "111122223333"');
  expect(asMap(valuesOf(irsa)['serviceAccount'])).toEqual({
    create: true,
    name: 'aws-load-balancer-controller',
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/prod-load-balancer' },
  });
  expect(asMap(valuesOf(controller())['serviceAccount'])).toEqual({
    create: true,
    name: 'aws-load-balancer-controller',
  });
});

test('it is told the VPC where the spec knows it', () => {
  const vpc = 'vpc: {id: vpc-0123456789abcdef0, privateSubnets: {us-east-1a: subnet-0a, us-east-1b: subnet-0b}}';
  expect(valuesOf(controller(vpc))['vpcId']).toBe('vpc-0123456789abcdef0');
  expect(valuesOf(controller())).not.toHaveProperty('vpcId');
});
