import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { Placement } from './resolved.js';

/** The greatest weight of a preferred affinity: what beats anti-affinity, spread and Cluster Autoscaler's own soft taint (measured; docs/capacity.md). */
const strongest = 100;

/** What an app's capacity class means to the scheduler. `maxPods` decides whether a spread over nodes has any use. */
export function resolvePlacement(fields: Fields, spec: AppSpec, maxPods: number): Placement {
  const capacity = fields.value('capacity', spec.capacity);
  const zoneSpread = fields.value('spread.zone', spec.spread?.zone);
  const hostSpread =
    capacity === 'overflow' || maxPods < 2
      ? fields.value('spread.host', spec.spread?.host, 'none')
      : fields.value('spread.host', spec.spread?.host, 'ScheduleAnyway', 'a node that goes should not take every pod');
  switch (capacity) {
    // No toleration: one cancels the taint's effect on the score, and pods then spread over Spot nodes evenly.
    case 'overflow':
      return {
        capacity,
        tolerateSpotTaint: false,
        preferLifecycle: { lifecycle: 'on-demand', weight: strongest },
        zoneSpread,
        hostSpread,
      };
    case 'prefer-spot':
      return {
        capacity,
        tolerateSpotTaint: true,
        preferLifecycle: { lifecycle: 'spot', weight: strongest },
        zoneSpread,
        hostSpread,
      };
    case 'on-demand':
      return { capacity, tolerateSpotTaint: false, requireLifecycle: 'on-demand', zoneSpread, hostSpread };
  }
}
