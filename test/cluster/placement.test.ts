import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, test } from '@jest/globals';

import { useCluster } from './support/cluster.js';
import { nodesOfGroups } from './support/node-groups.js';
import { deployment, place, podSpecOf, takeAway } from './support/placement.js';
import type { Placement, PodSpec } from './support/placement.js';

// Where the scheduler, in its default configuration, puts the pods of each capacity class: docs/capacity.md says what
// is expected here. Nodes are prod's own (m6i.xlarge: 3,920m), so seven pods of 500m fit on each.

const cluster = useCluster({ name: 'placement', nodes: nodesOfGroups('prod', { base: 4, burst: 4 }) });

const rows: string[] = [];

describe('20 pods of an app, by capacity class and by the room on on-demand nodes', () => {
  test.each([
    // 28 pods of 500m fit on the four on-demand nodes, and as many on the four Spot nodes.
    { capacity: 'overflow', room: 'free', taken: 0, expected: { onDemand: 20, spot: 0, pending: 0 } },
    { capacity: 'overflow', room: 'tight', taken: 14, expected: { onDemand: 14, spot: 6, pending: 0 } },
    { capacity: 'overflow', room: 'full', taken: 28, expected: { onDemand: 0, spot: 20, pending: 0 } },
    { capacity: 'prefer-spot', room: 'free', taken: 0, expected: { onDemand: 0, spot: 20, pending: 0 } },
    { capacity: 'prefer-spot', room: 'tight', taken: 14, expected: { onDemand: 0, spot: 20, pending: 0 } },
    { capacity: 'prefer-spot', room: 'full', taken: 28, expected: { onDemand: 0, spot: 20, pending: 0 } },
    { capacity: 'on-demand', room: 'free', taken: 0, expected: { onDemand: 20, spot: 0, pending: 0 } },
    { capacity: 'on-demand', room: 'tight', taken: 14, expected: { onDemand: 14, spot: 0, pending: 6 } },
    { capacity: 'on-demand', room: 'full', taken: 28, expected: { onDemand: 0, spot: 0, pending: 20 } },
  ])('$capacity, on-demand $room', async ({ capacity, room, taken, expected }) => {
    const filler = await deployment('filler', 'on-demand', taken);
    await place(cluster(), filler, taken);
    const app = await deployment('app', capacity, 20);
    const placement = await place(cluster(), app, 20);
    rows.push(row(`\`${capacity}\`, on-demand ${room}`, 20, placement));
    await takeAway(cluster(), [...app, ...filler]);
    expect(placement).toEqual(expected);
  });
});

test('where Spot is uneven over the zones, spread and room beat `prefer-spot` for the last pods', async () => {
  // Spot nodes: two in us-east-1a, one in us-east-1b; so with seven pods in each zone, 1b has room only on on-demand.
  await cluster().kubectl(['delete', 'node', 'base-4', 'burst-4', '--ignore-not-found']);
  const app = await deployment('app', 'prefer-spot', 20);
  const placement = await place(cluster(), app, 20);
  rows.push(row('`prefer-spot`, three Spot nodes in two zones', 20, placement));
  await takeAway(cluster(), app);
  expect(placement).toEqual({ onDemand: 1, spot: 19, pending: 0 });
});

describe('where a preference wins or loses, on two on-demand and two Spot nodes', () => {
  const tolerate = (pod: PodSpec) => {
    pod.tolerations = [{ key: 'node-lifecycle', operator: 'Exists' }];
  };
  const noAffinity = (pod: PodSpec) => {
    delete pod.affinity;
    delete pod.topologySpreadConstraints;
  };
  const apart = (pod: PodSpec) => {
    const podAffinityTerm = {
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'app' } },
    };
    pod.affinity = {
      ...pod.affinity,
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] },
    };
  };
  const spread = (topologyKey: string, whenUnsatisfiable: string) => (pod: PodSpec) => {
    const labelSelector = { matchLabels: { 'app.kubernetes.io/name': 'app' } };
    pod.topologySpreadConstraints = [{ topologyKey, whenUnsatisfiable, maxSkew: 1, labelSelector }];
  };

  test.each<{ what: string; pods: number; change: ((pod: PodSpec) => void)[]; expected: Placement }>([
    { what: 'as rendered', pods: 14, change: [], expected: { onDemand: 14, spot: 0, pending: 0 } },
    { what: 'as rendered', pods: 15, change: [], expected: { onDemand: 14, spot: 1, pending: 0 } },
    {
      what: 'as rendered + preferred host anti-affinity',
      pods: 10,
      change: [apart],
      expected: { onDemand: 10, spot: 0, pending: 0 },
    },
    {
      what: 'no toleration, no affinity',
      pods: 10,
      change: [noAffinity],
      expected: { onDemand: 10, spot: 0, pending: 0 },
    },
    {
      what: 'no affinity + preferred host anti-affinity',
      pods: 10,
      change: [noAffinity, apart],
      expected: { onDemand: 8, spot: 2, pending: 0 },
    },
    {
      what: 'toleration alone',
      pods: 10,
      change: [noAffinity, tolerate],
      expected: { onDemand: 6, spot: 4, pending: 0 },
    },
    {
      what: 'as rendered + host spread `DoNotSchedule`',
      pods: 10,
      change: [spread('kubernetes.io/hostname', 'DoNotSchedule')],
      expected: { onDemand: 6, spot: 4, pending: 0 },
    },
    {
      what: 'as rendered + host and zone spread `ScheduleAnyway`',
      pods: 10,
      change: [spread('kubernetes.io/hostname', 'ScheduleAnyway')],
      expected: { onDemand: 10, spot: 0, pending: 0 },
    },
  ])('$what: $pods pods', async ({ what, pods, change, expected }) => {
    await cluster().kubectl(['delete', 'node', 'base-3', 'base-4', 'burst-3', 'burst-4', '--ignore-not-found']);
    const app = await deployment('app', 'overflow', pods);
    for (const apply of change) apply(podSpecOf(app));
    const placement = await place(cluster(), app, pods);
    rows.push(row(what, pods, placement));
    await takeAway(cluster(), app);
    expect(placement).toEqual(expected);
  });

  test.each([
    {
      what: "Cluster Autoscaler's soft taint on both on-demand nodes, no affinity",
      change: noAffinity,
      expected: { onDemand: 6, spot: 4, pending: 0 },
    },
    {
      what: "Cluster Autoscaler's soft taint on both on-demand nodes, as rendered",
      change: () => undefined,
      expected: { onDemand: 10, spot: 0, pending: 0 },
    },
  ])('$what', async ({ what, change, expected }) => {
    const taint = 'DeletionCandidateOfClusterAutoscaler';
    await cluster().kubectl(['taint', 'node', 'base-1', 'base-2', `${taint}=1:PreferNoSchedule`, '--overwrite']);
    const app = await deployment('app', 'overflow', 10);
    change(podSpecOf(app));
    const placement = await place(cluster(), app, 10);
    rows.push(row(what, 10, placement));
    await takeAway(cluster(), app);
    await cluster().kubectl(['taint', 'node', 'base-1', 'base-2', `${taint}-`]);
    expect(placement).toEqual(expected);
  });
});

afterAll(() => {
  const table = ['| pod | pods | on-demand | Spot | pending |', '|---|---|---|---|---|', ...rows, ''].join('\n');
  const file = join(process.cwd(), '.build', 'cluster', 'placement.md');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, table);
  console.log(table);
});

function row(what: string, pods: number, { onDemand, spot, pending }: Placement): string {
  return `| ${what} | ${pods} | ${onDemand} | ${spot} | ${pending} |`;
}
