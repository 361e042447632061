import type { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp } from '../../src/model/resolved.js';
import { present } from '../present.js';

/** Metadata of one of the app's objects: always its namespace and all of its labels. */
export function objectMeta(
  app: ResolvedApp,
  name: string = app.name,
  annotations?: Record<string, string>,
): k8s.ObjectMeta {
  return present<k8s.ObjectMeta>({ name, namespace: app.namespace, labels: { ...app.labels }, annotations });
}

/** Selects this app's pods and no other's; Kubernetes lets nobody change it later. */
export function podSelector(app: ResolvedApp): k8s.LabelSelector {
  return { matchLabels: { ...app.selectorLabels } };
}
