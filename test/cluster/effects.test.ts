import { describe, expect, test } from '@jest/globals';
import type { CoreV1Event, V1Deployment, V1Pod, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';

import { checks } from '../../src/checks/registry.js';
import { runChecks } from '../../src/checks/run.js';
import { cases } from '../checks/cases/cases.js';
import { mark } from '../checks/cases/case.js';
import type { CheckCase } from '../checks/cases/case.js';
import { judgedCluster } from '../checks/judged-cluster.js';
import { apply } from './rig/apply.js';
import { waitFor } from './rig/wait.js';
import { useCluster } from './support/cluster.js';
import { NO_LIVE_EFFECT } from './support/no-live-effect.js';
import { nodesOfGroups } from './support/node-groups.js';
import { runMetricsServer, runRollouts } from './support/platform.js';

// For every check of severity error: what it warns of, seen once on the real control plane. The broken objects are those
// of the check's own first case, so the check and its effect are proven on the same spec.

const cluster = useCluster({ name: 'effects', nodes: nodesOfGroups('prod', { base: 2, burst: 1 }) }, async (it) => {
  await Promise.all([runMetricsServer(it, 'prod'), runRollouts(it, 'prod')]);
});

interface Scene {
  readonly namespace: string;
  readonly objects: readonly object[];
}

type Effect = (scene: Scene) => Promise<void>;

/** The API server refuses an object, saying so. */
function refused(text: RegExp): Effect {
  return async ({ objects }) => {
    await expect(apply(cluster(), { objects })).rejects.toThrow(text);
  };
}

/** The workload is accepted and its pods are refused; only an event says so. */
function podsRefused(text: RegExp): Effect {
  return async (scene) => {
    await apply(cluster(), scene);
    await failedCreate(scene.namespace, text);
  };
}

async function failedCreate(namespace: string, text: RegExp): Promise<void> {
  await waitFor(`a FailedCreate event that matches ${String(text)}`, async () => {
    const events = await cluster().get<CoreV1Event>('events', `--namespace=${namespace}`);
    return events.some(({ reason, message = '' }) => reason === 'FailedCreate' && text.test(message));
  });
}

/** The pods are there and no node takes them. */
function pending(text: RegExp): Effect {
  return async (scene) => {
    await apply(cluster(), scene);
    await waitFor(`a pending pod whose reason matches ${String(text)}`, async () => {
      const pods = await cluster().get<V1Pod>('pods', `--namespace=${scene.namespace}`);
      return pods.some((pod) =>
        pod.status?.conditions?.some((it) => it.reason === 'Unschedulable' && text.test(it.message ?? '')),
      );
    });
  };
}

/** The eviction API lets no pod go. */
function notEvicted(text: RegExp): Effect {
  return async (scene) => {
    await apply(cluster(), scene);
    const pod = await waitFor('a running pod', async () => {
      const pods = await cluster().get<V1Pod>('pods', `--namespace=${scene.namespace}`);
      return pods.find(({ status }) => status?.phase === 'Running')?.metadata?.name;
    });
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: scene.namespace } };
    const path = `/api/v1/namespaces/${scene.namespace}/pods/${pod}/eviction`;
    // The budget's controller has to see the pods first; until then the answer is another one.
    await waitFor(`an eviction to be refused with ${String(text)}`, async () => {
      const { status, stderr } = await cluster().tryKubectl(
        ['create', '--raw', path, '--filename=-'],
        JSON.stringify(eviction),
      );
      return status !== 0 && text.test(stderr);
    });
  };
}

/** The autoscaler says that it cannot. */
function autoscalerCannot(reason: RegExp): Effect {
  return async (scene) => {
    await apply(cluster(), scene);
    await waitFor(
      `an HPA condition that matches ${String(reason)}`,
      async () => {
        const autoscalers = await cluster().get<V2HorizontalPodAutoscaler>('hpa', `--namespace=${scene.namespace}`);
        const conditions = autoscalers.flatMap((it) => it.status?.conditions ?? []);
        return conditions.some((it) => it.status === 'False' && reason.test(`${it.reason ?? ''}: ${it.message ?? ''}`));
      },
      { timeoutMs: 90_000 },
    );
  };
}

