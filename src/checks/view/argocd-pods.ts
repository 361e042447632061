import type { KubeObject } from '../../model/kube-object.js';
import type { ClusterView } from './cluster-view.js';
import { dig, map, maps, number, text } from './json.js';
import { podTemplates, type PodTemplate } from './pods.js';

/** Pods that come with an upstream release and are not rendered here: what we say of them, and how many there are. */
export interface ReleasePods {
  readonly name: string;
  readonly template: PodTemplate;
  readonly replicas: number;
}

/** Argo CD's workloads as the kustomization in bootstrap/ patches them. */
export function argoCdPods(view: ClusterView): ReleasePods[] {
  const kustomization = view.ofKind('Kustomization').find(({ owner }) => owner.kind === 'bootstrap');
  if (kustomization === undefined) return [];
  const counts = new Map(maps(kustomization.object['replicas']).map(({ name, count }) => [text(name), number(count)]));
  return maps(kustomization.object['patches']).flatMap(({ patch }): ReleasePods[] => {
    const object = patchedObject(text(patch));
    if (object === undefined) return [];
    const [template] = podTemplates({
      owner: { kind: 'bootstrap' },
      object: { ...object, metadata: { ...object.metadata, namespace: 'argocd' } },
    });
    const { name } = object.metadata;
    return template === undefined ? [] : [{ name, template, replicas: counts.get(name) ?? 1 }];
  });
}

/** A strategic merge patch of ours is written as JSON, which is YAML too. */
function patchedObject(patch: string | undefined): KubeObject | undefined {
  try {
    const object: unknown = JSON.parse(patch ?? '');
    return typeof dig(object, 'metadata', 'name') === 'string' ? (object as KubeObject) : undefined;
  } catch {
    return undefined;
  }
}

/** The AWS Load Balancer Controller as the values of its chart size it. */
export function loadBalancerControllerPods(view: ClusterView): ReleasePods[] {
  const name = 'aws-load-balancer-controller';
  return view.ofKind('Application').flatMap((application): ReleasePods[] => {
    if (dig(application.object, 'spec', 'source', 'chart') !== name) return [];
    const values = map(dig(application.object, 'spec', 'source', 'helm', 'valuesObject'));
    const spec = {
      containers: [{ name, resources: values['resources'] }],
      affinity: values['affinity'],
      priorityClassName: values['priorityClassName'],
    };
    const [template] = podTemplates({
      owner: application.owner,
      object: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: 'kube-system' },
        spec: { template: { spec } },
      },
    });
    return template === undefined ? [] : [{ name, template, replicas: number(values['replicaCount']) ?? 1 }];
  });
}
