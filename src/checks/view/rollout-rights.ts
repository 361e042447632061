import { dig, map, maps } from './json.js';
import type { RolloutProblem } from './rollout-rules.js';

/** Metadata that the controller writes onto pods, by strategy: it may list pods and evict them, nothing else. */
const podMetadata: Readonly<Record<string, readonly string[]>> = {
  canary: ['canaryMetadata', 'stableMetadata'],
  blueGreen: ['activeMetadata', 'previewMetadata'],
};

/** Metric providers of v1.9.1 that read their keys from a Secret, or are a plugin that its ConfigMap must name. */
const otherProviders = ['wavefront', 'newRelic', 'datadog', 'influxdb', 'plugin'] as const;

function there(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * What a Rollout asks for that the rendered rights of the controller leave out (charts/platform/argo-rollouts-access.ts, which names
 * them): it would be refused by the API server at every attempt.
 */
export function* beyondRights(rollout: unknown): Generator<RolloutProblem> {
  if (there(dig(rollout, 'spec', 'workloadRef')))
    yield {
      problem: 'takes its pods from workloadRef, but the Rollouts controller may not read or scale Deployments here',
      hint: 'write the pods under spec.template',
      pointer: '/spec/workloadRef',
    };
  const strategy = map(dig(rollout, 'spec', 'strategy'));
  for (const [way, fields] of Object.entries(podMetadata)) {
    for (const field of fields.filter((candidate) => there(map(strategy[way])[candidate]))) {
      yield {
        problem: `has ${field}, but the Rollouts controller may not change pods here`,
        hint: 'take it out: rollouts-pod-template-hash tells the pods of both versions apart',
        pointer: `/spec/strategy/${way}/${field}`,
      };
    }
  }
  if (there(dig(strategy, 'canary', 'trafficRouting')))
    yield {
      problem: 'has trafficRouting, but the Rollouts controller may not change what a traffic router reads here',
      hint: 'take it out: shares are numbers of pods',
      pointer: '/spec/strategy/canary/trafficRouting',
    };
  for (const [index, step] of maps(dig(strategy, 'canary', 'steps')).entries()) {
    for (const kind of ['experiment', 'plugin'].filter((candidate) => there(step[candidate]))) {
      yield {
        problem:
          kind === 'experiment'
            ? 'has a step with an experiment, but the Rollouts controller may not create Experiments here'
            : 'has a step of a plugin, but none is installed here',
        hint: 'use an analysis',
        pointer: `/spec/strategy/canary/steps/${index}`,
      };
    }
  }
}

/** The same for an AnalysisTemplate. */
export function* analysisBeyondRights(template: unknown): Generator<RolloutProblem> {
  for (const [index, argument] of maps(dig(template, 'spec', 'args')).entries()) {
    if (!there(dig(argument, 'valueFrom', 'secretKeyRef'))) continue;
    yield {
      problem: 'takes an argument from a Secret, but the Rollouts controller may not read Secrets here',
      hint: 'use a Job, whose pod may read the Secret',
      pointer: `/spec/args/${index}`,
    };
  }
  for (const [index, metric] of maps(dig(template, 'spec', 'metrics')).entries()) {
    const provider = otherProviders.find((candidate) => there(dig(metric, 'provider', candidate)));
    if (provider === undefined) continue;
    yield {
      problem:
        provider === 'plugin'
          ? 'asks a plugin, but none is installed here'
          : `asks ${provider}, whose key is in a Secret that the Rollouts controller may not read here`,
      hint: 'use a Job, the web or CloudWatch',
      pointer: `/spec/metrics/${index}`,
    };
  }
}
