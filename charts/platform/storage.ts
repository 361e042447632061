import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../src/model/kube-object.js';
import { chartObjects } from '../chart.js';

/** The StorageClass gp3 of the EBS CSI addon: EKS brings only `gp2`, which is no default class since Kubernetes 1.30. */
export function storageObjects(): KubeObject[] {
  return chartObjects('storage', (chart) => {
    new k8s.KubeStorageClass(chart, 'gp3', {
      metadata: {
        name: 'gp3',
        labels: { 'app.kubernetes.io/managed-by': 'spillway' },
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      reclaimPolicy: 'Delete',
      allowVolumeExpansion: true,
      // A volume lives in one zone: it is made where the pod can run, not before.
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  });
}
