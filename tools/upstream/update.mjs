/**
 * Writes everything that is made from pinned upstream releases (pins.mjs); needs Go and the Go module proxy, nothing else.
 *
 *   node tools/upstream/update.mjs           write src/facts/upstream/ and imports/
 *   node tools/upstream/update.mjs --check   write nothing; exit 1 if a committed file is not what the pins give
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './outputs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isCheck = process.argv.includes('--check');

const stale = [...generate()].filter(([path, text]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});

for (const [path, text] of stale) {
  console.log(`${isCheck ? 'differs from its pin' : 'written'}: ${path}`);
  if (isCheck) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

if (isCheck && stale.length > 0) {
  console.log('run: node tools/upstream/update.mjs');
  process.exitCode = 1;
}
