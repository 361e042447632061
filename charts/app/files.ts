import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp, ResolvedFiles } from '../../src/model/resolved.js';
import { objectMeta } from './object-meta.js';

/** The ConfigMap with the app's config files; their hash stands on the pods (pod-template.ts). */
export function addFiles(chart: Chart, app: ResolvedApp, files: ResolvedFiles): void {
  new k8s.KubeConfigMap(chart, 'files', { metadata: objectMeta(app, files.configMapName), data: { ...files.data } });
}
