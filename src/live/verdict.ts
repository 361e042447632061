import { appsRootApplication, platformRootApplication } from '../model/application-names.js';
import { notThereYet } from './status.js';
import type { AppStatus, ClusterStatus } from './status.js';

/** Whether a release is through. `pending` says what it waits for, `failed` why it will not come. */
export type Verdict =
  | { readonly kind: 'released' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** `patienceSeconds`: what is wrong may pass by itself, but not after that long. */
  | { readonly kind: 'pending'; readonly reason: string; readonly patienceSeconds?: number };

/** Argo CD tries again: a repository that does not answer, a webhook that is not up yet. */
const patienceWithSyncSeconds = 120;

/** The HPA of new pods has no metrics for 20 s (seen) to a minute or two, and Argo CD calls that Degraded. */
const patienceWithHealthSeconds = 180;

/** What is known beside the cluster itself. */
export interface Circumstances {
  /** The commit that the specs are of. */
  readonly commit?: string | undefined;
  /** Whether a commit came after it. */
  readonly isNewer: (revision: string) => Promise<boolean>;
}

/**
 * Whether the rendered version of one app serves, and no other. The image decides, not the phases: for a moment after a push, Argo CD
 * still shows the old Synced and Healthy.
 */
export async function appVerdict(app: AppStatus, { commit, isNewer }: Circumstances): Promise<Verdict> {
  const { workload, images, sync, revision } = app;
  const [problem] = app.problems;
  if (images.live !== images.rendered || workload === undefined) {
    // What is wrong may be of the commit before, which this one repairs.
    if (problem !== undefined && revision !== undefined && revision === commit && sync !== 'Synced')
      return { kind: 'pending', reason: problem, patienceSeconds: patienceWithSyncSeconds };
    if (sync === 'Synced' && revision !== undefined && revision !== commit && (await isNewer(revision)))
      return failed(`commit ${revision.slice(0, 8)}, newer than this checkout, has ${images.live ?? 'another image'}`);
    return pending(problem ?? `Argo CD has not synced ${images.rendered ?? 'it'} yet: ${whereItIs(app)}`);
  }
  if (workload.phase === 'failed') return failed(workload.message ?? `the ${workload.kind} has failed`);
  if (workload.phase === 'released' && sync === 'Synced' && app.health === 'Healthy') return { kind: 'released' };
  const reason = problem ?? whereItIs(app);
  return workload.phase === 'released' && app.health === 'Degraded'
    ? { kind: 'pending', reason, patienceSeconds: patienceWithHealthSeconds }
    : pending(reason);
}

/** Whether all of a cluster is as it should be. Only a Secret that a person must bring is no reason to wait on. */
export function clusterVerdict({ apps, platform, missingSecrets }: ClusterStatus): Verdict {
  const sick = [...platform, ...apps].filter(({ state }) => state !== 'good');
  if (sick.length === 0) return { kind: 'released' };
  const waiting = new Set(missingSecrets.flatMap((secret) => secret.apps));
  // The roots are as well as what is below them.
  const root = new Set<string>([platformRootApplication, appsRootApplication]);
  // A missing Secret keeps pods from starting, not Argo CD from syncing.
  const others = sick.filter(({ name, sync }) => !(waiting.has(name) && sync === 'Synced') && !root.has(name));
  if (others.length === 0 && missingSecrets.length > 0) {
    const names = missingSecrets.map(({ namespace, name }) => `${namespace}/${name}`);
    return failed(`all else is healthy; missing Secrets: ${names.join(', ')}`);
  }
  const first = others.slice(0, 3).map(({ name, problems: [problem], sync, health }) => {
    if (sync === notThereYet) return `${name} (not there yet)`;
    return `${name} (${problem ?? `${sync}, ${health}`})`;
  });
  if (first.length === 0) return pending('waiting for the root Applications');
  const more = others.length > first.length ? ` and ${others.length - first.length} more` : '';
  return pending(`waiting for ${first.join(', ')}${more}`);
}

function whereItIs({ workload, sync, health, images }: AppStatus): string {
  const state = `${sync}, ${health}`;
  if (workload?.canary) {
    const { step, steps, weightPercent, pause } = workload.canary;
    const paused = pause === 'until-promoted' ? ', paused until a person promotes it' : pause ? ', paused' : '';
    return `${state}, canary at ${weightPercent} % (step ${step} of ${steps}${paused})`;
  }
  const live = images.live === images.rendered ? '' : `, live is ${images.live ?? 'nothing'}`;
  return workload?.phase === 'progressing' ? `${state}, ${workload.message ?? 'new pods start'}${live}` : state + live;
}

function failed(reason: string): Verdict {
  return { kind: 'failed', reason };
}

function pending(reason: string): Verdict {
  return { kind: 'pending', reason };
}