const effects: Readonly<Record<string, Effect>> = {
  'release-can-move': refused(/may not be 0 when `maxSurge` is 0/),
  'service-port-unique': refused(/Duplicate value/),
  'volume-exists': refused(/Not found: "scrach"/),
  'workload-selector': refused(/`selector` does not match template `labels`/),
  'namespace-exists': refused(/namespaces? "?[-a-z]+"? not found/),
  'api-version': refused(/no matches for kind/),
  'object-schema': refused(/unknown field/),
  'hpa-minimum': refused(/minReplicas.*must be greater than or equal to 1/),
  'limit-below-request': refused(/must be less than or equal to memory limit/),
  'container-name-unique': refused(/Duplicate value/),
  'volume-name-unique': refused(/Duplicate value/),
  'mount-path-unique': refused(/must be unique/),
  'probe-valid': refused(/livenessProbe.*must be 1/s),
  'time-zone': refused(/unknown time zone/),
  'service-account-exists': podsRefused(/serviceaccount "shopp" not found/),
  'pod-security': podsRefused(/violates PodSecurity "restricted/),
  'pod-fits': pending(/Insufficient cpu/),
  'node-for-pods': pending(/didn't match Pod's node affinity\/selector/),
  'claim-exists': pending(/persistentvolumeclaim ".*" not found/),
  'disruption-budget': notEvicted(/would violate the pod's disruption budget/),
  'one-disruption-budget': notEvicted(/more than one PodDisruptionBudget/),
  'hpa-target': autoscalerCannot(/FailedGetScale/),
  'hpa-requests': async (scene) => {
    // The container of this case would not pass Pod Security either; that is another check's matter.
    await cluster().kubectl([
      'label',
      'namespace',
      scene.namespace,
      'pod-security.kubernetes.io/enforce=privileged',
      '--overwrite',
    ]);
    await autoscalerCannot(/missing request for cpu in container extra/)(scene);
  },
  'metrics-adapter': autoscalerCannot(/FailedGetPodsMetric/),

  'rollout-valid': async (scene) => {
    await apply(cluster(), scene);
    await waitFor('the Rollouts controller to call it InvalidSpec', async () => {
      const path = '{.items[*].status.conditions[?(@.type=="InvalidSpec")].status}';
      return (
        (await cluster().kubectl([
          'get',
          'rollouts',
          `--namespace=${scene.namespace}`,
          `--output=jsonpath=${path}`,
        ])) === 'True'
      );
    });
  },
  'container-port-unique': async (scene) => {
    expect(await apply(cluster(), scene)).toEqual([expect.stringMatching(/duplicate port/)]);
  },
  'hpa-replicas': async (scene) => {
    await apply(cluster(), scene);
    await cluster().kubectl(['scale', 'deployment/shop', `--namespace=${scene.namespace}`, '--replicas=4']);
    await apply(cluster(), scene);
    const [deployment] = await cluster().get<V1Deployment>('deployment', 'shop', `--namespace=${scene.namespace}`);
    expect(deployment?.spec?.replicas).toBe(3);
  },
  'quota-admits': async (scene) => {
    await apply(cluster(), scene);
    // What the HPA would ask for at the peak, and the surge of a release on top.
    await cluster().kubectl(['scale', 'deployment/shop', `--namespace=${scene.namespace}`, '--replicas=5']);
    await failedCreate(scene.namespace, /exceeded quota/);
  },
  'selector-matches': async (scene) => {
    await apply(cluster(), scene);
    await waitFor('the pods to run', async () =>
      (await cluster().get<V1Pod>('pods', `--namespace=${scene.namespace}`)).some(
        ({ status }) => status?.phase === 'Running',
      ),
    );
    expect(await endpoints(scene.namespace)).toBe('');
  },
  'service-target-port': async (scene) => {
    await apply(cluster(), scene);
    await waitFor('the Service to have pods, and no port to reach them at', async () => {
      const query = (path: string) =>
        cluster().kubectl(['get', 'endpointslices', `--namespace=${scene.namespace}`, `--output=jsonpath=${path}`]);
      return (
        (await query('{.items[*].endpoints[*].addresses[*]}')) !== '' &&
        (await query('{.items[*].ports[*].port}')) === ''
      );
    });
  },
  'selector-overlap': async (scene) => {
    await apply(cluster(), scene);
    await waitFor('one Service to send to the pods of two apps', async () => {
      const targets = await cluster().kubectl([
        'get',
        'endpointslices',
        `--namespace=${scene.namespace}`,
        '--output=jsonpath={range .items[*]}{.metadata.labels.kubernetes\\.io/service-name}{"="}{.endpoints[*].targetRef.name}{"\\n"}{end}',
      ]);
      return targets.split('\n').some(
        (line) =>
          new Set(
            line
              .split('=')[1]
              ?.split(' ')
              .map((pod) => pod.split('-')[0]),
          ).size > 1,
      );
    });
  },
  'minimum-exceeds': async (scene) => {
    // The group of this case has two nodes of 1,930m, and the cluster no other.
    await cluster().kubectl(['cordon', 'burst-1', 'base-2']);
    try {
      await pending(/Insufficient cpu/)(scene);
    } finally {
      await cluster().kubectl(['uncordon', 'burst-1', 'base-2']);
    }
  },
  'spot-taint': async (scene) => {
    await cluster().kubectl(['cordon', 'base-1', 'base-2']);
    await cluster().kubectl(['taint', 'node', 'burst-1', 'node-lifecycle=spot:NoSchedule']);
    try {
      await pending(/untolerated taint/)({ ...scene, objects: [podThatOverflows(scene.namespace)] });
    } finally {
      await cluster().kubectl(['taint', 'node', 'burst-1', 'node-lifecycle=spot:NoSchedule-']);
      await cluster().kubectl(['uncordon', 'base-1', 'base-2']);
    }
  },
};

const errors = checks.filter(({ severity }) => severity === 'error');

test('every check of severity error has its effect shown here, or a reason why none can be', () => {
  const covered = [...Object.keys(effects), ...Object.keys(NO_LIVE_EFFECT)];
  expect(covered.sort()).toEqual(errors.map(({ id }) => id).sort());
});

describe('what a check warns of happens', () => {
  test.each(errors.filter(({ id }) => id in effects))('$id: $title', async ({ id }) => {
    const broken = firingCase(id);
    const { rendered } = judgedCluster(textsOf(broken));
    const judged = broken.tamper === undefined ? rendered : broken.tamper(rendered);
    expect((await runChecks(judged)).map(({ code }) => code)).toContain(id);
    const namespace = `effect-${id}`;
    const objects = judged.objects.filter(({ owner }) => owner.kind === 'app').map(({ object }) => object);
    const needed = judged.objects
      .map(({ object }) => object)
      .filter(
        ({ kind, metadata }) =>
          ['Namespace', 'ResourceQuota'].includes(kind) &&
          ['shop', 'web', 'tick'].includes(metadata.namespace ?? metadata.name),
      );
    await apply(cluster(), { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }] });
    if (needed.length > 0) await apply(cluster(), { objects: into(namespace, needed) });
    await effects[id]?.({ namespace, objects: into(namespace, objects) });
  });
});

