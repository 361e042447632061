import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Site } from './site.js';

/** What is worth knowing of one cluster's run; kept beside its logs, where test/cluster/figures.mjs collects them. */
export interface Figures {
  readonly name: string;
  /** From the call of startCluster until every node was Ready. */
  readonly bootSeconds: number;
  /** Resident memory of each part that still ran at the end, at its peak, in bytes. */
  readonly peakBytes: Readonly<Record<string, number>>;
}

/** Writes `figures.json` into the cluster's log folder. */
export function keepFigures(
  site: Site,
  bootSeconds: number,
  parts: readonly { name: string; peakBytes: number }[],
): void {
  const peakBytes = Object.fromEntries(parts.map((part) => [part.name, part.peakBytes]));
  const figures: Figures = { name: site.name, bootSeconds, peakBytes };
  writeFileSync(join(site.logFolder, 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`);
}
