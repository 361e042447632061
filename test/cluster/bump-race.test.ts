import { beforeAll, describe, expect, test } from '@jest/globals';
import { bumpRace, shared, type RaceFinding } from '../support/bump-race.js';
import { expectEveryBumpOnce } from './support/bump-race.js';

// No control plane: git, its HTTP backend and the program itself. It is here for its length.
describe('20 builds of 20 apps and 5 of one more app, all at once, twice', () => {
  let race: RaceFinding;
  beforeAll(async () => {
    race = await bumpRace({ apps: 20, same: 5, rounds: 2 });
    console.log(
      `bump race: ${race.landed.length} bumps landed, ${race.killed} runs killed, ${race.seconds.toFixed(0)} s`,
    );
  });

  test('every bump lands once, in order, whoever was killed', () => {
    expectEveryBumpOnce(race);
    expect(race.killed).toBeGreaterThanOrEqual(6);
  });

  test('of one app no build lands after a later one, and the last one lands', () => {
    const builds = race.landed.filter(({ app }) => app === shared).map(({ build }) => build);
    expect(builds).toEqual([...new Set(builds)].sort((a, b) => a - b));
    expect(builds.at(-1)).toBe(205);
  });

  test('dist/ is what the specs render to at every commit', () => {
    expect(race.stale).toEqual([]);
  });
});
