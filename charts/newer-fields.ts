import { ApiObject, JsonPatch, type ApiObjectProps, type Chart } from 'cdk8s';

/**
 * What Kubernetes has and the classes of cdk8s-plus-27 do not: the only places where an object is written without their types. Beside
 * each stands the minor from which the API server keeps the field by default (k8s.io/kubernetes v1.35.4, pkg/features/kube_features.go).
 */

/** JSON pointer of the pod template in an object of a kind. */
export const podTemplatePath = {
  Deployment: '/spec/template',
  Rollout: '/spec/template',
  CronJob: '/spec/jobTemplate/spec/template',
} as const;

type PodTemplateKind = keyof typeof podTemplatePath;

/**
 * An object that takes more fields than its class has. `manifest` comes from the class, as in `KubeDeployment.manifest({…})`; an
 * instance of the class itself would apply patches first and then drop every field that it has no type for.
 */
export function addPatchable(chart: Chart, id: string, manifest: unknown): ApiObject {
  return new ApiObject(chart, id, manifest as ApiObjectProps);
}

/**
 * Lets a container sleep before it gets its signal (1.30, PodLifecycleSleepAction). The kubelet sleeps by itself: unlike `exec: [sleep]` it works in images that have
 * no shell. `container` is its index.
 */
export function addPreStopSleep(object: ApiObject, kind: PodTemplateKind, container: number, seconds: number): void {
  const path = `${podTemplatePath[kind]}/spec/containers/${container}/lifecycle`;
  object.addJsonPatch(JsonPatch.add(path, { preStop: { sleep: { seconds } } }));
}

/** Makes an init container a native sidecar, which starts before the app, is restarted, and ends after it (1.29, SidecarContainers). */
export function makeSidecar(object: ApiObject, kind: PodTemplateKind, initContainer: number): void {
  const path = `${podTemplatePath[kind]}/spec/initContainers/${initContainer}/restartPolicy`;
  object.addJsonPatch(JsonPatch.add(path, 'Always'));
}

/**
 * Deviation from the target that an HPA ignores in one direction, as a share; 0.1 is the controller's own (1.35,
 * HPAConfigurableTolerance: before, the API server drops it without a word).
 */
export function addScalingTolerance(object: ApiObject, direction: 'scaleUp' | 'scaleDown', tolerance: number): void {
  // A quantity: as a number the API server would take it too, and give it back as a string.
  object.addJsonPatch(JsonPatch.add(`/spec/behavior/${direction}/tolerance`, String(tolerance)));
}
