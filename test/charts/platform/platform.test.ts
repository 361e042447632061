import { describe, expect, test } from '@jest/globals';
import { platformObjects } from '../../../charts/platform/platform.js';
import { supportedKubernetesVersions } from '../../../src/facts/versions.js';
import type { KubeObject } from '../../../src/model/kube-object.js';
import { platformComponents } from '../../../src/model/kube-object.js';
import { podinfo, prod, resolvedCluster } from '../../support/repository.js';
import { objectJudge } from '../../support/schemas.js';
import { asList, asMap } from '../../support/workloads.js';
import { podSpecOf, specOf } from './parts.js';

const withClaim = podinfo.replace(
  'clusters:',
  'scale: {min: 1, max: 1}\nrelease: {maxSurge: 0, maxUnavailable: 1}\nvolumes: [{name: data, path: /data, claim: {size: 1Gi}}]\nclusters:',
);

const everything = { apps: { podinfo: withClaim } };

function componentsOf(texts: Parameters<typeof resolvedCluster>[0]) {
  return platformObjects(resolvedCluster(texts)).map(({ component }) => component);
}

describe('the platform', () => {
  test('has every component where Spot groups are self-managed and an app has a volume claim', () => {
    expect(componentsOf(everything)).toEqual([...platformComponents]);
  });

  test('has no storage without a volume claim', () => {
    expect(componentsOf({})).toEqual([
      'namespaces',
      'metrics-server',
      'cluster-autoscaler',
      'node-termination-handler',
      'argo-rollouts',
    ]);
  });

  test('has no Node Termination Handler where AWS drains the Spot groups, or where there are none', () => {
    const managed = prod.replace('capacity: spot,', 'capacity: spot, managed: true,');
    const none = prod.replace(/.*capacity: spot.*\n/, '');
    expect(componentsOf({ cluster: managed })).not.toContain('node-termination-handler');
    expect(componentsOf({ cluster: none })).not.toContain('node-termination-handler');
  });

  test('renders the same bytes twice', () => {
    const bytes = () => JSON.stringify(platformObjects(resolvedCluster(everything)));
    expect(bytes()).toBe(bytes());
  });

  // The newer minors know these fields too, and test/repository holds the repository's own clusters against them.
  test('is valid for the API of the oldest Kubernetes that we render for', async () => {
    const [oldest] = supportedKubernetesVersions;
    const judge = await objectJudge(oldest);
    const cluster = prod.replace('1.35', oldest);
    const objects = platformObjects(resolvedCluster({ ...everything, cluster })).flatMap((part) => part.objects);
    expect(objects.flatMap(judge)).toEqual([]);
  });
});

describe.each(['true', 'false'])('every controller, production: %s,', (production) => {
  const objects = platformObjects(
    resolvedCluster({ ...everything, cluster: `${prod}production: ${production}\n` }),
  ).flatMap((part) => part.objects);
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const names = deployments.map(({ metadata }) => metadata.name);
  const podSpec = (name: string) => podSpecOf(objects, 'Deployment', name);

  test('is one of three', () => {
    expect(names).toEqual(['metrics-server', 'cluster-autoscaler', 'argo-rollouts']);
  });

  test.each(names)('%s, runs on on-demand nodes only', (name) => {
    expect(asMap(podSpec(name)['affinity'])['nodeAffinity']).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'node-lifecycle', operator: 'In', values: ['on-demand'] }] }],
      },
    });
  });

  test.each(names)('%s, has requests, a memory limit and no CPU limit', (name) => {
    for (const container of asList(podSpec(name)['containers'])) {
      expect(container['resources']).toEqual({
        requests: { cpu: expect.stringMatching(/m$/), memory: expect.stringMatching(/Mi$/) },
        limits: { memory: expect.stringMatching(/Mi$/) },
      });
    }
  });

  test.each(names)('%s, is critical and has a budget that lets one pod go', (name) => {
    expect(podSpec(name)['priorityClassName']).toBe('system-cluster-critical');
    const budgets = objects.filter(({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === name);
    expect(budgets.map(specOf)).toEqual([
      {
        maxUnavailable: 1,
        selector: { matchLabels: { 'app.kubernetes.io/name': name } },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    ]);
  });

  test.each(names)('%s, runs restricted', (name) => {
    const spec = podSpec(name);
    expect(spec['securityContext']).toMatchObject({
      runAsNonRoot: true,
      runAsUser: expect.any(Number),
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const container of asList(spec['containers'])) {
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      });
    }
  });

  test.each(names)('%s, never has fewer pods than before while it is updated', (name) => {
    const [deployment] = deployments.filter(({ metadata }) => metadata.name === name);
    expect(specOf(deployment as KubeObject)['strategy']).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });
});

describe('two replicas', () => {
  const spread = (cluster: string) =>
    asList(
      podSpecOf(
        platformObjects(resolvedCluster({ cluster })).flatMap((part) => part.objects),
        'Deployment',
        'metrics-server',
      )['topologySpreadConstraints'],
    );

  test('never share a node where two on-demand nodes are always there', () => {
    const [host, zone] = spread(prod);
    expect(host).toMatchObject({
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      maxSkew: 1,
      minDomains: 2,
      matchLabelKeys: ['pod-template-hash'],
    });
    expect(zone).toMatchObject({ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' });
  });

  test('count nodes over all on-demand groups', () => {
    const halves = prod.replace(
      / {2}- \{name: base,.*\n/,
      '  - {name: base-a, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 3}\n' +
        '  - {name: base-b, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 3}\n',
    );
    expect(spread(halves)[0]).toMatchObject({ whenUnsatisfiable: 'DoNotSchedule' });
  });

  test('would rather not share one where a single on-demand node is enough for the cluster', () => {
    const [host] = spread(prod.replace('min: 2', 'min: 1'));
    expect(host).toMatchObject({ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' });
    expect(host).not.toHaveProperty('minDomains');
  });

  test('are not there outside production, and one needs no spread', () => {
    expect(spread(`${prod}production: false\n`)).toEqual([]);
  });
});
