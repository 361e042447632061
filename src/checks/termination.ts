import type { ResolvedApp } from '../model/resolved.js';
import type { Check } from './check.js';
import { allowedDisruptions, budgetsOf } from './view/budgets.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, list, map, number, text, type JsonMap } from './view/json.js';
import { serviceSelectorMatches } from './view/labels.js';
import { podsThatFit, roomOn } from './view/nodes.js';
import { podRequests, type PodTemplate } from './view/pods.js';
import { mayRunOn } from './view/scheduling.js';
import { counted } from './view/words.js';

/** Seconds between AWS' notice and the end of a Spot node. */
const spotNoticeSeconds = 120;
/** The longest grace period that the Node Termination Handler's README names; the rest of the notice is for finding out and draining. */
const longestGraceOnSpotSeconds = 90;
/** kubectl's drain, which the handler uses, asks again after this time where a PodDisruptionBudget refused (measured, rig.md B.6). */
const evictionRetrySeconds = 5;
/** Kubernetes' default where a pod says nothing. */
const defaultGraceSeconds = 30;

function graceSeconds(template: PodTemplate): number {
  return number(template.spec['terminationGracePeriodSeconds']) ?? defaultGraceSeconds;
}

/** Seconds that a container's preStop hook sleeps: the native action, or a command `sleep N`. */
function preStopSeconds(container: JsonMap): number {
  const preStop = map(dig(container, 'lifecycle', 'preStop'));
  const native = number(dig(preStop, 'sleep', 'seconds'));
  if (native !== undefined) return native;
  const command = list(dig(preStop, 'exec', 'command'))
    .map(String)
    .join(' ');
  return Number(/\bsleep (\d+)/.exec(command)?.[1] ?? 0);
}

function longestPreStop(template: PodTemplate): number {
  return Math.max(0, ...template.containers.map(({ spec }) => preStopSeconds(spec)));
}

interface Leaving {
  readonly app: ResolvedApp;
  readonly template: PodTemplate;
}

/** Pods of apps that leave and come: no cron jobs, no analyses. */
function* longRunning(view: ClusterView): Generator<Leaving> {
  for (const { app, template } of view.appTemplates()) if (template.purpose === 'workload') yield { app, template };
}

function mayRunOnSpot(view: ClusterView, template: PodTemplate): boolean {
  return view.groups.some((group) => group.spot && mayRunOn(template, group));
}

