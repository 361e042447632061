import type { ResolvedApp } from '../../model/resolved.js';
import { map, maps, text, type JsonMap } from './json.js';
import type { PodContainer, PodTemplate } from './pods.js';

/** A place where a pod names a ConfigMap or a Secret. */
export interface NamedSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
  readonly optional: boolean;
  /** Who reads it, in words: `DB_PASSWORD of container shop`, `volume tls`. */
  readonly user: string;
  readonly pointer: string;
  /** Where that stands in the app's spec. */
  field(app: ResolvedApp | undefined): string;
}

/** Every ConfigMap and Secret that a pod names: variables, whole maps as variables, volumes, projected volumes, pull secrets. */
export function* namedSources(template: PodTemplate): Generator<NamedSource> {
  for (const container of template.containers) yield* containerSources(container);
  for (const [index, volume] of maps(template.spec['volumes']).entries()) {
    const name = text(volume['name']) ?? '';
    const place = { user: `volume ${name}`, pointer: `${template.pointer}/volumes/${index}`, field: volumeField(name) };
    yield* volumeSources(volume, place);
    for (const projected of maps(map(volume['projected'])['sources'])) yield* volumeSources(projected, place);
  }
  for (const [index, { name }] of maps(template.spec['imagePullSecrets']).entries())
    yield {
      kind: 'Secret',
      name: text(name) ?? '',
      // The kubelet pulls without it where it is not there.
      optional: true,
      user: 'the image pull',
      pointer: `${template.pointer}/imagePullSecrets/${index}`,
      field: () => 'image',
    };
}

function* containerSources({ name: container, spec, pointer }: PodContainer): Generator<NamedSource> {
  const prefix = (app: ResolvedApp | undefined) => {
    const sidecar = app?.sidecars.findIndex(({ name }) => name === container) ?? -1;
    const init = app?.initContainers.findIndex(({ name }) => name === container) ?? -1;
    return sidecar !== -1 ? `sidecars.${sidecar}.` : init === -1 ? '' : `init.${init}.`;
  };
  for (const [index, variable] of maps(spec['env']).entries()) {
    const name = text(variable['name']) ?? '';
    const from = map(variable['valueFrom']);
    for (const [kind, field] of [
      ['Secret', 'secretKeyRef'],
      ['ConfigMap', 'configMapKeyRef'],
    ] as const) {
      const reference = map(from[field]);
      const key = text(reference['key']);
      if (reference['name'] === undefined) continue;
      yield {
        kind,
        name: text(reference['name']) ?? '',
        ...(key === undefined ? {} : { key }),
        optional: reference['optional'] === true,
        user: `${name} of container ${container}`,
        pointer: `${pointer}/env/${index}`,
        field: (app) => `${prefix(app)}env.${name}`,
      };
    }
  }
  for (const [index, source] of maps(spec['envFrom']).entries()) {
    for (const [kind, field] of [
      ['Secret', 'secretRef'],
      ['ConfigMap', 'configMapRef'],
    ] as const) {
      const reference = map(source[field]);
      if (reference['name'] === undefined) continue;
      yield {
        kind,
        name: text(reference['name']) ?? '',
        optional: reference['optional'] === true,
        user: `envFrom of container ${container}`,
        pointer: `${pointer}/envFrom/${index}`,
        field: (app) => `${prefix(app)}envFrom.${index}`,
      };
    }
  }
}

type Place = Pick<NamedSource, 'user' | 'pointer' | 'field'>;

function* volumeSources(source: JsonMap, place: Place): Generator<NamedSource> {
  for (const [kind, field] of [
    ['Secret', 'secret'],
    ['ConfigMap', 'configMap'],
  ] as const) {
    const reference = map(source[field]);
    const name = text(reference['secretName']) ?? text(reference['name']);
    if (name === undefined) continue;
    const optional = reference['optional'] === true;
    const keys = maps(reference['items']).flatMap(({ key }) => text(key) ?? []);
    if (keys.length === 0) yield { kind, name, optional, ...place };
    for (const key of keys) yield { kind, name, key, optional, ...place };
  }
}

function volumeField(name: string): NamedSource['field'] {
  return (app) => {
    const index = app?.volumes.findIndex((volume) => volume.name === name) ?? -1;
    return index === -1 ? 'volumes' : `volumes.${index}`;
  };
}
