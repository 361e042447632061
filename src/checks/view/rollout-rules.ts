import { dig, map, maps, number, text, type JsonMap } from './json.js';

/** Something that the Rollouts controller refuses, or may not do. */
export interface RolloutProblem {
  /** What follows the object's name in a sentence. */
  readonly problem: string;
  readonly hint: string;
  readonly pointer: string;
}

function has(value: JsonMap, key: string): boolean {
  return value[key] !== undefined && value[key] !== null;
}

/** Go's time.ParseDuration, or whole seconds (argo-rollouts, DurationString and RolloutPause.DurationSeconds). */
export function isDuration(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0;
  return typeof value === 'string' && /^\+?(\d+|(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+)$/.test(value);
}

const canary = '/spec/strategy/canary';

/** Steps that send traffic by a router, which nothing here renders. */
const routedSteps = ['setCanaryScale', 'setHeaderRoute', 'setMirrorRoute'];
const stepKinds = ['setWeight', 'pause', 'analysis', 'experiment', 'plugin', ...routedSteps];
/** Those of which a step may have one (hasMultipleStepsType). */
const exclusiveKinds = ['setWeight', 'pause', 'experiment', 'analysis'];

/** What the controller refuses in a Rollout: it then does nothing more with it (argo-rollouts v1.9.1, pkg/apis/rollouts/validation). */
export function* refusedByRollouts(rollout: unknown): Generator<RolloutProblem> {
  const spec = map(dig(rollout, 'spec'));
  const strategy = map(spec['strategy']);
  const ways = ['canary', 'blueGreen'].filter((way) => has(strategy, way));
  if (ways.length !== 1)
    yield {
      problem: ways.length === 0 ? 'has no strategy' : 'has two strategies',
      hint: 'say canary or blueGreen',
      pointer: '/spec/strategy',
    };
  const deadline = number(spec['progressDeadlineSeconds']) ?? 600;
  const minReady = number(spec['minReadySeconds']) ?? 0;
  if (deadline <= minReady)
    yield {
      problem: `has progressDeadlineSeconds ${deadline}, which must be more than minReadySeconds ${minReady}`,
      hint: `use ${minReady + 60} or more`,
      pointer: '/spec/progressDeadlineSeconds',
    };
  if (has(strategy, 'canary')) yield* refusedInCanary(map(strategy['canary']));
  else if (has(strategy, 'blueGreen')) yield* refusedInBlueGreen(spec, map(strategy['blueGreen']));
}

function* refusedInBlueGreen(spec: JsonMap, blueGreen: JsonMap): Generator<RolloutProblem> {
  const { activeService, previewService, scaleDownDelayRevisionLimit } = blueGreen;
  if ((activeService ?? '') === (previewService ?? ''))
    yield {
      problem: 'has no two different Services, activeService and previewService',
      hint: 'name one of each',
      pointer: '/spec/strategy/blueGreen',
    };
  const limit = number(scaleDownDelayRevisionLimit);
  const history = number(spec['revisionHistoryLimit']) ?? 10;
  if (limit !== undefined && limit > history)
    yield {
      problem: `keeps ${limit} revisions running but only ${history} at all`,
      hint: 'raise revisionHistoryLimit, or lower scaleDownDelayRevisionLimit',
      pointer: '/spec/strategy/blueGreen/scaleDownDelayRevisionLimit',
    };
}

function* refusedInCanary(spec: JsonMap): Generator<RolloutProblem> {
  const routed = has(spec, 'trafficRouting');
  const needsRouter = 'take it out: without a traffic router shares are numbers of pods';
  const { canaryService, stableService } = spec;
  if (text(canaryService) !== undefined && canaryService !== '' && canaryService === stableService)
    yield {
      problem: `names one Service, ${text(stableService) ?? ''}, for both canary and stable`,
      hint: 'name two',
      pointer: `${canary}/stableService`,
    };
  if (!routed && has(spec, 'scaleDownDelaySeconds'))
    yield {
      problem: 'has scaleDownDelaySeconds without a traffic router',
      hint: needsRouter,
      pointer: `${canary}/scaleDownDelaySeconds`,
    };
  if (!routed && spec['dynamicStableScale'] === true)
    yield {
      problem: 'has dynamicStableScale without a traffic router',
      hint: needsRouter,
      pointer: `${canary}/dynamicStableScale`,
    };
  for (const [index, step] of maps(spec['steps']).entries()) {
    const pointer = `${canary}/steps/${index}`;
    const kinds = stepKinds.filter((kind) => has(step, kind));
    const exclusive = exclusiveKinds.filter((kind) => has(step, kind));
    const weight = number(step['setWeight']);
    const pause = map(step['pause'])['duration'];
    if (kinds.length === 0)
      yield { problem: `has a step ${index + 1} that does nothing`, hint: 'use setWeight, pause or analysis', pointer };
    if (exclusive.length > 1)
      yield {
        problem: `has ${exclusive.join(' and ')} in one step (${index + 1})`,
        hint: 'write a step for each',
        pointer,
      };
    if (weight !== undefined && (weight < 0 || weight > 100))
      yield { problem: `has setWeight ${weight}`, hint: 'use 0 to 100', pointer: `${pointer}/setWeight` };
    if (pause !== undefined && pause !== null && !isDuration(pause))
      yield {
        problem: `has a pause of ${JSON.stringify(pause)}`,
        hint: 'use seconds, or a duration such as 5m',
        pointer: `${pointer}/pause`,
      };
    for (const kind of routedSteps.filter((candidate) => !routed && has(step, candidate)))
      yield { problem: `has ${kind} without a traffic router`, hint: needsRouter, pointer };
  }
}
