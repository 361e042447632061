import { z } from 'zod';
import { field } from './field.js';
import { absolutePath, dnsLabel, memoryQuantity, objectName } from './scalars.js';

const volumeBase = {
  name: field(dnsLabel, { description: 'Name of the volume.' }),
  path: field(absolutePath, {
    description: 'Where the app sees it.',
    defaultText: 'not mounted in the app; init containers and sidecars name it under `mounts`',
    why: 'some volumes are only for the containers beside the app',
  }).optional(),
  readOnly: field(z.boolean(), {
    description: 'Whether the app may only read it.',
    default: false,
    why: 'what is mounted is usually written to',
  }).optional(),
};

export const appVolume = z.union([
  z.strictObject({
    ...volumeBase,
    emptyDir: field(
      z.strictObject({
        sizeLimit: field(memoryQuantity, {
          description: 'The pod is evicted above it.',
          defaultText: 'none',
          why: 'the node’s disk is the limit',
        }).optional(),
        memory: field(z.boolean(), {
          description: 'In memory (tmpfs), which counts against the memory limit.',
          default: false,
          why: 'memory costs more than disk',
        }).optional(),
      }),
      { description: 'Scratch space that lives as long as the pod.' },
    ),
  }),
  z.strictObject({
    ...volumeBase,
    secret: field(objectName, { description: 'Every key of this Secret becomes a file.' }),
  }),
  z.strictObject({
    ...volumeBase,
    configMap: field(objectName, { description: 'Every key of this ConfigMap becomes a file.' }),
  }),
  z.strictObject({
    ...volumeBase,
    claim: field(
      z.strictObject({
        size: field(memoryQuantity, { description: 'Size of the disk.' }),
        accessMode: field(z.enum(['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOncePod']), {
          description: 'Who may use it at once; an EBS disk is ReadWriteOnce, so one pod.',
          default: 'ReadWriteOnce',
          why: 'an EBS disk can be attached to one node',
        }).optional(),
        storageClass: field(objectName, {
          description: 'StorageClass.',
          default: 'gp3',
          why: 'rendered with the EBS CSI addon; cheaper and faster than gp2',
        }).optional(),
      }),
      {
        description: 'A disk of its own (a PersistentVolumeClaim). Argo CD never deletes it, also when the app goes.',
      },
    ),
  }),
]);
