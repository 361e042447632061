import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import type { KubeObject, OwnedObject } from '../../src/model/kube-object.js';
import type { ResolvedApp, ResolvedCluster } from '../../src/model/resolved.js';
import { resolve } from '../../src/model/resolve.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { parseManifest, type ManifestFile } from '../../src/spec/read/manifests.js';
import { parseSource } from '../../src/spec/read/source.js';
import type { Sources } from '../../src/spec/read/sources.js';

/** The specs of a repository as YAML text, by name; a manifest by its path. */
export interface Texts {
  readonly clusters?: Readonly<Record<string, string>>;
  readonly apps?: Readonly<Record<string, string>>;
  readonly manifests?: Readonly<Record<string, string>>;
}

/** A cluster that needs nothing more: the one of design.md. */
export const prod = `name: prod
region: us-east-1
kubernetesVersion: "1.35"
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}
  - {name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 20}
gitops: {repository: https://github.com/acme/platform.git, branch: main}
`;

/** An app that needs nothing more. */
export const podinfo = `name: podinfo
image: ghcr.io/stefanprodan/podinfo:6.9.2
port: 9898
health: {readiness: /readyz, liveness: /healthz}
resources: {cpu: 100m, memory: 64Mi}
clusters: {prod: {}}
`;

const bytes = (text: string) => new TextEncoder().encode(text);

/** The texts as the spec room would have read them from files of those names. */
export function sourcesOf({ clusters = { prod }, apps = {}, manifests = {} }: Texts): Sources {
  const read = [
    ...Object.entries(clusters).map(([name, text]) => parseSource('cluster', `clusters/${name}.yaml`, bytes(text))),
    ...Object.entries(apps).map(([name, text]) => parseSource('app', `apps/${name}.yaml`, bytes(text))),
  ];
  const files = Object.entries(manifests).map(([path, text]) => ({ path, ...parseManifest(path, bytes(text)) }));
  return {
    sources: read.map(({ source }) => source),
    manifests: new Map(files.map(({ path, manifest }): [string, ManifestFile] => [path, manifest])),
    diagnostics: [...read, ...files].flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Diagnostics as lines, for messages of failing tests. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(
      ({ at, severity, code, message }) =>
        `${at ? `${at.file}:${at.line}:${at.column}: ` : ''}${severity} ${code}: ${message}`,
    )
    .join('\n');
}

/** The resolved clusters of the texts, which must have no errors before the checks. */
export function resolvedClusters(texts: Texts): readonly ResolvedCluster[] {
  const read = sourcesOf(texts);
  const parsed = parseSpecs(read.sources, read.manifests);
  const { resolved, diagnostics } = resolve(parsed.specs);
  const errors = [...read.diagnostics, ...parsed.diagnostics, ...diagnostics].filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0) throw new Error(`the test's own specs have errors:\n${describeDiagnostics(errors)}`);
  return resolved.clusters;
}

/** The one cluster (or the first) of the texts, resolved: `resolvedCluster({ cluster: prod, apps: { podinfo } })`. */
export function resolvedCluster({
  cluster = prod,
  apps,
  manifests,
}: Omit<Texts, 'clusters'> & { readonly cluster?: string }): ResolvedCluster {
  const name = /^name: *"?([-a-z0-9]+)/m.exec(cluster)?.[1] ?? 'prod';
  const [first] = resolvedClusters({
    clusters: { [name]: cluster },
    ...(apps && { apps }),
    ...(manifests && { manifests }),
  });
  if (first === undefined) throw new Error('no cluster was resolved');
  return first;
}

/** One app on the one cluster of the texts, resolved. */
export function resolvedApp(app: string, cluster = prod): { cluster: ResolvedCluster; app: ResolvedApp } {
  const name = /^name: *"?([-a-z0-9]+)/m.exec(app)?.[1] ?? 'app';
  const resolved = resolvedCluster({ cluster, apps: { [name]: app } });
  const found = resolved.apps.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${name} is not on the cluster`);
  return { cluster: resolved, app: found };
}

/** The only object of that kind and name. */
export function objectNamed(objects: readonly (OwnedObject | KubeObject)[], kind: string, name: string): KubeObject {
  const plain = objects.map((entry): KubeObject => ('owner' in entry ? (entry as OwnedObject).object : entry));
  const found = plain.filter((object) => object.kind === kind && object.metadata.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} objects ${kind} ${name}, not one`);
  return first;
}
