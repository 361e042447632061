import { appObjects } from '../../../charts/app/app.js';
import type { KubeObject } from '../../../src/model/kube-object.js';
import { objectNamed, prod, resolvedApp } from '../../support/repository.js';

/** The start of an app's spec: what every app has. */
export const shop = `name: shop
image: ghcr.io/acme/shop:1.2.3
clusters: {prod: {}}
`;

/** An app with a port; the lines are added to its spec. */
export const service = (...lines: string[]): string => [`${shop}port: 8080`, ...lines, ''].join('\n');

/** An app without one. */
export const worker = (...lines: string[]): string => [`${shop}kind: worker`, ...lines, ''].join('\n');

export const cronJob = (...lines: string[]): string => [`${shop}kind: cronjob`, ...lines, ''].join('\n');

/** Every object of an app on a cluster. */
export function render(app: string, cluster = prod): KubeObject[] {
  const resolved = resolvedApp(app, cluster);
  return appObjects(resolved.cluster, resolved.app);
}

/** Kinds and names, in the order of rendering. */
export function names(objects: readonly KubeObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

/** One object's spec, loosely typed so that a test can look anywhere in it. */
export function spec(app: string, kind: string, name = 'shop', cluster = prod): Record<string, unknown> {
  return objectNamed(render(app, cluster), kind, name)['spec'] as Record<string, unknown>;
}

interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: Record<string, unknown> & {
    readonly containers: readonly Record<string, unknown>[];
    readonly initContainers?: readonly Record<string, unknown>[];
  };
}

/** The pod template of an app's Deployment, Rollout or CronJob. */
export function pod(app: string): Pod {
  const workload = render(app).find(({ kind }) => ['Deployment', 'Rollout', 'CronJob'].includes(kind));
  const { template, jobTemplate } = workload?.['spec'] as { template?: Pod; jobTemplate?: { spec: { template: Pod } } };
  const found = template ?? jobTemplate?.spec.template;
  if (found === undefined) throw new Error('no workload');
  return found;
}

/** The app's own container. */
export function container(app: string): Record<string, unknown> {
  const [first] = pod(app).spec.containers;
  if (first === undefined) throw new Error('no container');
  return first;
}
