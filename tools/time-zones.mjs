/**
 * Writes the names of the IANA time zones that src/facts/time-zones.ts knows, from the Python package `tzdata`, which carries them
 * as a plain list (`tzdata/zones`: zones and links to them). Not from `Intl`: that would depend on the machine.
 *
 *   pip download --no-deps tzdata==2026.6 && unzip -p tzdata-2026.6-*.whl tzdata/zones > zones
 *   node tools/time-zones.mjs zones > src/facts/time-zones.json
 */
import { readFileSync } from 'node:fs';

/** Release and date of what is given: raise both together. */
const source = 'PyPI tzdata 2026.6 (IANA tzdb 2026f), tzdata/zones';
const date = '2026-10';

const [file] = process.argv.slice(2);
if (!file) throw new Error('usage: node tools/time-zones.mjs FILE');

/** Go's `time.LoadLocation`, by which Kubernetes judges, has no such zone, or reads it as the machine's own. */
const notForKubernetes = new Set(['localtime', 'Factory', 'posixrules']);

const zones = readFileSync(file, 'utf8')
  .split(/\r?\n/)
  .map((line) => line.trim())
  .filter((line) => line !== '' && !notForKubernetes.has(line))
  .sort();

process.stdout.write(`${JSON.stringify({ source, date, zones }, null, 2)}\n`);
