import type { OwnedObject } from '../model/kube-object.js';
import type { Check, Finding } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, maps, number } from './view/json.js';
import { metricsOf, refusedMetrics } from './view/metric-rules.js';
import { analysisBeyondRights, beyondRights } from './view/rollout-rights.js';
import { refusedByRollouts, type RolloutProblem } from './view/rollout-rules.js';

function* findings(
  view: ClusterView,
  owned: OwnedObject,
  problems: Iterable<RolloutProblem>,
  field: (pointer: string) => string,
): Generator<Finding> {
  const app = view.appOf(owned);
  for (const { problem, hint, pointer } of problems) {
    yield {
      message: `${view.nameOf(owned)} ${problem}`,
      hint,
      at: view.at(owned, field(pointer), pointer),
      ...(app && { app: app.name }),
    };
  }
}

function releaseField(pointer: string): string {
  if (pointer === '/spec/progressDeadlineSeconds') return 'release.progressDeadline';
  return 'release.canary';
}

/** Where the spec of an app says a part of its analysis. */
function analysisField(view: ClusterView, owned: OwnedObject): (pointer: string) => string {
  const kind = view.appOf(owned)?.release.canary?.analysis?.kind;
  return (pointer) => {
    const part = pointer.split('/').at(-1) ?? '';
    return kind === undefined ? 'release.analysis' : `release.analysis.${kind}.${part}`;
  };
}

function* analysisTemplates(view: ClusterView): Generator<OwnedObject> {
  yield* view.ofKind('AnalysisTemplate');
  yield* view.ofKind('ClusterAnalysisTemplate');
}

/** What the controller of Argo Rollouts itself refuses: the API server lets it through. */
export const rolloutChecks: readonly Check[] = [
  {
    id: 'rollout-valid',
    title: 'the Rollouts controller takes every Rollout',
    why: 'The API server accepts what the controller then calls InvalidSpec: no new version comes, and nothing is scaled.',
    severity: 'error',
    *run(view) {
      for (const owned of view.ofKind('Rollout'))
        yield* findings(view, owned, refusedByRollouts(owned.object), releaseField);
    },
  },
  {
    id: 'analysis-valid',
    title: 'the Rollouts controller takes every analysis',
    why: 'A metric that it refuses is an error of the analysis: every release is aborted at its first step.',
    severity: 'error',
    *run(view) {
      for (const owned of analysisTemplates(view))
        yield* findings(view, owned, refusedMetrics(metricsOf(owned.object['spec'])), analysisField(view, owned));
    },
  },
  {
    id: 'rollout-rights',
    title: 'the Rollouts controller may do what a Rollout asks for',
    why: 'It has the rights that a canary by pods needs, and no Secrets, Deployments or routers: what needs more is refused at every attempt, and the release stalls.',
    severity: 'error',
    *run(view) {
      for (const owned of view.ofKind('Rollout'))
        yield* findings(view, owned, beyondRights(owned.object), releaseField);
      for (const owned of analysisTemplates(view))
        yield* findings(view, owned, analysisBeyondRights(owned.object), analysisField(view, owned));
      for (const owned of view.ofKind('Experiment')) {
        const problem = {
          problem: 'needs ReplicaSets and a status that the Rollouts controller may not write for Experiments here',
          hint: 'take it out; use a canary with an analysis',
          pointer: '',
        };
        yield* findings(view, owned, [problem], () => 'manifests');
      }
    },
  },
  {
    id: 'canary-without-share',
    title: 'a canary has a share',
    why: 'Without one the new version gets no traffic while the release waits, and then all of it at once: a Deployment would be gentler.',
    severity: 'warning',
    *run(view) {
      for (const owned of view.ofKind('Rollout')) {
        const canary = dig(owned.object, 'spec', 'strategy', 'canary');
        const app = view.appOf(owned);
        if (canary === undefined || app === undefined) continue;
        const shares = maps(dig(canary, 'steps')).flatMap(({ setWeight }) => number(setWeight) ?? []);
        if (shares.some((share) => share > 0 && share < 100)) continue;
        yield {
          message: `the canary of ${app.name} has no share between 0% and 100%`,
          hint: 'start it with one, as in [10%, 5m, 50%, 5m], or take release.canary out',
          at: view.at(owned, 'release.canary', '/spec/strategy/canary/steps'),
          app: app.name,
        };
      }
    },
  },
];
