import type { Check } from './check.js';
import { dig, map, maps, number, text } from './view/json.js';
import { containerRequests } from './view/pods.js';
import { didYouMean, enumeration } from './view/words.js';

/** Alpha in 1.33 and 1.34, on by default from 1.35 on (KEP-4951, HPAConfigurableTolerance). */
const toleranceSince = 35;

/** Autoscalers and what they scale. */
export const scalingChecks: readonly Check[] = [
  {
    id: 'hpa-target',
    title: 'an autoscaler scales a workload that is there, and is the only one that does',
    why: 'Without its target an HPA does nothing; two on one target undo each other’s work every 15 seconds.',
    severity: 'error',
    *run(view) {
      const scaled = new Map<string, string>();
      for (const hpa of view.ofKind('HorizontalPodAutoscaler')) {
        const { name, namespace } = hpa.object.metadata;
        const target = map(dig(hpa.object, 'spec', 'scaleTargetRef'));
        const [kind, targetName] = [text(target['kind']) ?? '', text(target['name']) ?? ''];
        const app = hpa.owner.kind === 'app' ? { app: hpa.owner.app } : {};
        const workload = view.find(kind, namespace, targetName);
        if (workload === undefined) {
          const scalable = ['Rollout', 'Deployment', 'StatefulSet'].flatMap((candidate) => view.ofKind(candidate));
          const there = scalable
            .filter(({ object }) => object.metadata.namespace === namespace)
            .map(({ object }) => `${object.kind} ${object.metadata.name}`);
          yield {
            message: `HPA ${name} scales ${kind} ${targetName}, which is not in namespace ${namespace ?? ''}`,
            hint: didYouMean(
              `${kind} ${targetName}`,
              there,
              `there ${there.length === 1 ? 'is' : 'are'} ${enumeration(there) || 'none'}`,
            ),
            at: view.at(hpa, 'scale', '/spec/scaleTargetRef'),
            ...app,
          };
          continue;
        }
        const key = JSON.stringify([namespace, kind, targetName]);
        const other = scaled.get(key);
        scaled.set(key, name);
        if (other === undefined) continue;
        yield {
          message: `HPAs ${other} and ${name} both scale ${kind} ${targetName}`,
          hint: 'put all metrics into one HPA: the one that asks for most pods wins',
          at: view.at(hpa, 'scale', '/spec/scaleTargetRef'),
          ...app,
        };
      }
    },
  },
  {
    id: 'hpa-replicas',
    title: 'what an autoscaler scales states no replicas of its own',
    why: 'Each sync would set the number back; taken out later, the field drops the app to one pod until the autoscaler has noticed.',
    severity: 'error',
    *run(view) {
      for (const kind of ['Rollout', 'Deployment', 'StatefulSet']) {
        for (const workload of view.ofKind(kind)) {
          const replicas = number(dig(workload.object, 'spec', 'replicas'));
          if (replicas === undefined || view.scalerOf(workload) === undefined) continue;
          yield {
            message: `${view.nameOf(workload)} states replicas: ${replicas} beside its HPA, so every sync sets it back to ${replicas}`,
            hint: 'take replicas out; if it is live already, first remove it from the last-applied annotation (kubectl apply edit-last-applied), or the app drops to one pod',
            at: view.at(workload, 'scale', '/spec/replicas'),
            ...(workload.owner.kind === 'app' ? { app: workload.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'hpa-requests',
    title: 'an autoscaler has the requests that it divides by',
    why: 'A utilisation is a share of the requests of all containers: where one has none, the HPA reports FailedGetResourceMetric and never scales.',
    severity: 'error',
    *run(view) {
      for (const hpa of view.ofKind('HorizontalPodAutoscaler')) {
        const target = map(dig(hpa.object, 'spec', 'scaleTargetRef'));
        const workload = view.find(
          text(target['kind']) ?? '',
          hpa.object.metadata.namespace,
          text(target['name']) ?? '',
        );
        if (workload === undefined) continue;
        const used = maps(dig(hpa.object, 'spec', 'metrics'))
          .map((metric) => map(metric['resource']))
          .filter((resource) => dig(resource, 'target', 'averageUtilization') !== undefined)
          .map((resource) => text(resource['name']));
        for (const template of view.templatesOf(workload)) {
          // Containers that end before the app starts are not measured.
          for (const container of template.containers.filter(({ role }) => role !== 'init')) {
            const requests = containerRequests(container);
            const missing = [
              ...(used.includes('cpu') && requests.cpuMillis === 0 ? ['CPU'] : []),
              ...(used.includes('memory') && requests.memoryBytes === 0 ? ['memory'] : []),
            ];
            if (missing.length === 0) continue;
            yield {
              message: `HPA ${hpa.object.metadata.name} works with a share of the ${enumeration(missing)} request, but container ${container.name} has none`,
              hint: 'give the container a request, or use an average amount per pod as the target',
              at: view.atContainer(template, container, 'resources', 'resources'),
              ...(workload.owner.kind === 'app' ? { app: workload.owner.app } : {}),
            };
          }
        }
      }
    },
  },
  {
    id: 'metrics-adapter',
    title: 'custom and external metrics have an adapter',
    why: 'metrics-server serves CPU and memory only; an HPA that cannot read one of its metrics never scales down, and with no other never at all.',
    severity: 'error',
    *run(view) {
      for (const hpa of view.ofKind('HorizontalPodAutoscaler')) {
        for (const [index, metric] of maps(dig(hpa.object, 'spec', 'metrics')).entries()) {
          const api = metricsApis[text(metric['type']) ?? ''];
          if (api === undefined || view.cluster.metricsAdapters.includes(api)) continue;
          const field = (text(metric['type']) ?? '').toLowerCase();
          const name = text(dig(metric, field, 'metric', 'name')) ?? 'its metric';
          yield {
            message: `HPA ${hpa.object.metadata.name} reads ${name} from ${api}, which nothing serves on cluster ${view.cluster.name}`,
            hint: `install an adapter and name ${api} under metricsAdapters in the cluster spec, or scale on CPU or memory`,
            at: view.at(hpa, 'scale.metrics', `/spec/metrics/${index}`),
            ...(hpa.owner.kind === 'app' ? { app: hpa.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'hpa-minimum',
    title: 'an autoscaler’s minimum is 1 or more, and not above its maximum',
    why: 'Scaling from zero needs an alpha feature that EKS does not offer: the API server refuses such an HPA, and an app without one stays at zero.',
    severity: 'error',
    *run(view) {
      for (const { name, scale, provenance } of view.cluster.apps) {
        if (scale.min > 0 || scale.max <= 1) continue;
        yield {
          message: `${name} has scale.min 0, which switches it off: no HPA can begin at 0, so it never reaches scale.max ${scale.max}`,
          hint: 'set scale.min to 1, or leave max out while the app is switched off',
          at: provenance.at('scale.min'),
          app: name,
        };
      }
      for (const hpa of view.ofKind('HorizontalPodAutoscaler')) {
        const min = number(dig(hpa.object, 'spec', 'minReplicas')) ?? 1;
        const max = number(dig(hpa.object, 'spec', 'maxReplicas')) ?? 0;
        const app = hpa.owner.kind === 'app' ? { app: hpa.owner.app } : {};
        const at = view.at(hpa, 'scale.min', '/spec/minReplicas');
        if (min < 1)
          yield {
            message: `HPA ${hpa.object.metadata.name} has minimum 0, which EKS refuses`,
            hint: 'set minReplicas to 1',
            at,
            ...app,
          };
        else if (min > max)
          yield {
            message: `HPA ${hpa.object.metadata.name} has minimum ${min} above maximum ${max}`,
            hint: `set scale.max to ${min} or more`,
            at,
            ...app,
          };
      }
    },
  },
  {
    id: 'scale-range',
    title: 'scale.max is not below scale.min',
    why: 'Such an app keeps its minimum: the maximum means nothing.',
    severity: 'error',
    *run({ cluster }) {
      for (const { name, scale, provenance } of cluster.apps) {
        if (scale.max >= scale.min) continue;
        yield {
          message: `${name} has scale.max ${scale.max} below scale.min ${scale.min}`,
          hint: `set scale.max to ${scale.min} or more`,
          at: provenance.at('scale.max'),
          app: name,
        };
      }
    },
  },
  {
    id: 'hpa-tolerance',
    title: 'an HPA’s tolerance is used only where Kubernetes knows it',
    why: 'Before 1.35 the field is behind an alpha feature gate: EKS drops it, and the HPA works with 10%.',
    severity: 'error',
    *run(view) {
      if (Number(view.cluster.kubernetesVersion.split('.')[1]) >= toleranceSince) return;
      for (const hpa of view.ofKind('HorizontalPodAutoscaler')) {
        for (const [field, direction] of [
          ['scaleUp', 'up'],
          ['scaleDown', 'down'],
        ] as const) {
          if (dig(hpa.object, 'spec', 'behavior', field, 'tolerance') === undefined) continue;
          yield {
            message: `Kubernetes ${view.cluster.kubernetesVersion} has no tolerance in HPAs: it came with 1.${toleranceSince}`,
            hint: 'take it out for this cluster, or upgrade',
            at: view.at(hpa, `scale.${direction}.tolerance`, `/spec/behavior/${field}`),
            ...(hpa.owner.kind === 'app' ? { app: hpa.owner.app } : {}),
          };
        }
      }
    },
  },
];

const metricsApis: Readonly<Record<string, 'custom.metrics.k8s.io' | 'external.metrics.k8s.io'>> = {
  Pods: 'custom.metrics.k8s.io',
  Object: 'custom.metrics.k8s.io',
  External: 'external.metrics.k8s.io',
};
