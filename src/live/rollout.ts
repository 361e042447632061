import { listAt, numberAt, textAt, valueAt } from './json.js';
import type { LiveObject } from './json.js';
import { imageOf } from './pod-template.js';
import type { LiveCanary, LiveWorkload } from './workload.js';

/** Label by which Argo Rollouts tells the ReplicaSets of an app's versions apart (argo-rollouts v1.9.1, pkg/apis/rollouts/v1alpha1/types.go). */
export const podHashLabel = 'rollouts-pod-template-hash';

const phases: Readonly<Record<string, LiveWorkload['phase']>> = {
  Healthy: 'released',
  Paused: 'paused',
  Degraded: 'failed',
};

/** Reads a Rollout as GetRolloutPhase does (argo-rollouts v1.9.1, utils/rollout/rolloututil.go): its status alone may be that of the last spec. */
export function readRollout(object: LiveObject, container: string): LiveWorkload {
  const status = valueAt(object, 'status');
  const observed = Number(textAt(status, 'observedGeneration') ?? Number.NaN);
  const behind = observed < numberAt(object, 'metadata', 'generation') || Number.isNaN(observed);
  const unpausing = valueAt(status, 'controllerPause') === true && listAt(status, 'pauseConditions').length === 0;
  const phase = behind || unpausing ? 'progressing' : (phases[textAt(status, 'phase') ?? ''] ?? 'progressing');
  const message = behind ? 'the controller has not seen the new version yet' : textAt(status, 'message');
  const image = imageOf(object, container);
  const stable = textAt(status, 'stableRS');
  const between = stable !== undefined && (behind || stable !== textAt(status, 'currentPodHash'));
  return {
    kind: 'Rollout',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    ...(image !== undefined && { image }),
    phase,
    ...(message !== undefined && { message }),
    pods: {
      // Written by the HPA, or by nobody: then the controller takes one (defaults.GetReplicasOrDefault).
      wanted: valueAt(object, 'spec', 'replicas') === undefined ? 1 : numberAt(object, 'spec', 'replicas'),
      updated: numberAt(status, 'updatedReplicas'),
      available: numberAt(status, 'availableReplicas'),
    },
    ...(between && { stableHash: stable }),
    ...(between && !behind && phase !== 'failed' && { canary: readCanary(object) }),
  };
}

function readCanary(object: LiveObject): LiveCanary {
  const steps = listAt(object, 'spec', 'strategy', 'canary', 'steps');
  const index = Math.min(numberAt(object, 'status', 'currentStepIndex'), steps.length);
  // As GetCurrentSetWeight (utils/replicaset/canary.go): the last share that was set, and all of it after the last step.
  const last = steps.slice(0, index + 1).findLast((step) => typeof step['setWeight'] === 'number');
  const pause = readPause(object, steps[index]);
  const analysis = readAnalysis(object);
  return {
    step: Math.min(index + 1, steps.length),
    steps: steps.length,
    weightPercent: index >= steps.length ? 100 : numberAt(last, 'setWeight'),
    ...pause,
    ...(analysis !== undefined && { analysis }),
  };
}

function readPause(object: LiveObject, step: LiveObject | undefined): Pick<LiveCanary, 'pause' | 'pausedSince'> {
  const [condition] = listAt(object, 'status', 'pauseConditions');
  if (condition === undefined) return {};
  const since = textAt(condition, 'startTime');
  const timed = valueAt(step, 'pause', 'duration') !== undefined;
  const inconclusive = textAt(condition, 'reason') === 'InconclusiveAnalysis';
  return {
    pause: inconclusive ? 'inconclusive' : timed ? 'timed' : 'until-promoted',
    ...(since !== undefined && { pausedSince: since }),
  };
}

function readAnalysis(object: LiveObject): string | undefined {
  const run = valueAt(object, 'status', 'canary', 'currentStepAnalysisRunStatus');
  const status = textAt(run, 'status');
  const message = textAt(run, 'message');
  return status === undefined ? undefined : message === undefined ? status : `${status}: ${message}`;
}
