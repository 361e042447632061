import { appsRootApplication, isReservedApplicationName, platformRootApplication } from '../model/application-names.js';
import type { KubeObject, OwnedObject } from '../model/kube-object.js';
import type { ResolvedApp, ResolvedCluster } from '../model/resolved.js';
import { valueAt } from './json.js';
import { imageOf } from './pod-template.js';
import type { LiveWorkload } from './workload.js';

/** What the specs say that there should be: what is live is compared with it. */
export interface Expectation {
  readonly cluster: string;
  readonly repository: string;
  readonly branch: string;
  /** Folder that the root `platform` reads: by it a cluster is known, whatever its context is called. */
  readonly rootPath: string;
  readonly apps: readonly ExpectedApp[];
  /** Names of the Applications that are not an app's, roots first. */
  readonly platform: readonly string[];
}

export interface ExpectedApp {
  readonly name: string;
  readonly namespace: string;
  readonly workload: LiveWorkload['kind'];
  /** Of the app's own container, patches applied. */
  readonly image?: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly secrets: readonly ExpectedSecret[];
}

/** A Secret that a spec declares and something else brings. */
export interface ExpectedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly source: string;
  /** Apps that need it. */
  readonly apps: readonly string[];
}

/** One cluster as it was rendered. */
export interface Rendered {
  readonly cluster: ResolvedCluster;
  readonly objects: readonly OwnedObject[];
}

/** Reads off a rendering what should be live. */
export function expectationOf({ cluster, objects }: Rendered): Expectation {
  const applications = objects.filter(({ object }) => object.kind === 'Application').map(({ object }) => object);
  const root = applications.find(({ metadata }) => metadata.name === platformRootApplication);
  const secrets = externalSecrets(cluster);
  return {
    cluster: cluster.name,
    repository: cluster.gitops.repository,
    branch: cluster.gitops.branch,
    rootPath: String(valueAt(root, 'spec', 'source', 'path')),
    apps: cluster.apps.map((app) => expectedApp(app, objects, secrets)),
    platform: applications
      .map(({ metadata }) => metadata.name)
      .filter(isReservedApplicationName)
      .sort(rootsFirst),
  };
}

/** The declared Secrets of a cluster, each once with the keys that its apps need, by namespace and name. */
export function externalSecrets(cluster: ResolvedCluster): readonly ExpectedSecret[] {
  const byName = new Map<string, ExpectedSecret>();
  for (const app of cluster.apps) {
    for (const { name, keys, source } of app.externalSecrets) {
      const known = byName.get(`${app.namespace}/${name}`);
      byName.set(`${app.namespace}/${name}`, {
        namespace: app.namespace,
        name,
        keys: [...new Set([...(known?.keys ?? []), ...keys])].sort(),
        source: known?.source ?? source,
        apps: [...new Set([...(known?.apps ?? []), app.name])],
      });
    }
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, secret]) => secret);
}

function expectedApp(
  app: ResolvedApp,
  objects: readonly OwnedObject[],
  secrets: readonly ExpectedSecret[],
): ExpectedApp {
  const own = objects.filter(({ owner }) => owner.kind === 'app' && owner.app === app.name);
  const workload = own.map(({ object }) => object).find((object) => isWorkloadOf(object, app.name));
  const image = imageOf(workload, app.name);
  return {
    name: app.name,
    namespace: app.namespace,
    workload: (workload?.kind ?? 'Deployment') as LiveWorkload['kind'],
    ...(image !== undefined && { image }),
    selector: app.selectorLabels,
    secrets: secrets.filter(({ apps }) => apps.includes(app.name)),
  };
}

function isWorkloadOf({ kind, metadata }: KubeObject, app: string): boolean {
  return ['Rollout', 'Deployment', 'CronJob'].includes(kind) && metadata.name === app;
}

function rootsFirst(a: string, b: string): number {
  const rank = (name: string) => (name === platformRootApplication ? 0 : name === appsRootApplication ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** The same for one app alone; none where the cluster has no such app. */
export function expectationOfApp(expectation: Expectation, name: string): Expectation | undefined {
  const apps = expectation.apps.filter((app) => app.name === name);
  return apps.length === 0 ? undefined : { ...expectation, apps, platform: [] };
}
