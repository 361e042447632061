import type { FieldPath } from '../../diagnostic/located.js';
import type { ResolvedApp } from '../../model/resolved.js';

/** Where a spec says a container's name that it says twice: the later place, for the app's own name cannot give way. */
export function nameField(app: ResolvedApp, name: string): FieldPath {
  const written = [
    ...app.sidecars.map((container, index) => ({ name: container.name, field: `sidecars.${index}.name` })),
    ...app.initContainers.map((container, index) => ({ name: container.name, field: `init.${index}.name` })),
  ];
  return written.findLast((container) => container.name === name)?.field ?? 'name';
}

/** Where it names a volume: the last place of that name. */
export function volumeField(app: ResolvedApp, name: string): FieldPath {
  const index = app.volumes.findLastIndex((volume) => volume.name === name);
  return index === -1 ? 'volumes' : `volumes.${index}.name`;
}

/** Where it says a path at which a container mounts something: the last place of that path. */
export function mountField(app: ResolvedApp, container: string, path: string): FieldPath {
  for (const [kind, others] of [
    ['sidecars', app.sidecars],
    ['init', app.initContainers],
  ] as const) {
    const index = others.findIndex(({ name }) => name === container);
    const mount = others[index]?.mounts.findLastIndex((candidate) => candidate.path === path) ?? -1;
    if (index !== -1) return mount === -1 ? `${kind}.${index}.mounts` : `${kind}.${index}.mounts.${mount}.path`;
  }
  const volumes = app.container.mounts.filter((mount) => mount.path === path).map(({ volume }) => volume);
  const index = app.volumes.findLastIndex(({ name }) => volumes.includes(name));
  return index === -1 ? ['files', path] : `volumes.${index}.path`;
}
