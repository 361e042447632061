import { platformRootApplication } from '../model/application-names.js';
import { readApplication } from './application.js';
import { readCronJob, readDeployment } from './deployment.js';
import type { ExpectedApp, Expectation } from './expectation.js';
import { textAt } from './json.js';
import type { LiveObject } from './json.js';
import type { Answer, Kubectl } from './kubectl.js';
import { imageOf } from './pod-template.js';
import { problemsOfPods } from './pods.js';
import { autoscalerProblems } from './autoscaler.js';
import { podHashLabel, readRollout } from './rollout.js';
import { missingSecrets } from './secrets.js';
import type { LiveCluster } from './status.js';
import type { LiveWorkload } from './workload.js';

const argoCdNamespace = 'argocd';

const kinds = {
  Rollout: { resource: 'rollouts.argoproj.io', read: readRollout },
  Deployment: { resource: 'deployments.apps', read: readDeployment },
  CronJob: { resource: 'cronjobs.batch', read: readCronJob },
} as const satisfies Record<LiveWorkload['kind'], unknown>;

export interface ReadOptions {
  /** Whether to look for missing Secrets: who waits for one app's release need not be allowed to. */
  readonly secrets: boolean;
}

/**
 * Reads what is live of the expected apps. Fails where Argo CD's Applications cannot be read, or are another cluster's; of anything else
 * that cannot be read it says so.
 */
export async function readCluster(
  kubectl: Kubectl,
  expectation: Expectation,
  options: ReadOptions,
): Promise<Answer<LiveCluster>> {
  const { apps } = expectation;
  const [applications, workloads, secrets] = await Promise.all([
    readApplications(kubectl, expectation),
    Promise.all(workloadQueries(apps).map((query) => readWorkloads(kubectl, query))),
    options.secrets
      ? missingSecrets(
          kubectl,
          apps.flatMap((app) => app.secrets).filter((secret, i, all) => all.indexOf(secret) === i),
        )
      : undefined,
  ]);
  if (!applications.ok) return applications;
  const found = new Map(workloads.flatMap((answer) => (answer.ok ? answer.value : [])));
  const degraded = new Set(applications.value.filter(({ health }) => health === 'Degraded').map(({ name }) => name));
  const [stableImages, pods, autoscalers] = await Promise.all([
    readStableImages(kubectl, found),
    readPodProblems(kubectl, apps, found),
    readAutoscalerProblems(
      kubectl,
      apps.filter(({ name }) => degraded.has(name) && found.get(name)?.phase !== 'failed'),
    ),
  ]);
  return {
    ok: true,
    value: {
      applications: new Map(applications.value.map((application) => [application.name, application])),
      workloads: found,
      stableImages,
      objectProblems: new Map([...autoscalers, ...pods]),
      missingSecrets: secrets?.ok === true ? secrets.value : [],
      unread: [...workloads, ...(secrets ? [secrets] : [])].flatMap((answer) => (answer.ok ? [] : [answer.error])),
    },
  };
}

async function readApplications(kubectl: Kubectl, { cluster, rootPath, apps, platform }: Expectation) {
  // Of one app, no more is asked for than its own and the root, by name.
  const names = platform.length === 0 ? [...apps.map(({ name }) => name), platformRootApplication] : [];
  const answer = await kubectl.objects('applications.argoproj.io', ...names, `--namespace=${argoCdNamespace}`);
  if (!answer.ok) return answer;
  const applications = answer.value.map(readApplication);
  const other = applications.find(({ name, source }) => name === platformRootApplication && source.path !== rootPath);
  if (other !== undefined) return wrongCluster(cluster, rootPath, other.source.path ?? '');
  if (applications.length === 0) return noArgoCd(cluster);
  return { ok: true, value: applications } as const;
}

function wrongCluster(cluster: string, wanted: string, found: string): Answer<never> {
  return {
    ok: false,
    error: `this is not cluster ${cluster}: its root reads ${found}, not ${wanted}; name the right one with --context`,
  };
}

