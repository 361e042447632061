import type { ResolvedApp } from '../model/resolved.js';
import type { Check } from './check.js';
import { canaryPods } from './view/canary.js';
import { podCount } from './view/budgets.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, maps, number, text, valueText, type JsonMap } from './view/json.js';
import type { OwnedObject } from '../model/kube-object.js';
import { enumeration } from './view/words.js';

/** A pod of 10% that stands for 30% or more is worth a word; rounding by less is not. */
const notableFactor = 1.5;

interface CanaryRollout {
  readonly owned: OwnedObject;
  readonly app: ResolvedApp;
  readonly canary: JsonMap;
  readonly weights: readonly { readonly weight: number; readonly step: number }[];
}

function* canaries(view: ClusterView): Generator<CanaryRollout> {
  for (const owned of view.ofKind('Rollout')) {
    const app = view.appOf(owned);
    const canary = dig(owned.object, 'spec', 'strategy', 'canary');
    if (app === undefined || canary === undefined) continue;
    const weights = maps(map(canary)['steps']).flatMap(({ setWeight }, step) =>
      number(setWeight) === undefined ? [] : [{ weight: number(setWeight) ?? 0, step }],
    );
    yield { owned, app, canary: map(canary), weights };
  }
}

/** Where the n-th share of a canary is written. */
function shareField(app: ResolvedApp, nth: number): string {
  const steps = app.release.canary?.steps ?? [];
  const shares = steps.flatMap((step, index) => ('setWeightPercent' in step ? [index] : []));
  const index = shares[nth];
  return index === undefined ? 'release.canary' : `release.canary.${index}`;
}

