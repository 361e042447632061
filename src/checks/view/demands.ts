import { argoCdPods, loadBalancerControllerPods } from './argocd-pods.js';
import type { ClusterView } from './cluster-view.js';
import { map, maps, text } from './json.js';
import type { Demand } from './packing.js';
import type { PodTemplate } from './pods.js';

/** CoreDNS as EKS's addon runs it: two pods of 100m and 70Mi (eksctl 0.230.0 carries the same, pkg/addons/default/assets/coredns-*.json). */
const corednsRequests = { cpu: '100m', memory: '70Mi' } as const;

/** Pods that want room at the apps' minimum or maximum: of apps, of controllers and of CoreDNS; DaemonSets are on every node anyway. */
export function demands(view: ClusterView, extent: 'min' | 'max'): Demand[] {
  const rendered = view.templates.flatMap((template): Demand[] => {
    const { owned, purpose } = template;
    const name = view.appOf(owned)?.name ?? owned.object.metadata.name;
    if (purpose === 'workload') return [{ name, template, count: view.replicas(owned)[extent] }];
    // A cron job runs beside the rest for a while: it counts where everything does.
    return purpose === 'run' && extent === 'max' ? [{ name, template, count: 1 }] : [];
  });
  const releases = [...argoCdPods(view), ...loadBalancerControllerPods(view)];
  return [
    ...rendered,
    ...releases.map(({ name, template, replicas }) => ({ name, template, count: replicas })),
    { name: 'coredns', template: coredns(view), count: 2 },
  ];
}

function coredns(view: ClusterView): PodTemplate {
  const addon = maps(view.clusterConfig['addons']).find(({ name }) => name === 'coredns');
  const affinity = map(jsonOf(text(addon?.['configurationValues'])))['affinity'];
  const container = { name: 'coredns', resources: { requests: corednsRequests } };
  return {
    owned: {
      owner: { kind: 'bootstrap' },
      object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'coredns', namespace: 'kube-system' } },
    },
    purpose: 'workload',
    namespace: 'kube-system',
    labels: {},
    annotations: {},
    spec: {
      containers: [container],
      priorityClassName: 'system-cluster-critical',
      ...(affinity === undefined ? {} : { affinity }),
    },
    pointer: '',
    containers: [{ name: 'coredns', role: 'main', spec: container, pointer: '' }],
  };
}

/** What we render is JSON; a person's patch may have put YAML there, whose affinity is then not reckoned with. */
function jsonOf(values = '{}'): unknown {
  try {
    return JSON.parse(values);
  } catch {
    return undefined;
  }
}
