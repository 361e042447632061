import { readFileSync, readdirSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import type { V1Node, V1Pod } from '@kubernetes/client-node';

import { apply, diff } from './rig/apply.js';
import { startCluster } from './rig/cluster.js';
import type { Cluster } from './rig/cluster.js';
import { waitFor } from './rig/wait.js';
import { useCluster } from './support/cluster.js';

const deployment = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: 'example.com/web:1.0.0' }] },
    },
  },
});

const runningPods = async (cluster: Cluster, app: string) =>
  (await cluster.get<V1Pod>('pods', '--namespace=default', `--selector=app=${app}`)).filter(
    (pod) => pod.status?.phase === 'Running',
  );

describe('one cluster', () => {
  const cluster = useCluster({ name: 'rig', nodes: [{ name: 'node-1' }, { name: 'node-2', zone: 'us-east-1b' }] });

  test('it is Kubernetes 1.35.4, stamped as upstream stamps it', async () => {
    const { serverVersion } = JSON.parse(await cluster().kubectl(['version', '--output=json'])) as {
      serverVersion: { gitVersion: string };
    };
    expect(serverVersion.gitVersion).toBe('v1.35.4');
  });

  test("a Deployment's pods run on kwok's nodes, at addresses of this cluster's own", async () => {
    expect(await apply(cluster(), { objects: [deployment('web', 3)] })).toEqual([]);
    const pods = await waitFor('3 pods to run', async () => {
      const found = await runningPods(cluster(), 'web');
      return found.length === 3 && found;
    });
    expect(new Set(pods.map((pod) => pod.spec?.nodeName))).toEqual(new Set(['node-1', 'node-2']));
    for (const pod of pods) expect(pod.status?.podIP).toMatch(/^10\.244\./);
  });

  test('a field that Kubernetes does not know is refused, not dropped', async () => {
    const wrong = deployment('wrong', 1);
    Object.assign(wrong.spec, { replica: 3 });
    await expect(apply(cluster(), { objects: [wrong] }, { dryRun: true })).rejects.toThrow('unknown field "replica"');
  });

  test('a warning of the API server reaches the test', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'old',
        namespace: 'default',
        annotations: { 'scheduler.alpha.kubernetes.io/critical-pod': '' },
      },
      spec: { containers: [{ name: 'a', image: 'a:1' }] },
    };
    expect(await apply(cluster(), { objects: [pod] }, { dryRun: true })).toEqual([
      expect.stringContaining('critical-pod'),
    ]);
  });

  test('diff is empty for what was applied, and shows what was not', async () => {
    await apply(cluster(), { objects: [deployment('same', 1)] });
    expect(await diff(cluster(), { objects: [deployment('same', 1)] })).toBe('');
    expect(await diff(cluster(), { objects: [deployment('same', 2)] })).toContain('replicas: 2');
  });
});

describe('several clusters', () => {
  test('two of them run side by side, know nothing of each other, and leave nothing behind', async () => {
    const [left, right] = (await Promise.all(
      ['left', 'right'].map((name) => startCluster({ name, nodes: [{ name }] })),
    )) as [Cluster, Cluster];
    try {
      for (const cluster of [left, right]) {
        const names = (await cluster.get<V1Node>('nodes')).map((node) => node.metadata?.name);
        expect(names).toEqual([cluster.site.name]);
      }
      expect(left.site.slot.podCidr).not.toBe(right.site.slot.podCidr);
      // Five parts at least: a test that finds no process of a running cluster would find none of a stopped one either.
      for (const cluster of [left, right]) expect(processesOf(cluster).length).toBeGreaterThanOrEqual(5);
    } finally {
      await Promise.all([left.stop(), right.stop()]);
    }
    expect([left, right].flatMap(processesOf)).toEqual([]);
  });
});

/** Command lines that name the cluster's folder, as every part's do: other tests' parts run at the same time. */
function processesOf({ site }: Cluster): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .filter((line) => line.includes(site.folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // ended between the two looks
  }
}
