import type { Check } from './check.js';
import { podCount } from './view/budgets.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map } from './view/json.js';
import { plus, podRequests, type PodTemplate, type Requests } from './view/pods.js';
import { cpuText, memoryText } from './view/quantity.js';
import { counted, enumeration } from './view/words.js';

interface Demand extends Requests {
  readonly pods: number;
}

/** Pods of a workload at its maximum while a release runs. */
function mostPods(view: ClusterView, template: PodTemplate): { readonly replicas: number; readonly surge: number } {
  if (template.purpose === 'run') return { replicas: 1, surge: 0 };
  if (template.purpose === 'daemon')
    return { replicas: view.groups.reduce((sum, group) => sum + group.max, 0), surge: 0 };
  const strategy = map(dig(template.owned.object, 'spec', 'strategy'));
  const limits = map(strategy['canary'] ?? strategy['rollingUpdate']);
  const { max } = view.replicas(template.owned);
  return { replicas: max, surge: podCount(limits['maxSurge'] ?? 0, max, 'up') };
}

/** Quotas and what they must admit. */
export const quotaChecks: readonly Check[] = [
  {
    id: 'quota-admits',
    title: 'a quota admits all apps of its namespace at their maximum, releases included',
    why: 'Pods beyond the quota are refused: the autoscaler cannot grow at the peak, and a release at that time stalls.',
    severity: 'error',
    *run(view) {
      for (const { name, quota } of view.cluster.namespaces) {
        if (quota === undefined) continue;
        let sum: Demand = { cpuMillis: 0, memoryBytes: 0, pods: 0 };
        const parts: string[] = [];
        for (const template of view.templatesIn(name).filter(({ purpose }) => purpose !== 'analysis')) {
          const { replicas, surge } = mostPods(view, template);
          const one = podRequests(template);
          const count = replicas + surge;
          sum = {
            ...plus(sum, { cpuMillis: one.cpuMillis * count, memoryBytes: one.memoryBytes * count }),
            pods: sum.pods + count,
          };
          parts.push(
            `${view.appOf(template.owned)?.name ?? template.owned.object.metadata.name} ${replicas}${surge > 0 ? ` + ${surge} surge` : ''}`,
          );
        }
        const checks = [
          { field: 'cpu', wanted: sum.cpuMillis, hard: quota.cpuMillis, words: cpuText, unit: ' CPU' },
          { field: 'memory', wanted: sum.memoryBytes, hard: quota.memoryBytes, words: memoryText, unit: ' memory' },
          {
            field: 'pods',
            wanted: sum.pods,
            hard: quota.pods,
            words: (pods: number) => counted(pods, 'pod'),
            unit: '',
          },
        ];
        for (const { field, wanted, hard, words, unit } of checks) {
          if (hard === undefined || wanted <= hard) continue;
          yield {
            message: `the quota of namespace ${name} allows ${words(hard)}${unit}, but its apps need ${words(wanted)} at their maximum (${enumeration(parts)})`,
            hint: `raise it to ${words(wanted)} or more, or lower scale.max`,
            at: view.cluster.provenance.at(['namespaces', name, 'quota', field]),
          };
        }
      }
    },
  },
  {
    id: 'unused-namespace',
    title: 'namespaces with settings have an app',
    why: 'Settings for a misspelt namespace are settings for nobody.',
    severity: 'warning',
    *run(view) {
      const used = new Set(
        view.objects
          .filter(({ object }) => object.kind !== 'Namespace' && object.kind !== 'ResourceQuota')
          .map(({ object }) => object.metadata.namespace),
      );
      const apps = [...new Set(view.cluster.apps.map(({ namespace }) => namespace))];
      for (const { name, purpose } of view.cluster.namespaces) {
        if (purpose !== 'app' || used.has(name)) continue;
        yield {
          message: `namespace ${name} has settings, but no app of ${view.cluster.name} is in it`,
          hint: apps.length === 0 ? 'take it out until an app is there' : `namespaces of apps are ${enumeration(apps)}`,
          at: view.cluster.provenance.atKey(['namespaces', name]),
        };
      }
    },
  },
];
