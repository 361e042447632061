import type { KubeObject } from '../../src/model/kube-object.js';
import type { Pod } from './network-evaluator.js';

export type Json = Readonly<Record<string, unknown>>;

export function asMap(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`not a map: ${JSON.stringify(value)}`);
  return value as Json;
}

export function asList(value: unknown): readonly Json[] {
  return (value ?? []) as readonly Json[];
}

const templated = new Set(['Deployment', 'Rollout', 'DaemonSet', 'StatefulSet', 'Job']);

/** The pod template of a workload of any kind; undefined for other objects. */
export function podTemplateOf(object: KubeObject): Json | undefined {
  if (templated.has(object.kind)) return asMap(asMap(object['spec'])['template']);
  if (object.kind === 'CronJob') return asMap(asMap(asMap(asMap(object['spec'])['jobTemplate'])['spec'])['template']);
  return undefined;
}

/** The pods that a workload makes, as its template labels them, one of them at this address. */
export function podOf(object: KubeObject, ip: string): Pod {
  const template = podTemplateOf(object);
  if (template === undefined) throw new Error(`${object.kind} ${object.metadata.name} makes no pods`);
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    labels: asMap(asMap(template['metadata'])['labels']) as Readonly<Record<string, string>>,
    ip,
    // Of containers proper alone, as Amazon's policy controller reads them.
    ports: Object.fromEntries(
      asList(asMap(template['spec'])['containers'])
        .flatMap((container) => asList(container['ports']))
        .map(({ name, containerPort }) => [String(name), Number(containerPort)]),
    ),
  };
}

/** Containers of a pod template: the app's first, then init containers by name. */
export function containersOf(object: KubeObject): readonly Json[] {
  const spec = asMap(asMap(podTemplateOf(object))['spec']);
  return [...asList(spec['containers']), ...asList(spec['initContainers'])];
}
