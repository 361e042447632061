import { createHash } from 'node:crypto';
import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { ResolvedContainer, ResolvedFiles, ResolvedVolume } from './resolved.js';
import { memoryQuantity } from './units.js';

type VolumeSpec = NonNullable<AppSpec['volumes']>[number];
type Mount = ResolvedContainer['mounts'][number];

function resolveVolume(fields: Fields, app: string, spec: VolumeSpec, path: string): ResolvedVolume {
  const { name } = spec;
  if ('emptyDir' in spec) {
    const { sizeLimit, memory } = spec.emptyDir;
    return {
      name,
      kind: 'emptyDir',
      memory: memory ?? false,
      ...(sizeLimit === undefined ? {} : { sizeLimit: memoryQuantity(sizeLimit) }),
    };
  }
  if ('secret' in spec) return { name, kind: 'secret', source: spec.secret };
  if ('configMap' in spec) return { name, kind: 'configMap', source: spec.configMap };
  const { claim } = spec;
  return {
    name,
    kind: 'claim',
    claimName: `${app}-${name}`,
    size: memoryQuantity(claim.size),
    accessMode: fields.value(`${path}.claim.accessMode`, claim.accessMode),
    storageClass: fields.value(`${path}.claim.storageClass`, claim.storageClass),
  };
}

/** The app's volumes, and where its own container mounts them. */
export function resolveVolumes(
  fields: Fields,
  app: string,
  specs: AppSpec['volumes'],
): { volumes: ResolvedVolume[]; mounts: Mount[] } {
  const volumes = (specs ?? []).map((spec, index) => resolveVolume(fields, app, spec, `volumes.${index}`));
  const mounts = (specs ?? []).flatMap((spec): Mount[] =>
    spec.path === undefined ? [] : [{ volume: spec.name, path: spec.path, readOnly: spec.readOnly ?? false }],
  );
  return { volumes, mounts };
}

/** A ConfigMap key may hold letters, digits, `-`, `_` and `.` only; the number keeps two paths apart. */
function fileKey(path: string, index: number): string {
  return `${index}-${path.slice(path.lastIndexOf('/') + 1).replace(/[^-._a-zA-Z0-9]/g, '_')}`.slice(0, 253);
}

/**
 * Config files: one ConfigMap of a fixed name, each file mounted by itself. Mounted so (subPath), a file does not change under a
 * running pod, so the stable pods of a canary keep what they started with; and a fixed name cannot be pruned while they run.
 */
export function resolveFiles(
  app: string,
  spec: AppSpec['files'],
): { files: ResolvedFiles | undefined; mounts: Mount[] } {
  const entries = Object.entries(spec ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return { files: undefined, mounts: [] };
  const volumeName = 'spillway-files';
  const data = Object.fromEntries(entries.map(([path, text], index) => [fileKey(path, index), text]));
  const mounts = entries.map(([path], index) => ({
    volume: volumeName,
    path,
    subPath: fileKey(path, index),
    readOnly: true,
  }));
  const hash = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16);
  return { files: { configMapName: `${app}-files`, volumeName, data, hash }, mounts };
}
