import { hasErrors, type Diagnostic, type Position } from '../../diagnostic/diagnostic.js';
import type { ManifestFile } from '../read/manifests.js';
import type { Written } from '../read/positions.js';
import type { SourceDoc } from '../read/source.js';
import { appSpec, type AppSpec } from '../schema/app.js';
import type { AppOnCluster } from '../schema/specs.js';
import { appRules } from './app-rules.js';
import { deliveryDiagnostics } from './delivery.js';
import { located } from './located.js';
import { isMap, merge, without, withoutNulls } from './merge.js';
import { emptyFields, idleNulls } from './nulls.js';
import type { Problem } from './problems.js';
import { closest } from '../../diagnostic/closest.js';
import { diagnose, validate } from './validate.js';

interface Override {
  readonly cluster: string;
  /** Position of the cluster's name under `clusters`. */
  readonly at: Position;
  readonly written: Written;
}

/** What an override cannot change: the app would be another one. */
const fixed: Readonly<Record<string, string>> = {
  name: 'an app has one name on all its clusters',
  kind: 'an app is of one kind on all its clusters',
  delivery: 'it says which of the clusters new builds go to',
  clusters: 'overrides do not nest',
};

function error(code: string, message: string, hint: string, at: Position): Diagnostic {
  return { code, severity: 'error', message, hint, at };
}

function readOverride(
  cluster: string,
  value: unknown,
  positions: Written['positions'],
): { override: Override; diagnostics: Diagnostic[] } {
  const at = positions.key ?? positions.at;
  const diagnostics: Diagnostic[] = [];
  if (value !== null && !isMap(value)) {
    diagnostics.push(
      error(
        'invalid-value',
        `\`clusters.${cluster}\` must be a map of overrides`,
        `write \`${cluster}: {}\` where nothing differs`,
        positions.at,
      ),
    );
  }
  const empty: Written = { value: {}, positions: { ...positions, children: new Map() } };
  const written: Written = isMap(value) ? { value, positions } : empty;
  for (const [field, why] of Object.entries(fixed)) {
    const key = written.positions.children.get(field)?.key;
    if (key !== undefined)
      diagnostics.push(
        error('override-not-allowed', `\`${field}\` cannot be overridden: ${why}`, 'remove it here', key),
      );
  }
  return { override: { cluster, at, written: without(written, ...Object.keys(fixed)) }, diagnostics };
}

function readOverrides(
  source: SourceDoc,
  clusters: readonly string[],
): { overrides: Override[]; diagnostics: Diagnostic[] } {
  const value = source.value?.['clusters'];
  const positions = source.positions.children.get('clusters');
  if (positions === undefined || value === null || (isMap(value) && positions.children.size === 0)) {
    const at = positions?.key ?? source.positions.at;
    return {
      overrides: [],
      diagnostics: [
        {
          code: 'app-without-cluster',
          severity: 'warning',
          message: 'the app is on no cluster, so nothing is rendered for it',
          hint: 'name its clusters, such as `clusters: {prod: {}}`',
          at,
        },
      ],
    };
  }
  if (!isMap(value)) {
    return {
      overrides: [],
      diagnostics: [
        error(
          'invalid-value',
          '`clusters` must be a map of clusters to overrides',
          'such as `clusters: {prod: {}}`',
          positions.at,
        ),
      ],
    };
  }
  const overrides: Override[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [cluster, tree] of positions.children) {
    const read = readOverride(cluster, value[cluster], tree);
    overrides.push(read.override);
    diagnostics.push(...read.diagnostics);
    if (!clusters.includes(cluster)) {
      const meant = closest(cluster, clusters);
      const hint =
        meant === undefined ? `write clusters/${cluster}.yaml, or remove it here` : `did you mean \`${meant}\`?`;
      diagnostics.push(error('unknown-cluster', `there is no cluster \`${cluster}\``, hint, read.override.at));
    }
  }
  return { overrides, diagnostics };
}

