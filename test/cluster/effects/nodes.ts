import type { V1Pod } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import { waitFor } from '../rig/wait.js';
import { pending } from './effect.js';
import type { Effect, Scene } from './effect.js';
import { DISK_EFFECTS } from './disks.js';

const ON_DEMAND = ['base-1', 'base-2'] as const;

/** Pods whose nodes are not there, are full, or are the wrong ones. */
export const NODE_EFFECTS: Readonly<Record<string, Effect>> = {
  ...DISK_EFFECTS,
  'minimum-exceeds': async (scene) => {
    const { cluster } = scene;
    // The group of this case has two nodes of 1,930m, and the cluster no other.
    await cluster.kubectl(['cordon', 'burst-1', 'base-2']);
    try {
      await pending(/Insufficient cpu/)(scene);
    } finally {
      await cluster.kubectl(['uncordon', 'burst-1', 'base-2']);
    }
  },
  'spot-taint': async (scene) => {
    const { cluster, namespace } = scene;
    await cluster.kubectl(['cordon', 'base-1', 'base-2']);
    await cluster.kubectl(['taint', 'node', 'burst-1', 'node-lifecycle=spot:NoSchedule']);
    try {
      await pending(/untolerated taint/)({ ...scene, objects: [podThatOverflows(namespace)] });
    } finally {
      await cluster.kubectl(['taint', 'node', 'burst-1', 'node-lifecycle=spot:NoSchedule-']);
      await cluster.kubectl(['uncordon', 'base-1', 'base-2']);
    }
  },
  'on-demand-group': async (scene) => {
    // All that this cluster has left is its Spot node.
    await withoutNodes(scene, ON_DEMAND, () =>
      pending(/didn't match Pod's node affinity\/selector/)({ ...scene, objects: metricsServer(scene) }),
    );
  },
  'controllers-safe': async (scene) => {
    const { cluster, namespace } = scene;
    await withoutNodes(scene, ON_DEMAND, async () => {
      await apply(cluster, { objects: metricsServer(scene) });
      await waitFor('a controller on the Spot node', async () => {
        const pods = await cluster.get<V1Pod>('pods', `--namespace=${namespace}`);
        return pods.some(({ spec, status }) => spec?.nodeName === 'burst-1' && status?.phase === 'Running');
      });
    });
  },
};

/** The metrics-server that the case renders, and what its pods need. */
function metricsServer({ platform }: Scene): object[] {
  return platform.filter(
    (object) =>
      'kind' in object &&
      ['Deployment', 'ServiceAccount'].includes(String(object.kind)) &&
      JSON.stringify(object).includes('"name":"metrics-server"'),
  );
}

/** Does `what` while nothing new can be scheduled to these nodes. */
async function withoutNodes({ cluster }: Scene, names: readonly string[], what: () => Promise<void>): Promise<void> {
  await cluster.kubectl(['cordon', ...names]);
  try {
    await what();
  } finally {
    await cluster.kubectl(['uncordon', ...names]);
  }
}

function podThatOverflows(namespace: string): object {
  const container = { name: 'app', image: 'example.com/app:1.0.0', resources: { requests: { cpu: '100m' } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'overflow', namespace },
    spec: { containers: [container] },
  };
}
