import type { OwnedObject } from '../../model/kube-object.js';
import { dig, map, maps, number, text, textMap, type JsonMap } from './json.js';
import type { Labels } from './labels.js';
import { bytes, cpuMillis } from './quantity.js';

export type ContainerRole = 'init' | 'sidecar' | 'main';

/** A container of a rendered pod template. */
export interface PodContainer {
  readonly name: string;
  readonly role: ContainerRole;
  readonly spec: JsonMap;
  /** JSON pointer of the container in its object. */
  readonly pointer: string;
}

export interface Requests {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/** What a pod template is for: long-running pods of a workload, runs of a Job, or an analysis of Argo Rollouts. */
export type PodPurpose = 'workload' | 'daemon' | 'run' | 'analysis';

/** A pod template in a rendered object, whatever its kind. */
export interface PodTemplate {
  readonly owned: OwnedObject;
  readonly purpose: PodPurpose;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: JsonMap;
  /** JSON pointer of the pod's spec in its object. */
  readonly pointer: string;
  readonly containers: readonly PodContainer[];
}

const templatePaths: Readonly<Record<string, { readonly path: readonly string[]; readonly purpose: PodPurpose }>> = {
  Deployment: { path: ['spec', 'template'], purpose: 'workload' },
  Rollout: { path: ['spec', 'template'], purpose: 'workload' },
  StatefulSet: { path: ['spec', 'template'], purpose: 'workload' },
  ReplicaSet: { path: ['spec', 'template'], purpose: 'workload' },
  ReplicationController: { path: ['spec', 'template'], purpose: 'workload' },
  DaemonSet: { path: ['spec', 'template'], purpose: 'daemon' },
  Job: { path: ['spec', 'template'], purpose: 'run' },
  CronJob: { path: ['spec', 'jobTemplate', 'spec', 'template'], purpose: 'run' },
  Pod: { path: [], purpose: 'workload' },
};

/** Every pod template of an object: one for a workload, one for each Job metric of an AnalysisTemplate, none for most kinds. */
export function podTemplates(owned: OwnedObject): PodTemplate[] {
  const { object } = owned;
  const namespace = object.metadata.namespace ?? '';
  if (object.kind === 'AnalysisTemplate') {
    return maps(dig(object, 'spec', 'metrics')).flatMap((metric, index) => {
      const template = dig(metric, 'provider', 'job', 'spec', 'template');
      if (template === undefined) return [];
      const pointer = `/spec/metrics/${index}/provider/job/spec/template`;
      return [podTemplate(owned, namespace, 'analysis', map(template), pointer)];
    });
  }
  const found = templatePaths[object.kind];
  if (found === undefined) return [];
  const template = map(dig(object, ...found.path));
  return [podTemplate(owned, namespace, found.purpose, template, found.path.map((part) => `/${part}`).join(''))];
}

function podTemplate(
  owned: OwnedObject,
  namespace: string,
  purpose: PodPurpose,
  template: JsonMap,
  pointer: string,
): PodTemplate {
  const spec = map(template['spec']);
  return {
    owned,
    purpose,
    namespace,
    labels: textMap(dig(template, 'metadata', 'labels')),
    annotations: textMap(dig(template, 'metadata', 'annotations')),
    spec,
    pointer: `${pointer}/spec`,
    containers: containersOf(spec, `${pointer}/spec`),
  };
}

function containersOf(spec: JsonMap, pointer: string): PodContainer[] {
  const init = maps(spec['initContainers']).map((container, index): PodContainer => ({
    name: text(container['name']) ?? '',
    role: container['restartPolicy'] === 'Always' ? 'sidecar' : 'init',
    spec: container,
    pointer: `${pointer}/initContainers/${index}`,
  }));
  const main = maps(spec['containers']).map((container, index): PodContainer => ({
    name: text(container['name']) ?? '',
    role: 'main',
    spec: container,
    pointer: `${pointer}/containers/${index}`,
  }));
  return [...init, ...main];
}

/** A container's requests; Kubernetes takes a limit for the request where only that is given. */
export function containerRequests(container: PodContainer): Requests {
  const requests = map(dig(container.spec, 'resources', 'requests'));
  const limits = map(dig(container.spec, 'resources', 'limits'));
  return {
    cpuMillis: cpuMillis(requests['cpu'] ?? limits['cpu']),
    memoryBytes: bytes(requests['memory'] ?? limits['memory']),
  };
}

/**
 * What the scheduler reserves for one pod: its containers and sidecars together, or an init container beside the sidecars that
 * were started before it, whichever is more (Kubernetes docs, "Sidecar containers: resource sharing within containers").
 */
export function podRequests(template: PodTemplate): Requests {
  const known = requestsByTemplate.get(template);
  if (known !== undefined) return known;
  const requests = sumOfContainers(template);
  requestsByTemplate.set(template, requests);
  return requests;
}

/** Asked for by several checks, and more than once by each. */
const requestsByTemplate = new WeakMap<PodTemplate, Requests>();

function sumOfContainers(template: PodTemplate): Requests {
  let sidecars: Requests = { cpuMillis: 0, memoryBytes: 0 };
  let peak: Requests = sidecars;
  let running: Requests = sidecars;
  for (const container of template.containers) {
    const own = containerRequests(container);
    if (container.role === 'sidecar') sidecars = plus(sidecars, own);
    if (container.role === 'init') peak = most(peak, plus(sidecars, own));
    if (container.role === 'main') running = plus(running, own);
  }
  const overhead = map(template.spec['overhead']);
  return plus(most(peak, plus(running, sidecars)), {
    cpuMillis: cpuMillis(overhead['cpu']),
    memoryBytes: bytes(overhead['memory']),
  });
}

export function plus(a: Requests, b: Requests): Requests {
  return { cpuMillis: a.cpuMillis + b.cpuMillis, memoryBytes: a.memoryBytes + b.memoryBytes };
}

function most(a: Requests, b: Requests): Requests {
  return { cpuMillis: Math.max(a.cpuMillis, b.cpuMillis), memoryBytes: Math.max(a.memoryBytes, b.memoryBytes) };
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
}

export function containerPorts(container: PodContainer): ContainerPort[] {
  return maps(container.spec['ports']).map((port) => {
    const name = text(port['name']);
    return {
      ...(name === undefined ? {} : { name }),
      port: number(port['containerPort']) ?? 0,
      protocol: text(port['protocol']) ?? 'TCP',
    };
  });
}
