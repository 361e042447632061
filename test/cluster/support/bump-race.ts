import { expect } from '@jest/globals';
import type { RaceFinding } from '../../support/bump-race.js';

/**
 * Holds that each build has landed exactly once, in the order of its app's numbers, or said that a later one was there before it; and
 * that the branch holds nothing else.
 */
export function expectEveryBumpOnce({ landed, builds, said }: RaceFinding): void {
  for (const { app, number, image } of builds) {
    const times = landed.filter((bump) => bump.app === app && bump.build === number);
    const overtaken = /nothing to do: build \d+ is older than build \d+/.test(said.get(`${app}/${number}`) ?? '');
    expect({ app, number, times: times.length }).toEqual({ app, number, times: overtaken ? 0 : 1 });
    if (!overtaken) expect(times[0]?.image).toBe(image);
  }
  expect(landed.filter(({ app, build }) => !builds.some((one) => one.app === app && one.number === build))).toEqual([]);
  for (const name of new Set(builds.map(({ app }) => app))) {
    const order = landed.filter(({ app }) => app === name).map(({ build }) => build);
    expect({ name, order }).toEqual({ name, order: order.toSorted((a, b) => a - b) });
  }
}
