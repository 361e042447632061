import { expect } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import { waitFor } from '../rig/wait.js';
import type { Effect, Scene } from './effect.js';

/** Services and ports that lead nowhere, or to too many. */
export const SERVICE_EFFECTS: Readonly<Record<string, Effect>> = {
  'container-port-unique': async (scene) => {
    const { cluster } = scene;
    expect(await apply(cluster, scene)).toEqual([expect.stringMatching(/duplicate port/)]);
  },
  'selector-matches': async (scene) => {
    const { cluster, namespace } = scene;
    await apply(cluster, scene);
    await waitFor('the pods to run', async () =>
      (await cluster.get<V1Pod>('pods', `--namespace=${namespace}`)).some(({ status }) => status?.phase === 'Running'),
    );
    expect(await addresses(scene)).toBe('');
  },
  'service-target-port': async (scene) => {
    const { cluster, namespace } = scene;
    await apply(cluster, scene);
    await waitFor('the Service to have pods, and no port to reach them at', async () => {
      const query = (path: string) =>
        cluster.kubectl(['get', 'endpointslices', `--namespace=${namespace}`, `--output=jsonpath=${path}`]);
      return (
        (await query('{.items[*].endpoints[*].addresses[*]}')) !== '' &&
        (await query('{.items[*].ports[*].port}')) === ''
      );
    });
  },
  'selector-overlap': async (scene) => {
    const { cluster, namespace } = scene;
    await apply(cluster, scene);
    await waitFor('one Service to send to the pods of two apps', async () => {
      const targets = await cluster.kubectl([
        'get',
        'endpointslices',
        `--namespace=${namespace}`,
        '--output=jsonpath={range .items[*]}{.metadata.labels.kubernetes\\.io/service-name}{"="}{.endpoints[*].targetRef.name}{"\\n"}{end}',
      ]);
      return targets.split('\n').some(
        (line) =>
          new Set(
            line
              .split('=')[1]
              ?.split(' ')
              .map((pod) => pod.split('-')[0]),
          ).size > 1,
      );
    });
  },
};

function addresses({ cluster, namespace }: Scene): Promise<string> {
  const path = '{.items[*].endpoints[*].addresses[*]}';
  return cluster.kubectl(['get', 'endpointslices', `--namespace=${namespace}`, `--output=jsonpath=${path}`]);
}