/** How a new version comes. */
export const releaseChecks: readonly Check[] = [
  {
    id: 'release-can-move',
    title: 'a release may surge or take pods away',
    why: 'With neither, no pod can be replaced: Kubernetes and Argo Rollouts refuse the object.',
    severity: 'error',
    *run(view) {
      for (const kind of ['Rollout', 'Deployment']) {
        for (const owned of view.ofKind(kind)) {
          const strategy = map(dig(owned.object, 'spec', 'strategy'));
          const limits = map(strategy['canary'] ?? strategy['rollingUpdate']);
          const { maxSurge, maxUnavailable } = limits;
          if (!isNothing(maxSurge) || !isNothing(maxUnavailable)) continue;
          yield {
            message: `${view.nameOf(owned)} has maxSurge and maxUnavailable both 0, so no release can replace a pod`,
            hint: 'set release.maxSurge to 1, or release.maxUnavailable where there is no room for one more',
            at: view.at(owned, 'release.maxSurge', '/spec/strategy'),
            ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'canary-weights',
    title: 'the shares of a canary grow',
    why: 'A share below the one before takes the new version back in the middle of its release; the same one twice does nothing.',
    severity: 'warning',
    *run(view) {
      for (const { owned, app, weights } of canaries(view)) {
        for (const [index, { weight, step }] of weights.entries()) {
          const before = weights[index - 1]?.weight;
          if (before === undefined || weight > before) continue;
          yield {
            message: `the canary of ${app.name} goes from ${before}% to ${weight}%${weight === before ? ', which changes nothing' : ''}`,
            hint: 'let the shares grow, and leave out 100%: it is what comes after the last step',
            at: view.at(owned, shareField(app, index), `/spec/strategy/canary/steps/${step}`),
            app: app.name,
          };
        }
      }
    },
  },
  {
    id: 'canary-share',
    title: 'the replicas of a canary can express its shares',
    why: 'Without a traffic router a share is a number of pods: with few of them, the first one already gets far more of the traffic.',
    severity: 'warning',
    *run(view) {
      for (const { owned, app, canary, weights } of canaries(view)) {
        const { min } = view.replicas(owned);
        const surge = podCount(canary['maxSurge'] ?? '25%', min, 'up');
        const first = weights.findIndex(({ weight }) => weight > 0 && weight < 100);
        const wanted = weights[first];
        if (wanted === undefined || min === 0) continue;
        const { canary: pods, stable } = canaryPods(min, wanted.weight, surge);
        const real = Math.round((100 * pods) / (pods + stable));
        if (pods > 0 && real < notableFactor * wanted.weight && real > wanted.weight / notableFactor) continue;
        const needed = Math.ceil(100 / wanted.weight) - (surge > 0 ? 1 : 0);
        yield {
          message:
            pods === 0
              ? `with ${min} ${min === 1 ? 'pod' : 'pods'} and no surge, the ${wanted.weight}% step of ${app.name} is no pod at all`
              : `with ${min} ${min === 1 ? 'pod' : 'pods'}, the ${wanted.weight}% step of ${app.name} is really ${pods} of ${pods + stable} pods: ${real}% of the traffic`,
          hint:
            pods === 0
              ? 'set release.maxSurge to 1'
              : `${wanted.weight}% needs scale.min ${needed} or more; or write the share that you mean`,
          at: view.at(owned, shareField(app, first), `/spec/strategy/canary/steps/${wanted.step}`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'canary-pause',
    title: 'a canary stays at each share for a while',
    why: 'Without a pause or an analysis after a share, the next one follows within seconds, and nobody has seen anything.',
    severity: 'warning',
    *run(view) {
      for (const { owned, app, canary, weights } of canaries(view)) {
        const steps = maps(canary['steps']);
        const hasty = weights.filter(
          ({ weight, step }, index) =>
            weight < 100 &&
            steps
              .slice(step + 1, weights[index + 1]?.step)
              .every((between) => between['pause'] === undefined && between['analysis'] === undefined),
        );
        const [first] = hasty;
        if (first === undefined) continue;
        yield {
          message: `the canary of ${app.name} does not stay at ${enumeration(hasty.map(({ weight }) => `${weight}%`))}`,
          hint: `put how long to stay behind each share, as in [${first.weight}%, 5m]`,
          at: view.at(owned, shareField(app, weights.indexOf(first)), `/spec/strategy/canary/steps/${first.step}`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'canary-promotion',
    title: 'a canary goes on by itself',
    why: 'Until somebody promotes, two versions run and Argo CD shows the app as Suspended; a release is easily forgotten there.',
    severity: 'info',
    *run(view) {
      for (const { owned, app, canary } of canaries(view)) {
        const index = maps(canary['steps']).findIndex(
          ({ pause }) => pause !== undefined && map(pause)['duration'] === undefined,
        );
        if (index === -1) continue;
        const written = app.release.canary?.steps.findIndex((step) => 'pause' in step) ?? -1;
        yield {
          message: `every release of ${app.name} waits until a person promotes it`,
          hint: `kubectl argo rollouts promote ${app.name} -n ${app.namespace}`,
          at: view.at(
            owned,
            written === -1 ? 'release.canary' : `release.canary.${written}`,
            `/spec/strategy/canary/steps/${index}`,
          ),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'analysis-needs-canary',
    title: 'an analysis belongs to a canary',
    why: 'A Deployment has nobody that would run the analysis: it is left out.',
    severity: 'error',
    *run({ cluster }) {
      for (const { name, release, provenance } of cluster.apps) {
        const written = provenance.written('release.analysis');
        if (written === undefined || release.canary !== undefined) continue;
        yield {
          message: `${name} has an analysis but no canary, so nothing runs it`,
          hint: 'add release.canary, such as [10%, 5m, 50%, 5m], or take the analysis out',
          at: provenance.atKey('release.analysis'),
          app: name,
        };
      }
    },
  },
  {
    id: 'analysis-provider',
    title: 'the Rollouts controller may read the metrics of an analysis',
    why: 'Without permission every measurement is an error, and the release is aborted.',
    severity: 'error',
    *run(view) {
      if (view.cluster.rolloutsCloudWatch) return;
      for (const owned of view.ofKind('AnalysisTemplate')) {
        const index = maps(dig(owned.object, 'spec', 'metrics')).findIndex(
          (metric) => dig(metric, 'provider', 'cloudWatch') !== undefined,
        );
        if (index === -1) continue;
        yield {
          message: `the analysis of ${text(owned.object.metadata.name) ?? ''} reads CloudWatch, but the Rollouts controller of ${view.cluster.name} has no permission to`,
          hint: 'set rollouts.cloudWatch: true in the cluster spec',
          at: view.at(owned, 'release.analysis.cloudWatch', `/spec/metrics/${index}`),
          ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'progress-deadline',
    title: 'a release has more time than one pod needs to become ready',
    why: 'A release that has made no progress for this long counts as failed, though its pods were only starting.',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        const deadline = number(dig(template.owned.object, 'spec', 'progressDeadlineSeconds'));
        if (deadline === undefined || template.purpose !== 'workload') continue;
        const slowest = Math.max(0, ...template.containers.map(({ spec }) => longestStart(map(spec['startupProbe']))));
        if (slowest < deadline) continue;
        yield {
          message: `a pod of ${app.name} may take ${slowest}s to start (its startup probe), but a release has failed after ${deadline}s without progress`,
          hint: `set release.progressDeadline to ${slowest + 60}s or more`,
          at: view.at(template.owned, 'release.progressDeadline', '/spec/progressDeadlineSeconds'),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'release-capacity',
    title: 'a release leaves pods at work',
    why: 'Where maxUnavailable reaches the minimum, a release may take all pods away before the first new one is ready.',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        const strategy = map(dig(template.owned.object, 'spec', 'strategy'));
        const { maxUnavailable } = map(strategy['canary'] ?? strategy['rollingUpdate']);
        const { min } = view.replicas(template.owned);
        // One pod alone is what single-pod is about; it may have to be replaced in place.
        if (maxUnavailable === undefined || min < 2 || podCount(maxUnavailable, min, 'down') < min) continue;
        yield {
          message: `maxUnavailable ${valueText(maxUnavailable)} of ${min} pods lets a release of ${app.name} take all of them away at once`,
          hint: 'keep maxUnavailable at 0 and let new pods come first (release.maxSurge)',
          at: view.at(template.owned, 'release.maxUnavailable', '/spec/strategy'),
          app: app.name,
        };
      }
    },
  },
];

/** Kubernetes takes 25% where nothing is said, so only a written zero is nothing. */
function isNothing(value: unknown): boolean {
  return value === 0 || value === '0' || value === '0%';
}

/** Seconds until a startup probe gives up; 0 without one. */
function longestStart(probe: JsonMap): number {
  if (Object.keys(probe).length === 0) return 0;
  const period = number(probe['periodSeconds']) ?? 10;
  return (number(probe['initialDelaySeconds']) ?? 0) + period * (number(probe['failureThreshold']) ?? 3);
}
