import { sortedDiagnostics, type Diagnostic, type Position } from '../diagnostic/diagnostic.js';
import type { Provenance } from '../model/origin.js';
import type { Check, Finding } from './check.js';
import type { CheckInput } from './input.js';
import { checks } from './registry.js';
import { schemasFor } from './schema.js';
import { ClusterView } from './view/cluster-view.js';
import { isMisnamed, withoutMisnamed } from './view/misnamed.js';
import { didYouMean } from './view/words.js';

/** A line under `silence:` of an app's or a cluster's spec. */
interface Silence {
  readonly id: string;
  readonly at: Position;
  /** Undefined: the cluster's own, which holds for all its apps. */
  readonly app?: string;
  used: boolean;
}

/** The check that speaks of apps with a reserved name; all others leave misnamed apps out. */
const nameCheck = 'application-name';

const byId: ReadonlyMap<string, Check> = new Map(checks.map((check) => [check.id, check]));

/**
 * Runs every check over one cluster or several, and applies what their specs silence. Give all clusters of a repository at once: a
 * line of a base spec that silences something on one of them only is then not called unused.
 */
export async function runChecks(...inputs: readonly CheckInput[]): Promise<Diagnostic[]> {
  const found: ClusterFinding[] = [];
  const silences: Silence[] = [];
  for (const input of inputs) {
    const schemas = input.schemas ?? (await schemasFor(input));
    const ofCluster = silencesOf(input);
    silences.push(...ofCluster);
    found.push(...runOn({ ...input, ...(schemas && { schemas }) }, ofCluster));
  }
  return sortedDiagnostics([...namedByCluster(found, inputs), ...silences.flatMap(misplaced), ...unused(silences)]);
}

/** What a check says of one cluster. */
interface ClusterFinding {
  readonly cluster: string;
  /** Undefined where it is about the cluster itself, whose file says which. */
  readonly app: string | undefined;
  readonly diagnostic: Diagnostic;
}

/** A line of an app's spec holds on several clusters: says on which of them a finding is true, unless it is on all. */
function namedByCluster(found: readonly ClusterFinding[], inputs: readonly CheckInput[]): Diagnostic[] {
  const groups = new Map<string, ClusterFinding[]>();
  for (const finding of found) {
    const key = JSON.stringify(finding.diagnostic);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group): Diagnostic => {
    const [{ app, diagnostic: said }] = group as [ClusterFinding];
    const clusters = new Set(group.map(({ cluster }) => cluster));
    const home = inputs.filter(({ cluster }) => cluster.apps.some(({ name }) => name === app));
    if (app === undefined || clusters.size >= home.length) return said;
    return { ...said, message: `on ${[...clusters].sort().join(' and ')}: ${said.message}` };
  });
}

function silencesOf({ cluster }: CheckInput): Silence[] {
  const read = (provenance: Provenance, silence: Readonly<Record<string, string>>, app?: string): Silence[] =>
    Object.keys(silence).map((id) => ({ id, at: provenance.atKey(['silence', id]), ...(app && { app }), used: false }));
  return [
    ...read(cluster.provenance, cluster.silence),
    ...cluster.apps.flatMap((app) => {
      const own = read(app.provenance, app.silence, app.name);
      // Most checks leave such an app out: nobody can tell whether it needs the line.
      return isMisnamed(app) ? own.map((silence) => ({ ...silence, used: true })) : own;
    }),
  ];
}

function runOn(input: CheckInput, silences: readonly Silence[]): ClusterFinding[] {
  const all = new ClusterView(input);
  const wellNamed = withoutMisnamed(input);
  const view = wellNamed === input ? all : new ClusterView(wellNamed);
  return checks.flatMap((check) =>
    [...check.run(check.id === nameCheck ? all : view)].flatMap((finding): ClusterFinding[] => {
      const silence =
        check.essential === true ? undefined : silences.find((candidate) => covers(candidate, check, finding));
      if (silence === undefined)
        return [{ cluster: view.cluster.name, app: finding.app, diagnostic: diagnostic(check, finding) }];
      silence.used = true;
      return [];
    }),
  );
}

function covers({ id, app }: Silence, check: Check, finding: Finding): boolean {
  return id === check.id && (app === undefined || app === finding.app);
}

function diagnostic({ id, severity }: Check, { message, hint, at }: Finding): Diagnostic {
  return { code: id, severity, message, ...(hint === undefined ? {} : { hint }), at };
}

/** A silence that names no check, or one that nobody may silence. */
function misplaced({ id, at }: Silence): Diagnostic[] {
  const check = byId.get(id);
  if (check === undefined)
    return [
      {
        code: 'unknown-check',
        severity: 'error',
        message: `there is no check ${id}`,
        hint: didYouMean(
          id,
          byId.keys(),
          'docs/checks.md lists the checks; what is said about the form of a spec cannot be silenced',
        ),
        at,
      },
    ];
  if (check.essential !== true) return [];
  return [
    {
      code: 'essential-check',
      severity: 'error',
      message: `${id} cannot be silenced`,
      hint: `take the line out and repair what it says: ${check.why}`,
      at,
    },
  ];
}

/** Lines that silenced nothing on any cluster where they hold. */
function unused(silences: readonly Silence[]): Diagnostic[] {
  const place = ({ id, at }: Silence) => JSON.stringify([id, at]);
  const used = new Set(silences.filter((silence) => silence.used).map(place));
  return silences
    .filter((silence) => byId.get(silence.id)?.essential !== true && byId.has(silence.id) && !used.has(place(silence)))
    .map(({ id, at }) => ({
      code: 'unused-silence',
      severity: 'info',
      message: `${id} has nothing to say here, so nothing is silenced`,
      hint: 'take the line out',
      at,
    }));
}
