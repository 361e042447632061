import type { Owner } from '../../model/kube-object.js';
import type { ClusterView } from './cluster-view.js';
import { dig, map, maps, number, text, type JsonMap } from './json.js';
import { podTemplates, type PodTemplate } from './pods.js';

/** Pods that come with an upstream release and are not rendered here: what we say of them, and how many there are. */
export interface ReleasePods {
  readonly name: string;
  readonly template: PodTemplate;
  readonly replicas: number;
}

/**
 * Argo CD's workloads as the kustomization in bootstrap/ patches them: one patch of each kind for all, and one of each workload
 * with its requests. The patches are text of ours (charts/gitops/argocd-workloads.ts), of which three things matter here.
 */
export function argoCdPods(view: ClusterView): ReleasePods[] {
  const kustomization = view.ofKind('Kustomization').find(({ owner }) => owner.kind === 'bootstrap');
  if (kustomization === undefined) return [];
  const counts = new Map(maps(kustomization.object['replicas']).map(({ name, count }) => [text(name), number(count)]));
  const patches = maps(kustomization.object['patches']).map((entry) => ({
    kind: text(dig(entry, 'target', 'kind')) ?? '',
    name: text(dig(entry, 'target', 'name')),
    patch: text(entry['patch']) ?? '',
  }));
  return patches.flatMap(({ kind, name }): ReleasePods[] => {
    if (name === undefined) return [];
    const applied = patches.filter((other) => other.kind === kind && (other.name === undefined || other.name === name));
    const spec = podSpec(name, applied.map(({ patch }) => patch).join('\n'));
    return [
      {
        name,
        template: releaseTemplate(kustomization.owner, kind, name, 'argocd', spec),
        replicas: counts.get(name) ?? 1,
      },
    ];
  });
}

function podSpec(name: string, patches: string): JsonMap {
  const requests = /requests: \{cpu: ([^,\s]+), memory: ([^}\s]+)\}/.exec(patches);
  const priorityClassName = /priorityClassName: (\S+)/.exec(patches)?.[1];
  const node = /\{key: (\S+), operator: In, values: \[([^\]]+)\]\}/.exec(patches);
  const required = { key: node?.[1], operator: 'In', values: node?.[2]?.split(/,\s*/) };
  return {
    containers: [{ name, ...(requests && { resources: { requests: { cpu: requests[1], memory: requests[2] } } }) }],
    ...(priorityClassName !== undefined && { priorityClassName }),
    ...(node && {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [required] }] },
        },
      },
    }),
  };
}

function releaseTemplate(owner: Owner, kind: string, name: string, namespace: string, spec: JsonMap): PodTemplate {
  const object = { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { template: { spec } } };
  const [template] = podTemplates({ owner, object });
  if (template === undefined) throw new Error(`${kind} has no pod template`);
  return template;
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
    const template = releaseTemplate(application.owner, 'Deployment', name, 'kube-system', spec);
    return [{ name, template, replicas: number(values['replicaCount']) ?? 1 }];
  });
}
