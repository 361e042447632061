import type { KubeObject, OwnedObject } from '../../../src/model/kube-object.js';
import type { RenderedCluster } from '../../../src/pipeline.js';

const is = (kind: string, name: string) => (owned: OwnedObject) =>
  owned.object.kind === kind && owned.object.metadata.name === name;

/** The cluster with one object changed, as a fault of ours would change it. */
export function replaceObject(
  rendered: RenderedCluster,
  kind: string,
  name: string,
  change: (object: KubeObject) => KubeObject,
): RenderedCluster {
  if (!rendered.objects.some(is(kind, name))) throw new Error(`there is no ${kind} ${name} to tamper with`);
  return {
    ...rendered,
    objects: rendered.objects.map((owned) =>
      is(kind, name)(owned) ? { ...owned, object: change(owned.object) } : owned,
    ),
  };
}

/** The same by text: every `from` in the object's JSON becomes `to`. */
export function rewriteObject(
  rendered: RenderedCluster,
  kind: string,
  name: string,
  from: string,
  to: string,
): RenderedCluster {
  return replaceObject(rendered, kind, name, (object) => {
    const text = JSON.stringify(object);
    if (!text.includes(from)) throw new Error(`${kind} ${name} does not hold ${from}`);
    return JSON.parse(text.replaceAll(from, to)) as KubeObject;
  });
}

export function withoutObject(rendered: RenderedCluster, kind: string, name: string): RenderedCluster {
  if (!rendered.objects.some(is(kind, name))) throw new Error(`there is no ${kind} ${name} to take away`);
  return { ...rendered, objects: rendered.objects.filter((owned) => !is(kind, name)(owned)) };
}

export function withObject(rendered: RenderedCluster, owned: OwnedObject): RenderedCluster {
  return { ...rendered, objects: [...rendered.objects, owned] };
}
