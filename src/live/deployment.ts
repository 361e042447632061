import { listAt, numberAt, textAt, valueAt } from './json.js';
import type { LiveObject } from './json.js';
import { imageOf } from './pod-template.js';
import type { LiveWorkload } from './workload.js';

/** Reads a Deployment as `kubectl rollout status` does (kubectl v1.35, pkg/polymorphichelpers/rollout_status.go). */
export function readDeployment(object: LiveObject, container: string): LiveWorkload {
  const status = valueAt(object, 'status');
  const [updated, replicas, available] = ['updatedReplicas', 'replicas', 'availableReplicas'].map((key) =>
    numberAt(status, key),
  ) as [number, number, number];
  const wanted = numberAt(object, 'spec', 'replicas');
  const behind = numberAt(status, 'observedGeneration') < numberAt(object, 'metadata', 'generation');
  const progressing = listAt(status, 'conditions').find(({ type }) => type === 'Progressing');
  const late = !behind && textAt(progressing, 'reason') === 'ProgressDeadlineExceeded';
  const released = !behind && updated >= wanted && replicas <= updated && available >= updated;
  const message = late ? textAt(progressing, 'message') : undefined;
  const image = imageOf(object, container);
  return {
    kind: 'Deployment',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    ...(image !== undefined && { image }),
    phase: late ? 'failed' : released ? 'released' : 'progressing',
    ...(message !== undefined && { message }),
    pods: { wanted, updated, available },
  };
}

/** Reads a CronJob: what is in it runs at its next time, so it is always released. */
export function readCronJob(object: LiveObject, container: string): LiveWorkload {
  const image = imageOf(object, container);
  const last = textAt(object, 'status', 'lastSuccessfulTime');
  const suspended = valueAt(object, 'spec', 'suspend') === true;
  const message = suspended ? 'suspended' : last === undefined ? 'has not succeeded yet' : `last success ${last}`;
  return {
    kind: 'CronJob',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    ...(image !== undefined && { image }),
    phase: 'released',
    message,
  };
}
