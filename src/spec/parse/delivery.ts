import { closest } from '../../diagnostic/closest.js';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { SourceDoc } from '../read/source.js';
import { isMap } from './merge.js';

/** What is wrong with where an app's builds go: they can only go to one of its clusters. Any other mistake is the schema's to say. */
export function deliveryDiagnostics(source: SourceDoc, clusters: readonly string[]): Diagnostic[] {
  const delivery = source.value?.['delivery'];
  const bumps = isMap(delivery) ? delivery['bumps'] : undefined;
  const at = source.positions.children.get('delivery')?.children.get('bumps')?.at;
  if (typeof bumps !== 'string' || at === undefined || clusters.includes(bumps)) return [];
  const meant = closest(bumps, clusters);
  return [
    {
      code: 'delivery-cluster',
      severity: 'error',
      message: `\`delivery.bumps\` names ${bumps}, and the app is on no cluster of that name`,
      hint: meant === undefined ? `put it on the cluster: \`clusters: {${bumps}: {}}\`` : `did you mean \`${meant}\`?`,
      at,
    },
  ];
}
