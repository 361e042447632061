import type { CoreV1Event, V1VolumeAttachment } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import { waitFor } from '../rig/wait.js';
import { podsOf } from '../support/pods.js';
import type { Effect, Scene } from './effect.js';

/** A disk of one node, and pods on two: the attach-detach controller finds it out, with the EBS driver's part played here. */
export const DISK_EFFECTS: Readonly<Record<string, Effect>> = {
  'claim-replicas': async (scene) => {
    await diskFor(scene);
    await apply(scene.cluster, scene);
    await attachTheFirst(scene);
    await secondNodeIsRefused(scene);
  },
  'claim-release': async (scene) => {
    const { cluster, namespace } = scene;
    await diskFor(scene);
    await apply(cluster, scene);
    const node = await attachTheFirst(scene);
    // The next version's pod comes before the old one goes, and here to another node. The old one takes its time, as it would with
    // a kubelet; kwok's is gone before the controller looks.
    await cluster.kubectl(['cordon', node]);
    const [old] = await podsOf(cluster, namespace, 'shop');
    const withFinalizers = (finalizers: readonly string[] | null) => [
      ...['patch', 'pod', old?.metadata?.name ?? '', `--namespace=${namespace}`, '--type=merge'],
      `--patch=${JSON.stringify({ metadata: { finalizers } })}`,
    ];
    await cluster.kubectl(withFinalizers(['spillway.test/takes-its-time']));
    try {
      await cluster.kubectl([
        'set',
        'image',
        'deployment/shop',
        '*=example.com/shop:2.0.0',
        `--namespace=${namespace}`,
      ]);
      await secondNodeIsRefused(scene);
    } finally {
      await cluster.kubectl(withFinalizers(null));
      await cluster.kubectl(['uncordon', node]);
    }
  },
};

/** The volume behind the app's claim, as the EBS driver would have made it, on nodes that have the driver. */
async function diskFor({ cluster, namespace, objects }: Scene): Promise<void> {
  const claim = objects.find((object) => 'kind' in object && object.kind === 'PersistentVolumeClaim') as
    { metadata: { name: string }; spec: { storageClassName?: string; resources: { requests: object } } } | undefined;
  if (claim === undefined) throw new Error('the case renders no claim');
  // A kubelet says of its own node that the controller may attach for it.
  const managed = 'volumes.kubernetes.io/controller-managed-attach-detach=true';
  await cluster.kubectl(['annotate', 'nodes', '--all', '--overwrite', managed]);
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: namespace },
    spec: {
      capacity: claim.spec.resources.requests,
      accessModes: ['ReadWriteOnce'],
      storageClassName: claim.spec.storageClassName ?? '',
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-${namespace}` },
      claimRef: { namespace, name: claim.metadata.name },
    },
  };
  await apply(cluster, { objects: [volume] });
}

/** Says for the driver that the first attachment is done, waits until the controller has heard it, and returns its node. */
async function attachTheFirst(scene: Scene): Promise<string> {
  const { cluster, namespace } = scene;
  const { name, node } = await waitFor('the controller to ask for the disk', async () => {
    const attachments = await cluster.get<V1VolumeAttachment>('volumeattachments');
    const found = attachments.find(({ spec }) => spec.source.persistentVolumeName === namespace);
    return found && { name: found.metadata?.name ?? '', node: found.spec.nodeName };
  });
  const patch = JSON.stringify({ status: { attached: true } });
  await cluster.kubectl([
    'patch',
    'volumeattachment',
    name,
    '--subresource=status',
    '--type=merge',
    `--patch=${patch}`,
  ]);
  await waitFor('the disk to be attached', () => hasEvent(scene, 'SuccessfulAttachVolume', /succeeded/));
  return node;
}

async function hasEvent({ cluster, namespace }: Scene, wanted: string, text: RegExp): Promise<boolean> {
  const events = await cluster.get<CoreV1Event>('events', `--namespace=${namespace}`);
  return events.some(({ reason, message = '' }) => reason === wanted && text.test(message));
}

async function secondNodeIsRefused(scene: Scene): Promise<void> {
  await waitFor('a Multi-Attach error', () => hasEvent(scene, 'FailedAttachVolume', /Multi-Attach error/), {
    timeoutMs: 60_000,
  });
}
