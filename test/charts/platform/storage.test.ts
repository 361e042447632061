import { expect, test } from '@jest/globals';
import { storageObjects } from '../../../charts/platform/storage.js';

test('gp3 is the default class: encrypted, growing, and made where the pod runs', () => {
  expect(storageObjects()).toEqual([
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'gp3',
        labels: { 'app.kubernetes.io/managed-by': 'spillway' },
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      reclaimPolicy: 'Delete',
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ]);
});
