import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp, ResolvedVolume } from '../../src/model/resolved.js';
import { present } from '../present.js';

/** The pod's volumes: those of the spec, in its order, and the one with the config files. */
export function podVolumes(app: ResolvedApp): k8s.Volume[] {
  const { files } = app;
  return [
    ...app.volumes.map(volumeSpec),
    ...(files === undefined ? [] : [{ name: files.volumeName, configMap: { name: files.configMapName } }]),
  ];
}

function volumeSpec(volume: ResolvedVolume): k8s.Volume {
  const { name } = volume;
  switch (volume.kind) {
    case 'emptyDir':
      return {
        name,
        emptyDir: present<k8s.EmptyDirVolumeSource>({
          medium: volume.memory ? 'Memory' : undefined,
          sizeLimit: volume.sizeLimit && k8s.Quantity.fromString(volume.sizeLimit.text),
        }),
      };
    case 'secret':
      return { name, secret: { secretName: volume.source } };
    case 'configMap':
      return { name, configMap: { name: volume.source } };
    case 'claim':
      return { name, persistentVolumeClaim: { claimName: volume.claimName } };
  }
}
