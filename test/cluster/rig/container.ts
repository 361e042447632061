import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node';

/** Which flags of a rendered container the rig cannot run with, and what it says instead. */
export interface FlagChanges {
  /** Flag names without dashes. */
  readonly without?: readonly string[];
  readonly plus: Readonly<Record<string, string>>;
}

/** The one container of a pod, or the named one. */
export function containerOf(pod: V1Pod, name?: string): V1Container {
  const containers = pod.spec?.containers ?? [];
  const found = name === undefined ? containers[0] : containers.find((container) => container.name === name);
  if (found === undefined) throw new Error(`pod ${pod.metadata?.name ?? '?'} has no container ${name ?? 'at all'}`);
  return found;
}

/**
 * The arguments to run a component with: what is rendered, less and plus the stated changes. So a rendered flag that
 * the component does not know ends the test, and every difference from production stands in one place.
 */
export function rigArguments(rendered: readonly string[], { without = [], plus }: FlagChanges): string[] {
  const flagName = (arg: string): string => /^--?([^=]+)/.exec(arg)?.[1] ?? arg;
  const dropped = new Set([...without, ...Object.keys(plus)]);
  const kept = rendered.filter((arg) => !arg.startsWith('-') || !dropped.has(flagName(arg)));
  return [...kept, ...Object.entries(plus).map(([name, value]) => `--${name}=${value}`)];
}

/** Keys of a namespace's ConfigMaps and Secrets, decoded: `ConfigMap/argocd-cm` → key → value. */
export type ReferencedKeys = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The ConfigMaps and Secrets that a container's environment names, as keys of ReferencedKeys. */
export function referencesOf(container: V1Container): string[] {
  return [...new Set((container.env ?? []).flatMap((variable) => referenceOf(variable)?.object ?? []))];
}

/** The environment that the kubelet would give a container: plain values, the pod's own fields, and keys of ConfigMaps and Secrets. */
export function containerEnvironment(
  pod: V1Pod,
  container: V1Container,
  keys: ReferencedKeys = new Map(),
): Record<string, string> {
  return Object.fromEntries(
    (container.env ?? []).flatMap((variable) => {
      const reference = referenceOf(variable);
      if (reference === undefined) return [[variable.name, valueOf(pod, variable)]];
      const value = keys.get(reference.object)?.[reference.key];
      if (value === undefined && !reference.optional)
        throw new Error(`${reference.object} has no key ${reference.key}, which ${container.name} asks for`);
      return value === undefined ? [] : [[variable.name, value]];
    }),
  );
}

function referenceOf({ valueFrom }: V1EnvVar): { object: string; key: string; optional: boolean } | undefined {
  const reference = (kind: string, { name, key, optional }: { name?: string; key: string; optional?: boolean }) => ({
    object: `${kind}/${name ?? ''}`,
    key,
    optional: optional ?? false,
  });
  if (valueFrom?.configMapKeyRef !== undefined) return reference('ConfigMap', valueFrom.configMapKeyRef);
  return valueFrom?.secretKeyRef === undefined ? undefined : reference('Secret', valueFrom.secretKeyRef);
}

function valueOf(pod: V1Pod, { name, value, valueFrom }: V1EnvVar): string {
  if (valueFrom === undefined) return value ?? '';
  const path = valueFrom.fieldRef?.fieldPath;
  const fields: Record<string, string | undefined> = {
    'spec.nodeName': pod.spec?.nodeName,
    'metadata.name': pod.metadata?.name,
    'metadata.namespace': pod.metadata?.namespace,
    'status.podIP': pod.status?.podIP,
    'status.hostIP': pod.status?.hostIP,
    'spec.serviceAccountName': pod.spec?.serviceAccountName,
  };
  const found = path === undefined ? undefined : fields[path];
  if (found === undefined)
    throw new Error(`the rig cannot fill in ${name} of pod ${pod.metadata?.name ?? '?'}: ${JSON.stringify(valueFrom)}`);
  return found;
}
