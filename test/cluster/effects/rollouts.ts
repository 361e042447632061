import { expect } from '@jest/globals';
import type { KubernetesObject, V1Service } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import { waitFor } from '../rig/wait.js';
import type { Effect, Scene } from './effect.js';

interface Rollout {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly { type: string; status: string }[] };
}

const POD_TEMPLATE_HASH = 'rollouts-pod-template-hash';

/** What the real Rollouts controller, under its rendered rights, makes of it. */
export const ROLLOUT_EFFECTS: Readonly<Record<string, Effect>> = {
  'rollout-valid': isInvalid,
  'analysis-valid': isInvalid,
  'rollout-rights': async (scene) => {
    const { cluster, namespace } = scene;
    await apply(cluster, scene);
    await waitFor('the first version to be there', async () => (await rollout(scene))?.status?.phase === 'Healthy');
    // The first version skips all steps; the next one comes to the experiment.
    const image =
      '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "example.com/shop:2.0.0"}]';
    await cluster.kubectl(['patch', 'rollout/shop', `--namespace=${namespace}`, '--type=json', `--patch=${image}`]);
    await waitFor('the controller to be refused an Experiment', () =>
      cluster.logOf('rollouts-controller').includes('cannot create resource \\"experiments\\"'),
    );
  },
  'rollout-service-apply': async (scene) => {
    const { cluster, namespace } = scene;
    // Where a release is analysed or routed, the controller points Services at one version each.
    const objects = scene.objects.map((object) =>
      isNamed(object, 'Rollout', 'shop') ? withStableService(object) : object,
    );
    await apply(cluster, { objects });
    const live = await waitFor('the Rollouts controller to point the Service at one version', async () => {
      const [service] = await cluster.get<V1Service>('service', 'shop', `--namespace=${namespace}`);
      return service?.spec?.selector?.[POD_TEMPLATE_HASH] !== undefined && service;
    });
    const rendered = objects.find((object) => isNamed(object, 'Service', 'shop'));
    const selectorAfter = async (...how: string[]) => {
      const args = ['apply', ...how, '--dry-run=server', '--output=json', '--filename=-'];
      const applied = JSON.parse(await cluster.kubectl(args, JSON.stringify(rendered))) as V1Service;
      return applied.spec?.selector;
    };
    // A selector is one value to the server, and what the file says of it is all; kubectl itself keeps the added key.
    expect(await selectorAfter()).toEqual(live.spec?.selector);
    expect(await selectorAfter('--server-side', '--force-conflicts')).not.toHaveProperty(POD_TEMPLATE_HASH);
  },
};

function withStableService(rollout: object): object {
  const { spec } = rollout as { spec: { strategy: { canary: object } } };
  const canary = { ...spec.strategy.canary, stableService: 'shop' };
  return { ...rollout, spec: { ...spec, strategy: { canary } } };
}

async function isInvalid(scene: Scene): Promise<void> {
  await apply(scene.cluster, scene);
  await waitFor('the Rollouts controller to call it InvalidSpec', async () =>
    (await rollout(scene))?.status?.conditions?.some(({ type, status }) => type === 'InvalidSpec' && status === 'True'),
  );
}

async function rollout({ cluster, namespace }: Scene): Promise<Rollout | undefined> {
  return (await cluster.get<Rollout & KubernetesObject>('rollouts', `--namespace=${namespace}`))[0];
}

function isNamed(object: object, kind: string, name: string): boolean {
  const { kind: ownKind, metadata } = object as { kind: string; metadata: { name: string } };
  return ownKind === kind && metadata.name === name;
}