/** `clusters` is no field of the merged spec, but one of the file. */
function knowingClusters(problem: Problem): Problem {
  const [field = '', ...deeper] = problem.path;
  if (problem.code !== 'unknown-field' || deeper.length > 0 || closest(field, ['clusters']) === undefined)
    return problem;
  return { ...problem, hint: 'did you mean `clusters`?' };
}

interface Judged {
  readonly override: Override | undefined;
  readonly merged: Written;
  readonly value: AppSpec | undefined;
  readonly problems: readonly Problem[];
}

function judge(merged: Written, override?: Override): Judged {
  const { value, problems } = validate(appSpec, merged);
  const contradictions = isMap(merged.value) ? appRules(merged.value) : [];
  return {
    override,
    merged,
    value: contradictions.length > 0 ? undefined : value,
    problems: [...problems.map(knowingClusters), ...contradictions],
  };
}

/** What is wrong with the nulls of a base or, with its base, of an override: merging strips them before the schema sees them. */
function nullDiagnostics(written: Written, base?: Written): Diagnostic[] {
  const problems = base ? idleNulls(appSpec, written.value, base.value) : emptyFields(appSpec, written.value);
  return diagnose(problems.map(knowingClusters), written.positions);
}

/** What is missing on some clusters only is said for each of them, at what they override. */
function diagnoseAbsent(judged: readonly Judged[]): Diagnostic[] {
  const counts = new Map<string, number>();
  const absent = judged.map(({ problems }) => problems.filter((problem) => problem.absent === true));
  for (const problem of absent.flat()) counts.set(problem.message, (counts.get(problem.message) ?? 0) + 1);
  return judged.flatMap(({ merged, override }, index) => {
    const { positions } = merged;
    return (absent[index] ?? []).flatMap((problem) => {
      if (override === undefined || counts.get(problem.message) === judged.length)
        return diagnose([problem], positions);
      const top = { ...positions, at: override.at };
      return diagnose([{ ...problem, message: `${problem.message} on cluster ${override.cluster}` }], top);
    });
  });
}

/** One app on each of its clusters, or what is wrong with it. `clusters` are those that exist. */
export function parseApp(
  source: SourceDoc,
  clusters: readonly string[],
  manifests: ReadonlyMap<string, ManifestFile>,
): { apps: AppOnCluster[]; diagnostics: Diagnostic[] } {
  if (source.value === undefined) return { apps: [], diagnostics: [] };
  const { overrides, diagnostics } = readOverrides(source, clusters);
  diagnostics.push(
    ...deliveryDiagnostics(
      source,
      overrides.map(({ cluster }) => cluster),
    ),
  );
  const raw = without({ value: source.value, positions: source.positions }, 'clusters');
  const base = withoutNulls(raw);
  const nulls = { base: nullDiagnostics(raw), of: overrides.map(({ written }) => nullDiagnostics(written, base)) };
  diagnostics.push(...nulls.base, ...nulls.of.flat());
  const alone = judge(base);
  const judged =
    overrides.length === 0 ? [alone] : overrides.map((override) => judge(merge(base, override.written), override));
  const present = ({ absent }: Problem) => absent !== true;
  for (const { merged, problems } of [alone, ...judged])
    diagnostics.push(...diagnose(problems.filter(present), merged.positions));
  diagnostics.push(...diagnoseAbsent(judged));

  const apps = judged.flatMap(({ override, merged, value }, index): AppOnCluster[] => {
    if (override === undefined || value === undefined || !clusters.includes(override.cluster)) return [];
    if (hasErrors([...nulls.base, ...(nulls.of[index] ?? [])])) return [];
    const files = (value.manifests ?? []).map((path) => ({ path, objects: manifests.get(path)?.objects ?? [] }));
    return [{ cluster: override.cluster, spec: located(value, merged.positions), manifests: files }];
  });
  return { apps, diagnostics };
}
