import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';
import { application, describeApplication } from './applications.js';
import type { Application, Operation } from './applications.js';

/** Syncs an Application by hand, as a person would press the button, and waits for the end of it. */
export async function syncByHand(cluster: Cluster, { metadata, spec, status }: Application): Promise<Operation> {
  const { name } = metadata;
  const before = status?.operationState?.startedAt;
  const operation = {
    initiatedBy: { username: 'a-person' },
    sync: {
      revision: status?.sync?.revision,
      prune: true,
      ...(spec.syncPolicy?.syncOptions === undefined ? {} : { syncOptions: spec.syncPolicy.syncOptions }),
    },
  };
  const patch = JSON.stringify({ operation });
  await cluster.kubectl(['patch', 'application', name, '--namespace=argocd', '--type=merge', `--patch=${patch}`]);
  return waitFor(
    `the sync of ${name} to end`,
    async () => {
      const found = await application(cluster, name);
      const operationState = found?.status?.operationState;
      if (operationState?.phase === 'Succeeded' && operationState.startedAt !== before) return operationState;
      throw new Error(found === undefined ? 'it is gone' : describeApplication(found));
    },
    { timeoutMs: 180_000 },
  );
}
