import { App, Chart } from 'cdk8s';
import { inKeyOrder } from '../src/model/key-order.js';
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
  // cdk8s sorts keys too, but not what a JSON patch adds, and not where CDK8S_DISABLE_SORT is set.
  return (chart.toJson() as KubeObject[]).map(inKeyOrder);
}
