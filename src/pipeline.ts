import { appObjects } from '../charts/app/app.js';
import { gitopsObjects } from '../charts/gitops/gitops.js';
import { platformObjects } from '../charts/platform/platform.js';
import { runChecks } from './checks/run.js';
import { hasErrors, sortedDiagnostics, type Diagnostic } from './diagnostic/diagnostic.js';
import { clusterConfig } from './eksctl/cluster-config.js';
import type { FileSpec } from './layout/file-spec.js';
import { planAppFiles, planFiles } from './layout/plan.js';
import { addOwnManifests } from './model/manifests.js';
import type { OwnedObject } from './model/kube-object.js';
import { applyPatches, patchClusterConfig } from './model/patches.js';
import { resolve } from './model/resolve.js';
import type { ResolvedApp, ResolvedCluster } from './model/resolved.js';
import { parseSpecs } from './spec/parse/specs.js';
import { readSources, type Sources } from './spec/read/sources.js';

/** The stages of a render, in their order, for whoever measures them. */
export type Stage = 'read' | 'parse' | 'resolve' | 'charts' | 'eksctl' | 'checks' | 'plan' | 'done';

export interface RenderOptions {
  /** Only this cluster is rendered; all specs are read and checked. */
  readonly cluster?: string;
  /** Only this app's files are planned; everything is rendered and checked. */
  readonly filesOfApp?: string;
  /** Told of each stage as it begins. */
  readonly observe?: (stage: Stage) => void;
}

/** One cluster's objects and ClusterConfig, patches applied and raw manifests included. */
export interface RenderedCluster {
  readonly cluster: ResolvedCluster;
  readonly objects: readonly OwnedObject[];
  readonly clusterConfig: Readonly<Record<string, unknown>>;
}

/** Everything that a render finds out; nothing is written. */
export interface Rendering {
  /** Names of all clusters whose specs could be read, rendered or not. */
  readonly clusterNames: readonly string[];
  readonly clusters: readonly RenderedCluster[];
  /** Every file as it should stand; empty where a diagnostic is an error. */
  readonly files: readonly FileSpec[];
  /** Of all rooms, sorted, each once. */
  readonly diagnostics: readonly Diagnostic[];
  /** What people wrote, by file, for excerpts. */
  readonly sources: ReadonlyMap<string, string>;
}

export function renderApp(cluster: ResolvedCluster, app: ResolvedApp, diagnostics: Diagnostic[]): OwnedObject[] {
  const patched = applyPatches(appObjects(cluster, app), app.patches);
  diagnostics.push(...patched.diagnostics);
  return addOwnManifests(cluster, app, patched.objects).map((object) => ({
    owner: { kind: 'app', app: app.name },
    object,
  }));
}

function renderPlatform(cluster: ResolvedCluster): OwnedObject[] {
  return platformObjects(cluster).flatMap(({ component, objects }) =>
    objects.map((object): OwnedObject => ({ owner: { kind: 'platform', component }, object })),
  );
}

/** A cluster's objects and ClusterConfig as they stand before the checks. What its patches get wrong goes into `diagnostics`. */
export function renderCluster(cluster: ResolvedCluster, diagnostics: Diagnostic[]): RenderedCluster {
  const apps = cluster.apps.flatMap((app) => renderApp(cluster, app, diagnostics));
  const rendered = [...renderPlatform(cluster), ...apps];
  const patchedConfig = patchClusterConfig(clusterConfig(cluster), cluster);
  diagnostics.push(...patchedConfig.diagnostics);
  return {
    cluster,
    objects: [...rendered, ...gitopsObjects(cluster, rendered)],
    clusterConfig: patchedConfig.config,
  };
}

/** From what people wrote to every file: pure but for the lazy loading of schemas. */
export async function renderSources(read: Sources, options: RenderOptions = {}): Promise<Rendering> {
  const observe = options.observe ?? (() => undefined);
  const diagnostics: Diagnostic[] = [...read.diagnostics];

  observe('parse');
  const parsed = parseSpecs(read.sources, read.manifests);
  diagnostics.push(...parsed.diagnostics);

  observe('resolve');
  const { resolved, diagnostics: unresolved } = resolve(parsed.specs);
  diagnostics.push(...unresolved);

  observe('charts');
  const wanted = resolved.clusters.filter(({ name }) => options.cluster === undefined || name === options.cluster);
  const clusters = wanted.map((cluster) => renderCluster(cluster, diagnostics));

  observe('checks');
  diagnostics.push(...(await runChecks(...clusters)));

  observe('plan');
  const { filesOfApp } = options;
  const files = hasErrors(diagnostics)
    ? []
    : clusters.flatMap(({ cluster, objects, clusterConfig: config }) =>
        filesOfApp === undefined ? planFiles(cluster, objects, config) : planAppFiles(cluster, objects, filesOfApp),
      );
  observe('done');
  return {
    clusterNames: resolved.clusters.map(({ name }) => name),
    clusters,
    files,
    diagnostics: sortedDiagnostics(diagnostics),
    sources: new Map([
      ...read.sources.map(({ file, text }): [string, string] => [file, text]),
      ...[...read.manifests.values()].map(({ path, text }): [string, string] => [path, text]),
    ]),
  };
}

/** Reads the repository at `root` and renders it; nothing is written. */
export function renderRepository(root: string, options: RenderOptions = {}): Promise<Rendering> {
  options.observe?.('read');
  return renderSources(readSources(root), options);
}
