import table from './time-zones.json';

/**
 * Names of the IANA time zones, old names that link to newer ones included, in alphabetical order. Source and date are in
 * time-zones.json (written by tools/time-zones.mjs).
 */
export const timeZones: readonly string[] = table.zones;

const known = new Set(timeZones);

/**
 * Whether Kubernetes takes a time zone for a CronJob: it must be in the API server's copy of the IANA database, letter by letter
 * (pkg/apis/batch/validation, validateTimeZone; Go's time.LoadLocation with an embedded database tells upper from lower case).
 */
export function isTimeZone(name: string): boolean {
  return known.has(name);
}
