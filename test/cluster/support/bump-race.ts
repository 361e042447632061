import { beforeAll, describe, expect, test } from '@jest/globals';
import { bumpRace, shared, type RaceFinding } from '../../support/bump-race.js';

/** 20 builds of 20 apps and 5 of one more app, all at once, so many times. No control plane: git, its HTTP backend and the program itself. */
export function describeBumpRace(rounds: number, deadlineMs: number): void {
  describe(`20 builds of 20 apps and 5 of one more app, all at once, ${rounds} times`, () => {
    let race: RaceFinding;
    beforeAll(async () => {
      race = await bumpRace({ apps: 20, same: 5, rounds });
      console.log(
        `bump race: ${race.landed.length} of ${race.builds.length} builds landed, ${race.killed} killed and run again, ` +
          `${race.attempts} attempts, ${race.seconds.toFixed(0)} s`,
      );
    }, deadlineMs);

    test('every bump lands once, in order, whoever was killed', () => {
      expectEveryBumpOnce(race);
      expect(race.killed).toBeGreaterThanOrEqual(3 * rounds);
    });

    test('of one app no build lands after a later one, and the last one lands', () => {
      const builds = race.landed.filter(({ app }) => app === shared).map(({ build }) => build);
      expect(builds).toEqual([...new Set(builds)].sort((a, b) => a - b));
      expect(builds.at(-1)).toBe(rounds * 100 + 5);
    });

    test('dist/ is what the specs render to at every commit', () => {
      expect(race.stale).toEqual([]);
    });
  });
}

/**
 * Holds that each build has landed exactly once, in the order of its app's numbers, or said that a later one was there before it; and
 * that the branch holds nothing else.
 */
function expectEveryBumpOnce({ landed, builds, said }: RaceFinding): void {
  for (const { app, number, image } of builds) {
    const times = landed.filter((bump) => bump.app === app && bump.build === number);
    const overtaken = /nothing to do: build \d+ is older than build \d+/.test(said.get(`${app}/${number}`) ?? '');
    // A build that was killed after it had landed may find a later one, when it is run again.
    if (!overtaken) expect({ app, number, times: times.length }).toEqual({ app, number, times: 1 });
    expect(times.length).toBeLessThanOrEqual(1);
    for (const bump of times) expect(bump.image).toBe(image);
  }
  expect(landed.filter(({ app, build }) => !builds.some((one) => one.app === app && one.number === build))).toEqual([]);
  for (const name of new Set(builds.map(({ app }) => app))) {
    const order = landed.filter(({ app }) => app === name).map(({ build }) => build);
    expect({ name, order }).toEqual({ name, order: order.toSorted((a, b) => a - b) });
  }
}