/** Checks whose first case renders nothing that could misbehave: which one does. */
const WHEN: Readonly<Record<string, string>> = { 'hpa-minimum': 'a patch lets an HPA begin at 0' };

function firingCase(id: string): CheckCase {
  const found = cases.find(
    (one) =>
      one.check === id &&
      (WHEN[id] ?? one.when) === one.when &&
      JSON.stringify([one.cluster, one.apps, one.manifests]).includes(mark),
  );
  if (found === undefined) throw new Error(`no case of ${id} fires`);
  return found;
}

function textsOf({ cluster: text, apps = {}, manifests = {} }: CheckCase): Parameters<typeof judgedCluster>[0] {
  const plain = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, it]) => [name, it.replaceAll(mark, '')]));
  return {
    ...(text === undefined ? {} : { clusters: plain({ prod: text }) }),
    apps: plain(apps),
    manifests: plain(manifests),
  };
}

/** The objects in a namespace of their own, so that no case meets another's. */
function into(namespace: string, objects: readonly object[]): object[] {
  const text = JSON.stringify(objects).replaceAll(/"namespace":"(shop|web|tick)"/g, `"namespace":"${namespace}"`);
  return (JSON.parse(text) as { kind: string; metadata: { name: string } }[]).map((object) =>
    object.kind === 'Namespace' ? { ...object, metadata: { ...object.metadata, name: namespace } } : object,
  );
}

function endpoints(namespace: string): Promise<string> {
  return cluster().kubectl([
    'get',
    'endpointslices',
    `--namespace=${namespace}`,
    '--output=jsonpath={.items[*].endpoints[*].addresses[*]}',
  ]);
}

function podThatOverflows(namespace: string): object {
  const container = { name: 'app', image: 'example.com/app:1.0.0', resources: { requests: { cpu: '100m' } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'overflow', namespace },
    spec: { containers: [container] },
  };
}
