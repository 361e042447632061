import { expect, test } from '@jest/globals';
import { isTimeZone, timeZones } from '../../src/facts/time-zones.js';

test.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/UTC', 'UTC', 'US/Pacific', 'Europe/Kyiv'])(
  '%s is a time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(true);
  },
);

test.each(['', 'Local', 'localtime', 'Factory', 'europe/berlin', 'Europe/Berln', 'posix/UTC', 'UTC+1'])(
  '%j is none',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);

test('names are sorted, each once', () => {
  expect([...new Set(timeZones)].sort()).toEqual(timeZones);
  expect(timeZones.length).toBeGreaterThan(590);
});
