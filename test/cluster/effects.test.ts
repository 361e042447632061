import { describe, expect, test } from '@jest/globals';

import { checks } from '../../src/checks/registry.js';
import { runChecks } from '../../src/checks/run.js';
import { cases } from '../checks/cases/cases.js';
import { mark } from '../checks/cases/case.js';
import type { CheckCase } from '../checks/cases/case.js';
import { judgedCluster } from '../checks/judged-cluster.js';
import { NO_LIVE_EFFECT } from './effects/no-live-effect.js';
import { EFFECTS } from './effects/table.js';
import { apply } from './rig/apply.js';
import type { Cluster } from './rig/cluster.js';
import { useCluster } from './support/cluster.js';
import { nodesOfGroups } from './support/node-groups.js';
import { runMetricsServer, runRollouts } from './support/platform.js';

// For every check of severity error: what it warns of, seen once on the real control plane. The broken objects are those
// of the check's own case, so the check and its effect are proven on the same spec.

const cluster = useCluster({ name: 'effects', nodes: nodesOfGroups('prod', { base: 2, burst: 1 }) }, async (it) => {
  await Promise.all([runMetricsServer(it, 'prod'), runRollouts(it, 'prod')]);
  for (const id of SLOW) begun.set(id, silent(play(it, id)));
});

/** What waits for figures begins first and ends beside the others. */
const SLOW = ['hpa-requests', 'metrics-adapter', 'hpa-target'];
const begun = new Map<string, Promise<void>>();

const errors = checks.filter(({ severity }) => severity === 'error');

test('every check of severity error has its effect shown here, or a reason why none can be', () => {
  const covered = [...Object.keys(EFFECTS), ...Object.keys(NO_LIVE_EFFECT)];
  expect(covered.sort()).toEqual(errors.map(({ id }) => id).sort());
});

describe('what a check warns of happens', () => {
  test.each(errors.filter(({ id }) => id in EFFECTS))('$id: $title', async ({ id }) => {
    await (begun.get(id) ?? play(cluster(), id));
  });
});

/** Shows the effect on the objects of the check's case, in a namespace of its own. */
async function play(it: Cluster, id: string): Promise<void> {
  const broken = firingCase(id);
  const { rendered } = judgedCluster(textsOf(broken));
  const judged = broken.tamper === undefined ? rendered : broken.tamper(rendered);
  expect((await runChecks(judged)).map(({ code }) => code)).toContain(id);
  const namespace = `effect-${id}`;
  const of = (kind: 'app' | 'platform') =>
    into(
      namespace,
      judged.objects.filter(({ owner }) => owner.kind === kind).map(({ object }) => object),
    );
  const needed = judged.objects
    .map(({ object }) => object)
    .filter(
      ({ kind, metadata }) =>
        ['Namespace', 'ResourceQuota'].includes(kind) &&
        ['shop', 'web', 'tick'].includes(metadata.namespace ?? metadata.name),
    );
  await apply(it, {
    objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, ...into(namespace, needed)],
  });
  await EFFECTS[id]?.({ cluster: it, namespace, objects: of('app'), platform: of('platform') });
  // Room for the next ones.
  await it.kubectl(['delete', 'namespace', namespace, '--wait=false']);
}

/** An error is thrown to whoever awaits it, however much later. */
function silent(run: Promise<void>): Promise<void> {
  run.catch(() => undefined);
  return run;
}

/** Checks whose first case is not the one whose effect shows best. */
const WHEN: Readonly<Record<string, string>> = {
  'hpa-minimum': 'a patch lets an HPA begin at 0',
  'rollout-rights': 'a patch has an experiment',
};

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
  const text = JSON.stringify(objects).replaceAll(
    /"namespace":"(shop|web|tick|kube-system)"/g,
    `"namespace":"${namespace}"`,
  );
  return (JSON.parse(text) as { kind: string; metadata: { name: string } }[]).map((object) =>
    object.kind === 'Namespace' ? { ...object, metadata: { ...object.metadata, name: namespace } } : object,
  );
}
