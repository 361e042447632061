import { platformObjects } from '../../../charts/platform/platform.js';
import type { KubeObject, PlatformComponent } from '../../../src/model/kube-object.js';
import { resolvedCluster, objectNamed } from '../../support/repository.js';
import { asList, asMap, podTemplateOf, type Json } from '../../support/workloads.js';

type ClusterTexts = Parameters<typeof resolvedCluster>[0];

/** The objects of one component on a cluster written as YAML. */
export function componentObjects(component: PlatformComponent, texts: ClusterTexts = {}): readonly KubeObject[] {
  const part = platformObjects(resolvedCluster(texts)).find((candidate) => candidate.component === component);
  if (part === undefined) throw new Error(`the cluster has no ${component}`);
  return part.objects;
}

export function kinds(objects: readonly KubeObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

/** Spec of the pods that the workload of that name makes. */
export function podSpecOf(objects: readonly KubeObject[], kind: 'Deployment' | 'DaemonSet', name: string): Json {
  return asMap(asMap(podTemplateOf(objectNamed(objects, kind, name)))['spec']);
}

/** Its only container. */
export function containerOf(objects: readonly KubeObject[], kind: 'Deployment' | 'DaemonSet', name: string): Json {
  const containers = asList(podSpecOf(objects, kind, name)['containers']);
  if (containers.length !== 1) throw new Error(`${containers.length} containers, not one`);
  return asMap(containers[0]);
}

export function specOf(object: KubeObject): Json {
  return asMap(object['spec']);
}

/** Every single right that a Role or ClusterRole gives, sorted: `create pods/eviction`, `get apps/daemonsets`, `get leases [lock]`. */
export function rights(role: KubeObject): string[] {
  return asList(role['rules'])
    .flatMap((rule) => {
      const list = (field: string) => (rule[field] ?? []) as readonly string[];
      const names = list('resourceNames').length === 0 ? [''] : list('resourceNames').map((name) => ` [${name}]`);
      return list('apiGroups').flatMap((group) =>
        list('resources').flatMap((resource) =>
          names.flatMap((name) =>
            list('verbs').map((verb) => `${verb} ${group === '' ? '' : `${group}/`}${resource}${name}`),
          ),
        ),
      );
    })
    .sort();
}

/** The same from lines such as `get,list nodes`, which are easier to read. */
export function expectedRights(...lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => {
      const [verbs = '', ...rest] = line.split(' ');
      return verbs.split(',').map((verb) => `${verb} ${rest.join(' ')}`);
    })
    .sort();
}
