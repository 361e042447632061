import { nodeLifecycleLabel } from '../model/node-lifecycle.js';
import type { Check } from './check.js';
import { argoCdPods, loadBalancerControllerPods } from './view/argocd-pods.js';
import { budgetsOf } from './view/budgets.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, text } from './view/json.js';
import { containerRequests, type PodTemplate } from './view/pods.js';
import { mayRunOn } from './view/scheduling.js';
import { enumeration } from './view/words.js';

interface Controller {
  readonly name: string;
  readonly template: PodTemplate;
  /** Whether a PodDisruptionBudget that is rendered here, or a value of its chart, covers it. */
  readonly budgeted: boolean;
}

function controllers(view: ClusterView): Controller[] {
  const rendered = view.templates
    .filter(({ owned, purpose }) => owned.owner.kind === 'platform' && purpose === 'workload')
    .map((template) => ({
      name: template.owned.object.metadata.name,
      template,
      budgeted: budgetsOf(view, template).length > 0,
    }));
  const argoCd = argoCdPods(view).map(({ name, template }) => ({
    name,
    template,
    budgeted: view.find('PodDisruptionBudget', 'argocd', name) !== undefined,
  }));
  const chart = loadBalancerControllerPods(view).map(({ name, template }) => ({
    name,
    template,
    budgeted:
      dig(
        view.ofKind('Application').find(({ object }) => dig(object, 'spec', 'source', 'chart') === name)?.object,
        'spec',
        'source',
        'helm',
        'valuesObject',
        'podDisruptionBudget',
      ) !== undefined,
  }));
  return [...rendered, ...argoCd, ...chart];
}

/** What repairs the rest must not go with it. */
export const controllerChecks: readonly Check[] = [
  {
    id: 'controllers-safe',
    title: 'controllers run on on-demand nodes, with requests, a PodDisruptionBudget and a priority class',
    why: 'An interruption, a full node or a drain that takes a controller leaves nobody to repair what it took beside it.',
    severity: 'error',
    *run(view) {
      const spot = view.groups.filter((group) => group.spot);
      for (const { name, template, budgeted } of controllers(view)) {
        const faults = [
          ...(spot.some((group) => mayRunOn(template, group))
            ? [`it may run on Spot (no required affinity for ${nodeLifecycleLabel}: on-demand)`]
            : []),
          ...(template.containers.some((container) => {
            const { cpuMillis, memoryBytes } = containerRequests(container);
            return cpuMillis === 0 || memoryBytes === 0;
          })
            ? ['it has no requests']
            : []),
          ...(budgeted ? [] : ['it has no PodDisruptionBudget']),
          ...(text(template.spec['priorityClassName']) === undefined ? ['it has no priority class'] : []),
        ];
        if (faults.length === 0) continue;
        yield {
          message: `controller ${name} is not safe: ${enumeration(faults)}`,
          hint: 'keep the labels of the node groups as they are rendered; everything else here is ours to repair',
          at: view.cluster.provenance.at('nodeGroups'),
        };
      }
    },
  },
];