function noArgoCd(cluster: string): Answer<never> {
  return {
    ok: false,
    error: `no Argo CD Application is there: another cluster (--context), or \`spillway bootstrap ${cluster}\` has not been run`,
  };
}

interface WorkloadQuery {
  readonly kind: LiveWorkload['kind'];
  readonly apps: readonly ExpectedApp[];
  readonly args: readonly string[];
}

/** One question for each kind that the apps have; for a single app of it, no more than a Role in its namespace allows. */
function workloadQueries(apps: readonly ExpectedApp[]): WorkloadQuery[] {
  return (['Rollout', 'Deployment', 'CronJob'] as const).flatMap((kind) => {
    const ofKind = apps.filter(({ workload }) => workload === kind);
    const [only] = ofKind;
    if (only === undefined) return [];
    const args = ofKind.length === 1 ? [only.name, `--namespace=${only.namespace}`] : ['--all-namespaces'];
    return [{ kind, apps: ofKind, args }];
  });
}

async function readWorkloads(
  kubectl: Kubectl,
  { kind, apps, args }: WorkloadQuery,
): Promise<Answer<readonly (readonly [string, LiveWorkload])[]>> {
  const { resource, read } = kinds[kind];
  const answer = await kubectl.objects(resource, ...args);
  if (!answer.ok) return answer;
  const byName = new Map(answer.value.map((object) => [nameOf(object), object]));
  return {
    ok: true,
    value: apps.flatMap(({ namespace, name }) => {
      const object = byName.get(`${namespace}/${name}`);
      return object === undefined ? [] : [[name, read(object, name)] as const];
    }),
  };
}

function nameOf(object: LiveObject): string {
  return `${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`;
}

/** A Rollout knows the version that still serves by a hash alone: its ReplicaSet has the image. */
async function readStableImages(
  kubectl: Kubectl,
  workloads: ReadonlyMap<string, LiveWorkload>,
): Promise<Map<string, string>> {
  const between = [...workloads].flatMap(([app, { namespace, stableHash }]) =>
    stableHash === undefined ? [] : [{ app, namespace, stableHash }],
  );
  const images = await Promise.all(
    between.map(async ({ app, namespace, stableHash }) => {
      const selector = `--selector=${podHashLabel}=${stableHash}`;
      const answer = await kubectl.objects('replicasets.apps', `--namespace=${namespace}`, selector);
      const image = answer.ok ? imageOf(answer.value[0], app) : undefined;
      return image === undefined ? [] : [[app, image] as const];
    }),
  );
  return new Map(images.flat());
}

/** Only of workloads that are not there yet: pods are many. */
async function readPodProblems(
  kubectl: Kubectl,
  apps: readonly ExpectedApp[],
  workloads: ReadonlyMap<string, LiveWorkload>,
): Promise<Map<string, readonly string[]>> {
  const sick = apps.filter(({ name }) => {
    const workload = workloads.get(name);
    if (workload?.pods === undefined) return false;
    return workload.phase === 'progressing' || workload.pods.available < workload.pods.wanted;
  });
  const problems = await Promise.all(
    sick.map(async ({ name, namespace, selector }) => {
      const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
      const answer = await kubectl.objects('pods', `--namespace=${namespace}`, `--selector=${labels.join(',')}`);
      return [name, answer.ok ? problemsOfPods(answer.value) : []] as const;
    }),
  );
  return new Map(problems.filter(([, found]) => found.length > 0));
}

/** Of an app that is Degraded though its workload has not failed: mostly the HPA has no metrics of new pods yet, and says so. */
async function readAutoscalerProblems(
  kubectl: Kubectl,
  apps: readonly ExpectedApp[],
): Promise<Map<string, readonly string[]>> {
  const problems = await Promise.all(
    apps.map(async ({ name, namespace }) => {
      const answer = await kubectl.objects('horizontalpodautoscalers.autoscaling', name, `--namespace=${namespace}`);
      return [name, answer.ok ? answer.value.flatMap(autoscalerProblems) : []] as const;
    }),
  );
  return new Map(problems.filter(([, found]) => found.length > 0));
}
