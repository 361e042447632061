import type { Check } from './check.js';
import { allowedDisruptions, budgetsOf } from './view/budgets.js';
import { dig, valueText } from './view/json.js';
import { enumeration } from './view/words.js';

/** What a drain, an upgrade or a scale-down may take. */
export const disruptionChecks: readonly Check[] = [
  {
    id: 'disruption-budget',
    title: 'a PodDisruptionBudget lets at least one pod go',
    why: 'A budget that allows nothing blocks every drain: Spot pods die with their node, upgrades and scale-downs hang.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of allWorkloads(view)) {
        const { min } = view.replicas(template.owned);
        if (min === 0) continue;
        for (const budget of budgetsOf(view, template)) {
          if (allowedDisruptions(budget, min) > 0) continue;
          const maxUnavailable = dig(budget.object, 'spec', 'maxUnavailable');
          const rule =
            maxUnavailable === undefined
              ? `minAvailable ${valueText(dig(budget.object, 'spec', 'minAvailable'))}`
              : `maxUnavailable ${valueText(maxUnavailable)}`;
          yield {
            message: `${rule} of ${min} ${min === 1 ? 'pod' : 'pods'} lets no pod of ${app} go, so a drain never ends`,
            hint: 'use disruption.maxUnavailable: 25% (it rounds up to one pod), or 1',
            at: view.at(budget, 'disruption.maxUnavailable', '/spec'),
            ...(budget.owner.kind === 'app' ? { app: budget.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'one-disruption-budget',
    title: 'a pod is under one PodDisruptionBudget',
    why: 'The eviction API refuses to evict a pod that two budgets select, so its node is never drained.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of allWorkloads(view)) {
        const budgets = budgetsOf(view, template);
        const [, second] = budgets;
        if (second === undefined) continue;
        yield {
          message: `pods of ${app} are under ${budgets.length} PodDisruptionBudgets (${enumeration(budgets.map(({ object }) => object.metadata.name))}), so none can be evicted`,
          hint: 'keep one of them, or narrow their selectors',
          at: view.at(second, 'disruption.maxUnavailable', '/spec/selector'),
          ...(second.owner.kind === 'app' ? { app: second.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'single-pod',
    title: 'a production service runs at least two pods',
    why: 'With one pod every drain, node failure and Spot interruption is an outage.',
    severity: 'warning',
    *run(view) {
      if (!view.cluster.production) return;
      for (const { template } of allWorkloads(view)) {
        const app = view.appOf(template.owned);
        if (app?.kind !== 'service' || view.isRaw(template.owned)) continue;
        // A disk is one pod's: claim-replicas speaks of that.
        if (app.volumes.some((volume) => volume.kind === 'claim') || view.replicas(template.owned).min !== 1) continue;
        yield {
          message: `${app.name} runs one pod in production: it is away whenever that pod’s node goes`,
          hint: 'set scale.min to 2 or more',
          at: view.at(template.owned, 'scale.min', '/spec/replicas'),
          app: app.name,
        };
      }
    },
  },
];

function* allWorkloads(view: Parameters<Check['run']>[0]) {
  for (const template of view.templates) {
    if (template.purpose !== 'workload') continue;
    yield { app: view.appOf(template.owned)?.name ?? template.owned.object.metadata.name, template };
  }
}
