import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { failure, type Outcome } from '../../delivery/failure.js';
import { parseCluster } from '../../spec/parse/clusters.js';
import { isMap } from '../../spec/parse/merge.js';
import { nameOf } from '../../spec/parse/names.js';
import type { SourceDoc } from '../../spec/read/source.js';
import { readSources, type Sources } from '../../spec/read/sources.js';
import { didYouMean } from '../did-you-mean.js';

/** An app's file as it was read, which could be. */
export interface AppFile {
  readonly file: string;
  readonly clusters: readonly string[];
  /** The cluster of `delivery.bumps`. */
  readonly bumps: string | undefined;
  /** The image that holds on a cluster: its own, else the one of all. */
  readonly imageOn: (cluster: string) => string | undefined;
}

/** The app of this name, among what was read; or what is wrong with its file, or those that there are. */
export function findApp({ sources, diagnostics }: Sources, name: string): Outcome<AppFile> {
  const apps = sources.filter(({ kind }) => kind === 'app');
  const source = apps.find((candidate) => nameOf(candidate) === name);
  if (source === undefined) {
    if (sources.length === 0) return { diagnostics };
    return failure('unknown-app', `there is no app ${name}`, knownApps(name, apps));
  }
  const { file, value } = source;
  if (value === undefined) return { diagnostics: diagnostics.filter(({ at }) => at?.file === file) };
  const clusters = isMap(value['clusters']) ? value['clusters'] : {};
  const delivery = isMap(value['delivery']) ? value['delivery'] : {};
  return {
    value: {
      file,
      clusters: Object.keys(clusters),
      bumps: text(delivery['bumps']),
      imageOn(cluster) {
        const override = clusters[cluster];
        return isMap(override) && override['image'] !== undefined ? text(override['image']) : text(value['image']);
      },
    },
  };
}

/** The app, and the branch that a cluster's Argo CD follows, by the specs of the checkout. */
export function subjectOf(
  root: string,
  name: string,
): Outcome<AppFile & { readonly branchOf: (cluster: string) => string }> {
  const read = readSources(root);
  const app = findApp(read, name);
  if ('diagnostics' in app) return app;
  const branchOf = (cluster: string): string => {
    const source = read.sources.find((candidate) => candidate.kind === 'cluster' && nameOf(candidate) === cluster);
    const spec = source === undefined ? undefined : parseCluster(source).cluster;
    return spec?.value.gitops.branch ?? 'main';
  };
  return { value: { ...app.value, branchOf } };
}

/** The cluster that is meant: the one asked for, else the one that the app's builds go to; none is guessed. */
export function clusterOf(app: AppFile, name: string, wanted: string | undefined): Outcome<string> {
  const { clusters, file } = app;
  if (clusters.length === 0) return failure('unknown-cluster-option', `${name} is on no cluster`, `see ${file}`);
  if (wanted !== undefined) {
    if (clusters.includes(wanted)) return { value: wanted };
    return failure('unknown-cluster-option', `${name} is not on a cluster ${wanted}`, didYouMean(wanted, clusters));
  }
  if (app.bumps !== undefined) return { value: app.bumps };
  return failure(
    'unknown-cluster-option',
    `which cluster? ${name} is on ${clusters.join(', ')}`,
    `pass --cluster, or write \`delivery: {bumps: ${clusters.at(-1) ?? ''}}\` into ${file}: no build goes anywhere unasked`,
  );
}

/** Errors about one file alone, where a person has to look first. */
export function aboutFile(diagnostics: readonly Diagnostic[], file: string): Diagnostic[] {
  return diagnostics.filter(({ at }) => at?.file === file);
}

function knownApps(name: string, apps: readonly SourceDoc[]): string {
  return apps.length === 0 ? 'there is none yet' : didYouMean(name, apps.map(nameOf));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
