import { expect } from '@jest/globals';
import type { V1Deployment } from '@kubernetes/client-node';

import { apply, diff } from '../rig/apply.js';
import { autoscalerCannot, failedCreate, notEvicted, pending, podsRefused, refused } from './effect.js';
import type { Effect } from './effect.js';
import { NODE_EFFECTS } from './nodes.js';
import { ROLLOUT_EFFECTS } from './rollouts.js';
import { SERVICE_EFFECTS } from './services.js';

/** Check → how what it warns of is shown on a real control plane. */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  ...SERVICE_EFFECTS,
  ...NODE_EFFECTS,
  ...ROLLOUT_EFFECTS,

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
  'metrics-adapter': autoscalerCannot(/FailedGetPodsMetric/),
  'hpa-requests': async (scene) => {
    const { cluster, namespace } = scene;
    // The container of this case would not pass Pod Security either; that is another check's matter.
    await cluster.kubectl([
      'label',
      'namespace',
      namespace,
      'pod-security.kubernetes.io/enforce=privileged',
      '--overwrite',
    ]);
    await autoscalerCannot(/missing request for cpu in container extra/)(scene);
  },
  'hpa-replicas': async (scene) => {
    const { cluster, namespace } = scene;
    await apply(cluster, scene);
    await cluster.kubectl(['scale', 'deployment/shop', `--namespace=${namespace}`, '--replicas=4']);
    await apply(cluster, scene);
    const [deployment] = await cluster.get<V1Deployment>('deployment', 'shop', `--namespace=${namespace}`);
    expect(deployment?.spec?.replicas).toBe(3);
  },
  'quota-admits': async (scene) => {
    const { cluster, namespace } = scene;
    await apply(cluster, scene);
    // What the HPA would ask for at the peak, and the surge of a release on top.
    await cluster.kubectl(['scale', 'deployment/shop', `--namespace=${namespace}`, '--replicas=5']);
    await failedCreate(scene, /exceeded quota/);
  },
  'duplicate-object': async ({ cluster, objects }) => {
    await apply(cluster, { objects });
    // Whichever is applied last wins, so whoever compares live with Git finds a difference for ever.
    expect(await diff(cluster, { objects })).not.toBe('');
  },
};