/** How pods end: in time, without a request lost, within a Spot notice. */
export const terminationChecks: readonly Check[] = [
  {
    id: 'grace-period',
    title: 'preStop sleep and work fit the grace period',
    why: 'The kubelet kills what still runs when the grace period is over, preStop included: requests in flight are cut.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of longRunning(view)) {
        if (view.isRaw(template.owned)) continue;
        const grace = graceSeconds(template);
        const preStop = longestPreStop(template);
        const { workSeconds } = app.termination;
        if (preStop + workSeconds <= grace) continue;
        yield {
          message: `${app.name} sleeps ${preStop}s before the signal and needs ${workSeconds}s after it, but is killed after ${grace}s`,
          hint: `set termination.gracePeriod to ${preStop + workSeconds}s or more, or shorten preStop or work`,
          at: view.at(template.owned, 'termination.gracePeriod', `${template.pointer}/terminationGracePeriodSeconds`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'spot-grace-period',
    title: 'pods that may run on Spot end within 90 seconds',
    why: 'A Spot node has two minutes; 90 s leave the rest for noticing, evicting and starting elsewhere (the Node Termination Handler’s README).',
    severity: 'error',
    *run(view) {
      for (const { app, template } of longRunning(view)) {
        const grace = graceSeconds(template);
        if (grace <= longestGraceOnSpotSeconds || !mayRunOnSpot(view, template)) continue;
        yield {
          message: `${view.nameOf(template.owned)} may run on Spot, but takes up to ${grace}s to end: a Spot node is gone ${spotNoticeSeconds}s after its notice`,
          hint: `set termination.gracePeriod to ${longestGraceOnSpotSeconds}s or less, or capacity: on-demand`,
          at: view.at(template.owned, 'termination.gracePeriod', `${template.pointer}/terminationGracePeriodSeconds`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'drain-time',
    title: 'a full Spot node drains within its two minutes of notice',
    why: 'The PodDisruptionBudget lets only so many pods go at once; those whose turn comes late die with the node, without a grace period.',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of longRunning(view)) {
        const drain = slowestDrain(view, app, template);
        if (drain === undefined || drain.seconds <= spotNoticeSeconds) continue;
        const { pods, replicas, atOnce, rounds, roundSeconds, grace, seconds, late } = drain;
        yield {
          message: `draining a Spot node full of ${app.name} takes ${seconds}s of the ${spotNoticeSeconds}s: ${pods} of ${replicas} pods, ${atOnce} at once, are ${counted(rounds, 'round')}; ${rounds - 1} × ${roundSeconds}s + ${grace}s grace; ${counted(late, 'pod')} would be killed`,
          hint: `let more go at once (disruption.maxUnavailable, ${Math.ceil(pods / drain.roundsInTime)} of ${replicas} would do), or shorten health.readyAfter or termination.gracePeriod; where a new node must boot first, its boot comes on top of every round`,
          at: view.at(template.owned, 'disruption.maxUnavailable'),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'pre-stop',
    title: 'pods behind a Service sleep before they stop',
    why: 'Load balancers and kube-proxy learn of a pod’s end some seconds late and go on sending to it.',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of longRunning(view)) {
        if (longestPreStop(template) > 0) continue;
        const served = view
          .inNamespace('Service', template.namespace)
          .find(({ object }) => serviceSelectorMatches(dig(object, 'spec', 'selector'), template.labels));
        if (served === undefined) continue;
        yield {
          message: `pods of ${view.nameOf(template.owned)} stop at once, while Service ${served.object.metadata.name} still sends to them`,
          hint: view.isRaw(template.owned)
            ? 'give its container lifecycle.preStop.sleep.seconds: 10'
            : 'set termination.preStop to 10s',
          at: view.at(template.owned, 'termination.preStop', `${template.pointer}/containers`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'deregistration-delay',
    title: 'the load balancer lets go of a pod while it still sleeps',
    why: 'A connection that the load balancer keeps open longer than the pod runs ends in a 502.',
    severity: 'warning',
    *run(view) {
      for (const ingress of view.ofKind('Ingress')) {
        const app = view.appOf(ingress);
        if (app === undefined) continue;
        const delay = deregistrationSeconds(ingress.object.metadata.annotations ?? {});
        const template = view
          .templatesIn(app.namespace)
          .find(({ owned, purpose }) => purpose === 'workload' && view.appOf(owned) === app && !view.isRaw(owned));
        if (template === undefined || delay === undefined) continue;
        const preStop = longestPreStop(template);
        if (delay <= preStop) continue;
        yield {
          message: `the load balancer keeps connections to a leaving pod of ${app.name} for ${delay}s, but the pod sleeps only ${preStop}s`,
          hint: `set ingress.deregistrationDelay to ${Math.max(0, preStop - 5)}s, or termination.preStop to ${delay + 5}s`,
          at: view.at(ingress, 'ingress.deregistrationDelay', '/metadata/annotations'),
          app: app.name,
        };
      }
    },
  },
];

/** AWS' default is 300 s; undefined for an Ingress of another controller. */
function deregistrationSeconds(annotations: Readonly<Record<string, string>>): number | undefined {
  if (!Object.keys(annotations).some((key) => key.startsWith('alb.ingress.kubernetes.io/'))) return undefined;
  const attributes = text(annotations['alb.ingress.kubernetes.io/target-group-attributes']) ?? '';
  const written = /deregistration_delay\.timeout_seconds=(\d+)/.exec(attributes)?.[1];
  return written === undefined ? 300 : Number(written);
}

interface Drain {
  /** Pods of the app on the node, and in all. */
  readonly pods: number;
  readonly replicas: number;
  readonly atOnce: number;
  readonly rounds: number;
  /** Rounds whose pods still end in time; at least 1. */
  readonly roundsInTime: number;
  readonly roundSeconds: number;
  readonly grace: number;
  readonly seconds: number;
  readonly late: number;
}

/**
 * The slowest drain of a Spot node that holds as many pods of the app as fit, over all replica counts of its range:
 * (pods on the node ÷ allowed at once − 1) × max(5 s, time to ready) + grace (measured on the Node Termination Handler,
 * rig.md B.6). Undefined where the app is never on Spot, or its budget lets nothing go (a check of its own).
 */
function slowestDrain(view: ClusterView, app: ResolvedApp, template: PodTemplate): Drain | undefined {
  const budgets = budgetsOf(view, template);
  if (budgets.length === 0) return undefined;
  const requests = podRequests(template);
  const fitting = view.groups
    .filter((group) => group.spot && mayRunOn(template, group))
    .flatMap((group) => group.knownTypes.map((type) => podsThatFit(roomOn(view, group, type), requests)));
  const mostOnNode = Math.max(0, ...fitting);
  const { min, max } = view.replicas(template.owned);
  const grace = graceSeconds(template);
  const roundSeconds = Math.max(evictionRetrySeconds, app.readyAfterSeconds);
  let slowest: Drain | undefined;
  // Above what a node holds, more replicas only make a share of them larger: the last count is the maximum itself.
  const last = Math.min(max, Math.max(min, mostOnNode));
  for (const replicas of [...Array.from({ length: last - min + 1 }, (_, index) => min + index), max]) {
    const pods = Math.min(replicas, mostOnNode);
    const atOnce = Math.min(...budgets.map((budget) => allowedDisruptions(budget, replicas)));
    if (pods === 0 || atOnce <= 0) continue;
    const rounds = Math.ceil(pods / atOnce);
    const seconds = (rounds - 1) * roundSeconds + grace;
    const roundsInTime = Math.max(1, Math.floor((spotNoticeSeconds - grace) / roundSeconds) + 1);
    const late = Math.max(0, pods - roundsInTime * atOnce);
    if (slowest === undefined || seconds > slowest.seconds)
      slowest = { pods, replicas, atOnce, rounds, roundsInTime, roundSeconds, grace, seconds, late };
  }
  return slowest;
}
