import { listAt, numberAt, textAt, valueAt } from './json.js';
import type { LiveObject } from './json.js';

/** Reasons of a container that waits as it should. */
const ordinary: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** What keeps pods from running, the same thing once with the number of its pods: `2 pods: ImagePullBackOff: …`. */
export function problemsOfPods(pods: readonly LiveObject[]): string[] {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const problem = podProblem(pod);
    if (problem !== undefined) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  }
  return [...counts].map(([problem, count]) => `${count} ${count === 1 ? 'pod' : 'pods'}: ${problem}`);
}

function podProblem(pod: LiveObject): string | undefined {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return undefined;
  for (const status of ['initContainerStatuses', 'containerStatuses'].flatMap((key) => listAt(pod, 'status', key))) {
    const problem = containerProblem(status);
    if (problem !== undefined) return problem;
  }
  const scheduled = listAt(pod, 'status', 'conditions').find(({ type }) => type === 'PodScheduled');
  if (textAt(scheduled, 'status') !== 'False') return undefined;
  return `${textAt(scheduled, 'reason') ?? 'not scheduled'}: ${textAt(scheduled, 'message') ?? ''}`;
}

/** The message of a container that waits names its pod (`back-off … container=shop pod=shop-5d…`): only the part before, so that equal ones meet. */
function containerProblem(status: LiveObject): string | undefined {
  const reason = textAt(status, 'state', 'waiting', 'reason');
  if (reason === undefined || ordinary.has(reason)) return undefined;
  const ended = valueAt(status, 'lastState', 'terminated');
  if (ended !== undefined) {
    const how = textAt(ended, 'reason') ?? 'Error';
    return `${reason}: container ${textAt(status, 'name') ?? ''} ended with ${how}, exit code ${numberAt(ended, 'exitCode')}`;
  }
  const message = textAt(status, 'state', 'waiting', 'message');
  return message === undefined ? reason : `${reason}: ${message}`;
}
