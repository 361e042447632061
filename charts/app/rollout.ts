import { JsonPatch, type Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { RolloutSpecStrategyCanarySteps, RolloutSpec } from '../../imports/argoproj.io.js';
import {
  Rollout,
  RolloutSpecStrategyCanaryMaxSurge,
  RolloutSpecStrategyCanaryMaxUnavailable,
  RolloutSpecStrategyCanaryStepsPauseDuration,
} from '../../imports/argoproj.io.js';
import { wantsCanaryService } from '../../src/model/analysis-calls.js';
import { canaryServiceName } from '../../src/model/analysis-target.js';
import type { CanaryStep, CountOrShare, ResolvedApp, ResolvedRelease } from '../../src/model/resolved.js';
import { addPatchable } from '../newer-fields.js';
import { present } from '../present.js';
import { analysisName } from './analysis.js';
import { objectMeta, podSelector } from './object-meta.js';
import { addNewerPodFields, podTemplate } from './pod-template.js';
import { replicas } from './workload.js';

type Canary = NonNullable<ResolvedRelease['canary']>;

/**
 * The Rollout of an app with a canary: by the ratio of pods, without a traffic router. Fields that need one (setCanaryScale,
 * dynamicStableScale, scaleDownDelaySeconds) are refused by the controller (argo-rollouts v1.9.1, validation.go).
 */
export function addRollout(chart: Chart, app: ResolvedApp, canary: Canary): void {
  const { release } = app;
  const manifest: unknown = Rollout.manifest({
    metadata: objectMeta(app),
    spec: present<RolloutSpec>({
      replicas: replicas(app),
      revisionHistoryLimit: release.historyLimit,
      progressDeadlineSeconds: release.progressDeadlineSeconds,
      // Pods that never become ready end the release, with or without an analysis: the stable version is whole again by itself.
      progressDeadlineAbort: true,
      selector: podSelector(app),
      strategy: {
        canary: {
          maxSurge: intOrString(RolloutSpecStrategyCanaryMaxSurge, release.maxSurge),
          maxUnavailable: intOrString(RolloutSpecStrategyCanaryMaxUnavailable, release.maxUnavailable),
          ...(wantsCanaryService(app) && { canaryService: canaryServiceName(app.name) }),
          steps: canarySteps(app, canary),
        },
      },
    }),
  });
  const rollout = addPatchable(chart, 'rollout', manifest);
  // The CRD leaves resources and volumes untyped, and cdk8s then writes its own quantities into the manifest as they are.
  rollout.addJsonPatch(JsonPatch.add('/spec/template', k8s.toJson_PodTemplateSpec(podTemplate(app, 'Rollout'))));
  addNewerPodFields(rollout, app, 'Rollout');
}

/**
 * The steps as the controller takes them, with the analysis after the first share and the pauses that follow it: only then does the
 * canary run, and its Service point at it.
 */
export function canarySteps(app: ResolvedApp, { steps, analysis }: Canary): RolloutSpecStrategyCanarySteps[] {
  const rendered = steps.map(canaryStep);
  if (analysis === undefined) return rendered;
  const firstShare = steps.findIndex((step) => 'setWeightPercent' in step);
  const next = steps.findIndex((step, index) => index > firstShare && 'setWeightPercent' in step);
  const analysisIndex = next === -1 ? steps.length : next;
  return rendered.toSpliced(analysisIndex, 0, { analysis: { templates: [{ templateName: analysisName(app) }] } });
}

function canaryStep(step: CanaryStep): RolloutSpecStrategyCanarySteps {
  if ('setWeightPercent' in step) return { setWeight: step.setWeightPercent };
  if ('pause' in step) return { pause: {} };
  return { pause: { duration: RolloutSpecStrategyCanaryStepsPauseDuration.fromNumber(step.pauseSeconds) } };
}

/** `cdk8s import` makes a class of its own of every field that is a number or a string. */
interface IntOrStringClass<T> {
  fromNumber(value: number): T;
  fromString(value: string): T;
}

function intOrString<T>(type: IntOrStringClass<T>, amount: CountOrShare): T {
  return 'count' in amount ? type.fromNumber(amount.count) : type.fromString(`${amount.percent}%`);
}
