import { expect, test } from '@jest/globals';

import { useCluster } from '../support/cluster.js';
import { nodesOfGroups } from '../support/node-groups.js';
import { deployment, place, takeAway } from '../support/placement.js';
import type { Placement } from '../support/placement.js';

// placement.test.ts over many counts and several rounds: what docs/capacity.md says is no luck of 20 pods. Four nodes of
// each kind, seven pods of 500m on each.

const ROUNDS = 2;
const ROOM = 28;
const COUNTS = [1, 3, 7, 8, 14, 15, 20, 28];
const TAKEN = [0, 7, 14, 21, 28];

const cluster = useCluster({ name: 'placement-matrix', nodes: nodesOfGroups('prod', { base: 4, burst: 4 }) });

/** Where `count` pods go that may use what on-demand nodes have left. */
const RULES: Readonly<Record<string, (count: number, left: number) => Placement>> = {
  overflow: (count, left) => {
    const onDemand = Math.min(count, left);
    return { onDemand, spot: count - onDemand, pending: 0 };
  },
  'on-demand': (count, left) => {
    const onDemand = Math.min(count, left);
    return { onDemand, spot: 0, pending: count - onDemand };
  },
  'prefer-spot': (count) => ({ onDemand: 0, spot: count, pending: 0 }),
};

const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1);
const cases = rounds.flatMap((round) =>
  Object.keys(RULES).flatMap((capacity) => TAKEN.map((taken) => ({ round, capacity, taken }))),
);

test.each(cases)(
  'round $round: $capacity, $taken of 28 places on on-demand nodes taken',
  async ({ capacity, taken }) => {
    const filler = await deployment('filler', 'on-demand', taken);
    await place(cluster(), filler, taken);
    const seen: Record<number, Placement> = {};
    for (const count of COUNTS) {
      const app = await deployment('app', capacity, count);
      seen[count] = await place(cluster(), app, count);
      await takeAway(cluster(), app, 'app');
    }
    await takeAway(cluster(), filler);
    expect(seen).toEqual(Object.fromEntries(COUNTS.map((count) => [count, RULES[capacity]?.(count, ROOM - taken)])));
  },
  600_000,
);
