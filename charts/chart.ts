import { App, Chart } from 'cdk8s';
import type { KubeObject } from '../src/model/kube-object.js';

/**
 * The objects that `build` makes in a chart of its own, in the order in which it makes them.
 *
 * One App a chart, read through `toJson()`: `App.synth()` goes through all charts for each of them, and writes objects of one kind and
 * name in two namespaces over each other. `id` is only seen in the messages of cdk8s; no name, label or selector comes from it.
 */
export function chartObjects(id: string, build: (chart: Chart) => void): KubeObject[] {
  const chart = new Chart(new App(), id, { disableResourceNameHashes: true });
  build(chart);
  return (chart.toJson() as KubeObject[]).map(withSortedKeys);
}

/**
 * The object with its maps in one order, apiVersion, kind and metadata first. cdk8s sorts too, but not what a JSON patch adds, and not
 * where CDK8S_DISABLE_SORT is set.
 */
function withSortedKeys(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  return { apiVersion, kind, metadata: sorted(metadata), ...sorted(rest) };
}

function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part as unknown)])) as T;
}
