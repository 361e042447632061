import type { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp } from '../../src/model/resolved.js';
import type { podTemplatePath } from '../newer-fields.js';
import { addPreStopSleep, makeSidecar } from '../newer-fields.js';
import { present, unlessEmpty, unlessEmptyMap } from '../present.js';
import { containerSpec } from './container.js';
import { nodePlacement, topologySpread } from './placement.js';
import { podVolumes } from './volumes.js';

/** A kind that runs the app's pods. */
export type WorkloadKind = keyof typeof podTemplatePath;

/** Pod annotation that changes with the app's config files, so that a change rolls the pods. */
export const filesHashAnnotation = 'spillway.dev/files-hash';

/** The pods of the app. What cdk8s has no types for is added by `addNewerPodFields`. */
export function podTemplate(app: ResolvedApp, kind: WorkloadKind): k8s.PodTemplateSpec {
  return {
    metadata: present<k8s.ObjectMeta>({ labels: { ...app.labels }, annotations: unlessEmptyMap(podAnnotations(app)) }),
    spec: podSpec(app, kind),
  };
}

function podAnnotations(app: ResolvedApp): Record<string, string> {
  return { ...app.podAnnotations, ...(app.files && { [filesHashAnnotation]: app.files.hash }) };
}

function podSpec(app: ResolvedApp, kind: WorkloadKind): k8s.PodSpec {
  const { podSecurityContext: security } = app;
  return present<k8s.PodSpec>({
    // Ordinary init containers first: they often prepare what a sidecar reads, and while they run a sidecar that started before them
    // would count beside them, so that the pod would have to fit with both.
    initContainers: unlessEmpty([...app.initContainers, ...app.sidecars].map(containerSpec)),
    containers: [containerSpec(app.container)],
    volumes: unlessEmpty(podVolumes(app)),
    // A failed run stays as a pod of its own, with its logs, and the next one may go to another node.
    restartPolicy: kind === 'CronJob' ? 'Never' : undefined,
    terminationGracePeriodSeconds: app.termination.gracePeriodSeconds,
    serviceAccountName: app.name,
    automountServiceAccountToken: app.serviceAccountToken,
    // Otherwise every Service of the namespace becomes seven environment variables, and a Service named `port` breaks an app.
    enableServiceLinks: false,
    priorityClassName: app.priorityClassName,
    securityContext: {
      runAsNonRoot: security.runAsNonRoot,
      runAsUser: security.runAsUser,
      runAsGroup: security.runAsGroup,
      fsGroup: security.fsGroup,
      seccompProfile: { type: security.seccompProfile },
    },
    ...nodePlacement(app.placement),
    topologySpreadConstraints: unlessEmpty(topologySpread(app, kind)),
  });
}

/** Adds to a workload what its pod template needs and cdk8s has no types for. */
export function addNewerPodFields(workload: ApiObject, app: ResolvedApp, kind: WorkloadKind): void {
  const { preStopSeconds } = app.termination;
  if (preStopSeconds > 0) addPreStopSleep(workload, kind, 0, preStopSeconds);
  app.sidecars.forEach((_, index) => {
    makeSidecar(workload, kind, app.initContainers.length + index);
  });
}
