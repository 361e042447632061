import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Brings a module into Go's module cache and says where it lies and what it hashes to.
 * Runs in an empty folder, so that no go.mod near the caller has a say; GOFLAGS and GOPROXY are the caller's own.
 *
 * @template {import('./pins.mjs').Pin} P
 * @param {P} pin
 * @returns {P & {sum: string, dir: string}}
 */
export function downloadModule(pin) {
  const cwd = mkdtempSync(join(tmpdir(), 'spillway-upstream-'));
  try {
    const stdout = execFileSync('go', ['mod', 'download', '-json', `${pin.module}@${pin.version}`], {
      cwd,
      encoding: 'utf8',
    });
    const { Sum: sum, Dir: dir } = JSON.parse(stdout);
    if (!sum || !dir) throw new Error(`go mod download gave no hash for ${pin.module}@${pin.version}`);
    return { ...pin, sum, dir };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
