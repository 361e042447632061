import type { LiveApplication } from './application.js';
import type { ExpectedApp, Expectation } from './expectation.js';
import type { MissingSecret } from './secrets.js';
import type { LiveWorkload } from './workload.js';

/** What was read of a cluster. */
export interface LiveCluster {
  readonly applications: ReadonlyMap<string, LiveApplication>;
  /** By app; absent where there is none yet. */
  readonly workloads: ReadonlyMap<string, LiveWorkload>;
  /** Image of the version that still serves, by app, where another is on its way or was given up. */
  readonly stableImages: ReadonlyMap<string, string>;
  /** What keeps pods from running, and autoscalers from scaling, by app. */
  readonly objectProblems: ReadonlyMap<string, readonly string[]>;
  readonly missingSecrets: readonly MissingSecret[];
  /** What could not be read, and why. */
  readonly unread: readonly string[];
}

/**
 * good: all as it should be. moving: on its way by itself. waiting: for a person (a canary that is paused until promoted). failed: it
 * will not get better by itself, as far as one can see now.
 */
export type State = 'good' | 'moving' | 'waiting' | 'failed';

export interface AppStatus {
  readonly name: string;
  readonly namespace: string;
  readonly state: State;
  readonly sync: string;
  readonly health: string;
  readonly revision?: string;
  readonly workload?: LiveWorkload;
  readonly images: {
    /** What the specs say. */
    readonly rendered?: string;
    /** Of the workload's pod template. */
    readonly live?: string;
    /** What still serves, where that is another. */
    readonly stable?: string;
  };
  /** What is wrong, in the words of whoever says so. */
  readonly problems: readonly string[];
}

export interface ApplicationStatus {
  readonly name: string;
  readonly state: State;
  readonly sync: string;
  readonly health: string;
  readonly problems: readonly string[];
}

export interface ClusterStatus {
  readonly cluster: string;
  readonly state: State;
  readonly apps: readonly AppStatus[];
  /** Apps that live on the cluster and in none of the specs. */
  readonly unknownApps: readonly string[];
  readonly platform: readonly ApplicationStatus[];
  readonly missingSecrets: readonly MissingSecret[];
  readonly unread: readonly string[];
}

/** What is live beside what should be. */
export function clusterStatus(expectation: Expectation, live: LiveCluster): ClusterStatus {
  const apps = expectation.apps.map((app) => appStatus(app, live));
  const platform = expectation.platform.map((name) => applicationStatus(name, live.applications.get(name)));
  const known = new Set([...expectation.platform, ...expectation.apps.map(({ name }) => name)]);
  const unknownApps = [...live.applications.values()]
    .filter(({ name, project }) => !known.has(name) && project.startsWith('apps-'))
    .map(({ name }) => name);
  const states = [...apps, ...platform].map(({ state }) => state);
  return {
    cluster: expectation.cluster,
    state: live.missingSecrets.length > 0 ? 'failed' : worst(states),
    apps,
    unknownApps,
    platform,
    missingSecrets: live.missingSecrets,
    unread: live.unread,
  };
}

/** One app of the specs, and what is live of it. */
export function appStatus(app: ExpectedApp, live: LiveCluster): AppStatus {
  const application = live.applications.get(app.name);
  const workload = live.workloads.get(app.name);
  const stable = live.stableImages.get(app.name);
  const base = applicationStatus(app.name, application);
  const secrets = live.missingSecrets.filter(({ apps }) => apps.includes(app.name));
  const problems = [
    ...base.problems,
    ...secrets.map(({ name, missingKeys }) => `Secret ${name} is missing (${missingKeys.join(', ')})`),
    ...(workload?.phase === 'failed' ? [workload.message ?? `the ${workload.kind} has failed`] : []),
    ...(live.objectProblems.get(app.name) ?? []),
  ];
  const explained = problems.length > base.problems.length;
  return {
    name: app.name,
    namespace: app.namespace,
    state: appState(application, workload, secrets.length > 0),
    sync: base.sync,
    health: base.health,
    ...(application?.revision !== undefined && { revision: application.revision }),
    ...(workload && { workload }),
    images: {
      ...(app.image !== undefined && { rendered: app.image }),
      ...(workload?.image !== undefined && { live: workload.image }),
      ...(stable !== undefined && stable !== workload?.image && { stable }),
    },
    problems: explained ? problems.filter((problem) => problem !== unexplained) : problems,
  };
}

function appState(
  application: LiveApplication | undefined,
  workload: LiveWorkload | undefined,
  lacksSecret: boolean,
): State {
  const stuck = application !== undefined && application.errors.length > 0;
  if (stuck || workload?.phase === 'failed' || lacksSecret) return 'failed';
  if (workload?.phase === 'paused' && workload.canary?.pause !== 'timed') return 'waiting';
  // During a release the HPA has no metrics of new pods for a while, and the Application is Degraded.
  if (application === undefined || workload?.phase !== 'released') return 'moving';
  return applicationState(application);
}

const unexplained = 'Degraded: an object of it is';

/** In the place of a sync status, where there is no Application. */
export const notThereYet = '–';

const notThere = 'there is no such Application yet: not merged, or Argo CD has not come to it';

/** An Application by its own word. */
export function applicationStatus(name: string, application: LiveApplication | undefined): ApplicationStatus {
  if (application === undefined)
    return { name, state: 'moving', sync: notThereYet, health: 'Missing', problems: [notThere] };
  const { sync, health, errors } = application;
  const problems = errors.length > 0 ? errors : health === 'Degraded' ? [unexplained] : [];
  return { name, state: applicationState(application), sync, health, problems };
}

function applicationState({ sync, health, errors }: LiveApplication): State {
  if (errors.length > 0 || health === 'Degraded') return 'failed';
  // Healthy with sync Unknown is one that cannot be rendered, or was not compared yet.
  return sync === 'Synced' && health === 'Healthy' ? 'good' : 'moving';
}

const order: readonly State[] = ['good', 'moving', 'waiting', 'failed'];

/** The worst of several states; good where there are none. */
export function worst(states: readonly State[]): State {
  return states.reduce<State>((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'good');
}
