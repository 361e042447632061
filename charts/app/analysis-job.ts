import { k8s } from 'cdk8s-plus-27';
import { analysisPodLabels } from '../../src/model/network.js';
import type { ResolvedAnalysis, ResolvedApp } from '../../src/model/resolved.js';
import { present } from '../present.js';
import { disruptionsDoNotCount } from './cron-job.js';
import { nodePlacement } from './placement.js';

type JobAnalysis = Extract<ResolvedAnalysis, { kind: 'job' }>;

/** Until a network policy lets a new pod through, and a little more: first answers are waited for, not counted. */
const firstAnswerTries = 12;
const firstAnswerPauseSeconds = 5;

/** Time for a pod to be scheduled, for a node to boot where there is no room, and for the image to be pulled. */
const startSeconds = 300;

/** A day, so that the log of a release that failed at night is there in the morning. */
const keptSeconds = 24 * 60 * 60;

/**
 * Counts failed requests, and fails as soon as there are more than allowed. POSIX sh and a wget that knows -q, -T, -t and -O (busybox
 * and GNU do). The controller reads two opening braces in a row as an argument of its own: none may stand here.
 */
export const analysisScript = `set -u
request() {
  wget -q -t 1 -T "$TIMEOUT_SECONDS" -O /dev/null "$URL" 2>/dev/null
}
tries=1
until request; do
  if [ "$tries" -ge ${firstAnswerTries} ]; then
    echo "failed: no good answer from $URL in $tries tries"
    exit 1
  fi
  tries=$((tries + 1))
  sleep ${firstAnswerPauseSeconds}
done
allowed=$((REQUESTS * MAX_ERRORS_PERCENT / 100))
sent=0
errors=0
while [ "$sent" -lt "$REQUESTS" ]; do
  sent=$((sent + 1))
  request || errors=$((errors + 1))
  if [ "$errors" -gt "$allowed" ]; then
    echo "failed: $errors of $sent requests to $URL failed, $allowed of $REQUESTS may"
    exit 1
  fi
done
echo "passed: $errors of $sent requests to $URL failed, $allowed may"
`;

/**
 * A Job that calls the canary's Service and fails where too many requests fail. Its pods look like none of the app's: no Service sends
 * to them and no budget counts them. It needs room to run, so it is placed like the app.
 */
export function analysisJob(
  app: ResolvedApp,
  analysis: JobAnalysis,
  host: string,
): { metadata: k8s.ObjectMeta; spec: k8s.JobSpec } {
  const { requests, timeoutSeconds } = analysis;
  const labels = analysisLabels(app);
  return {
    metadata: { labels },
    spec: {
      // A second try would be a second verdict.
      backoffLimit: 0,
      podFailurePolicy: disruptionsDoNotCount,
      activeDeadlineSeconds:
        startSeconds + firstAnswerTries * (firstAnswerPauseSeconds + timeoutSeconds) + requests * timeoutSeconds,
      ttlSecondsAfterFinished: keptSeconds,
      template: { metadata: { labels }, spec: podSpec(app, analysis, host) },
    },
  };
}

/** The app's labels without those that select its pods. */
function analysisLabels(app: ResolvedApp): Record<string, string> {
  const others = Object.entries(app.labels).filter(([label]) => !(label in app.selectorLabels));
  return { ...Object.fromEntries(others), ...analysisPodLabels(app.name) };
}

function podSpec(app: ResolvedApp, analysis: JobAnalysis, host: string): k8s.PodSpec {
  return present<k8s.PodSpec>({
    // Under the namespace's default ServiceAccount: the app's would bring its AWS permissions along.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    // A shell as process 1 does not react to SIGTERM.
    terminationGracePeriodSeconds: 5,
    priorityClassName: app.priorityClassName,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...nodePlacement(app.placement),
    containers: [
      {
        name: 'requests',
        image: analysis.image,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', analysisScript],
        env: [
          { name: 'URL', value: `http://${host}:${analysis.servicePort}${analysis.path}` },
          { name: 'REQUESTS', value: String(analysis.requests) },
          { name: 'MAX_ERRORS_PERCENT', value: String(analysis.maxErrorsPercent) },
          { name: 'TIMEOUT_SECONDS', value: String(analysis.timeoutSeconds) },
        ],
        resources: {
          requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('32Mi') },
          limits: { memory: k8s.Quantity.fromString('32Mi') },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
      },
    ],
  });
}
