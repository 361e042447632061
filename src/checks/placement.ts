import { nodeLifecycleLabel, spotTaint } from '../model/node-lifecycle.js';
import type { ResolvedApp } from '../model/resolved.js';
import type { Check, Finding } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, maps, text } from './view/json.js';
import { expressionMatches } from './view/labels.js';
import type { PodTemplate } from './view/pods.js';
import { mayRunOn, nodePreferences, tolerates } from './view/scheduling.js';
import { enumeration } from './view/words.js';

/** The pods of an app itself: its workload or cron job as rendered, without raw manifests and analyses. */
function* ownTemplates(view: ClusterView): Generator<{ readonly app: ResolvedApp; readonly template: PodTemplate }> {
  for (const entry of view.appTemplates()) {
    if (entry.template.purpose !== 'analysis' && !view.isRaw(entry.template.owned)) yield entry;
  }
}

/** The weight with which a pod prefers nodes of a lifecycle; 0 where it does not. */
function preference(template: PodTemplate, lifecycle: string): number {
  const weights = nodePreferences(template, nodeLifecycleLabel).filter(({ value }) => value === lifecycle);
  return Math.max(0, ...weights.map(({ weight }) => weight));
}

/** Whether the required node affinity lets a pod run only on nodes of a lifecycle. */
function requires(template: PodTemplate, lifecycle: string): boolean {
  const others = lifecycle === 'spot' ? 'on-demand' : 'spot';
  const terms = dig(
    template.spec,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  const byAffinity =
    terms !== undefined &&
    maps(terms).every((term) =>
      maps(term['matchExpressions']).some(
        (expression) =>
          expression['key'] === nodeLifecycleLabel && !expressionMatches(expression, { [nodeLifecycleLabel]: others }),
      ),
    );
  return byAffinity || dig(template.spec, 'nodeSelector', nodeLifecycleLabel) === lifecycle;
}

/** Where the app's pods may and would rather run, as rendered. */
export const placementChecks: readonly Check[] = [
  {
    id: 'overflow-toleration',
    title: 'overflow apps do not tolerate the Spot taint',
    why: 'A toleration cancels the taint’s effect on the scheduler’s score: the pods then spread over Spot while on-demand has room.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of ownTemplates(view)) {
        if (app.placement.capacity !== 'overflow' || !tolerates(template, spotTaint)) continue;
        yield {
          message: `${app.name} is an overflow app, but its pods tolerate ${spotTaint.key}=${spotTaint.value}, so they go to Spot while on-demand has room`,
          hint: 'take the toleration out, or say capacity: prefer-spot',
          at: view.at(template.owned, 'capacity', `${template.pointer}/tolerations`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'placement',
    title: 'affinities say what `capacity` says',
    why: 'Only the strongest preference (100) beats the other terms of the scheduler’s score; a requirement for the wrong nodes keeps pods pending.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of ownTemplates(view)) {
        const finding = placementFinding(app, template);
        if (finding === undefined) continue;
        yield { ...finding, at: view.at(template.owned, 'capacity', `${template.pointer}/affinity`), app: app.name };
      }
    },
  },
  {
    id: 'overflow-spread',
    title: 'spread rules of overflow apps do not force pods to Spot',
    why: 'DoNotSchedule is a filter: where on-demand nodes do not span its domains, it sends pods to Spot while on-demand has room.',
    severity: 'warning',
    *run(view) {
      const onDemand = view.groups.filter((group) => !group.spot);
      const spotZones = view.groups.filter((group) => group.spot).flatMap(({ zones }) => zones);
      for (const { app, template } of ownTemplates(view)) {
        if (app.placement.capacity !== 'overflow' || !view.groups.some(({ spot }) => spot)) continue;
        for (const constraint of maps(template.spec['topologySpreadConstraints'])) {
          if (constraint['whenUnsatisfiable'] !== 'DoNotSchedule') continue;
          const key = text(constraint['topologyKey']) ?? '';
          const zonal = key === 'topology.kubernetes.io/zone';
          const missing = spotZones.filter((zone) => !onDemand.some(({ zones }) => zones.includes(zone)));
          if (zonal && (missing.length === 0 || onDemand.some(({ zones }) => zones.length === 0))) continue;
          yield {
            message: zonal
              ? `${app.name} must spread evenly over zones, but no on-demand group is in ${enumeration([...new Set(missing)])}, so its pods there run on Spot`
              : `${app.name} must spread evenly over nodes, so it fills Spot nodes as evenly as on-demand ones`,
            hint: zonal
              ? 'use spread.zone: ScheduleAnyway, or give an on-demand group these zones'
              : 'use spread.host: none or ScheduleAnyway',
            at: view.at(
              template.owned,
              zonal ? 'spread.zone' : 'spread.host',
              `${template.pointer}/topologySpreadConstraints`,
            ),
            app: app.name,
          };
        }
      }
    },
  },
  {
    id: 'node-for-pods',
    title: 'some node group can run each pod',
    why: 'Node selectors, required affinities and hard taints that no group meets keep a pod pending for ever.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        if (template.purpose === 'analysis' || view.groups.some((group) => mayRunOn(template, group))) continue;
        yield {
          message: `no node group may run the pods of ${view.nameOf(template.owned)}: their node selector, affinity and tolerations exclude ${enumeration(view.groups.map(({ name }) => name))}`,
          hint:
            app.placement.capacity === 'on-demand' && view.groups.every(({ spot }) => spot)
              ? 'add an on-demand group to the cluster, or choose another capacity'
              : 'compare them with the labels of the groups under `nodeGroups`',
          at: view.at(template.owned, 'capacity', `${template.pointer}/nodeSelector`),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'spot-group',
    title: 'prefer-spot apps have a Spot group to prefer',
    why: 'Without one they run on on-demand nodes at the full price, and nothing says so.',
    severity: 'info',
    *run(view) {
      if (view.groups.some(({ spot }) => spot)) return;
      for (const app of view.cluster.apps.filter(({ placement }) => placement.capacity === 'prefer-spot')) {
        yield {
          message: `${app.name} prefers Spot, but cluster ${view.cluster.name} has no Spot group, so it runs on on-demand nodes`,
          hint: 'add a group with capacity: spot, or say capacity: on-demand for this cluster',
          at: app.provenance.at('capacity'),
          app: app.name,
        };
      }
    },
  },
];

function placementFinding(app: ResolvedApp, template: PodTemplate): Pick<Finding, 'message' | 'hint'> | undefined {
  const { capacity } = app.placement;
  switch (capacity) {
    case 'overflow': {
      if (preference(template, 'spot') > 0 || requires(template, 'spot'))
        return {
          message: `${app.name} is an overflow app, but its pods ask for Spot nodes`,
          hint: 'take the affinity out, or say capacity: prefer-spot',
        };
      const weight = preference(template, 'on-demand');
      if (weight === 100 || requires(template, 'on-demand')) return undefined;
      return {
        message: `${app.name} is an overflow app, but its preference for on-demand nodes has ${weight === 0 ? 'gone' : `weight ${weight}`}: other preferences, and Cluster Autoscaler’s own soft taint, then win`,
        hint: 'keep the rendered affinity with weight 100 and add others beside it',
      };
    }
    case 'prefer-spot': {
      if (tolerates(template, spotTaint) && preference(template, 'spot') > 0) return undefined;
      return {
        message: `${app.name} prefers Spot, but its pods ${tolerates(template, spotTaint) ? 'have no preference for Spot nodes' : 'do not tolerate the Spot taint'}, so they go to on-demand first`,
        hint: 'keep the rendered toleration and affinity and add others beside them, or choose another capacity',
      };
    }
    case 'on-demand': {
      if (requires(template, 'on-demand')) return undefined;
      return {
        message: `${app.name} is on-demand, but its pods may run on Spot: the required affinity has gone`,
        hint: 'keep the rendered affinity and add other terms within it, or choose another capacity',
      };
    }
  }
}
