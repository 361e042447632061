import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { groovyCommand } from './groovy.js';

/** A Jenkinsfile, or a variable of a shared library. */
export type PipelineText = { readonly jenkinsfile: string } | { readonly library: string };

/**
 * Reads texts with Groovy's own parser and says of each what is not on the closed list of steps, or null. `libraries` are the variables that
 * Jenkinsfiles may call: name → text. Rejects where a text is no Groovy at all.
 */
export async function checkPipelines(
  texts: readonly PipelineText[],
  libraries: Readonly<Record<string, string>> = {},
): Promise<readonly (string | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-groovy-'));
  try {
    const input = join(folder, 'texts.json');
    writeFileSync(input, JSON.stringify({ texts, libraries }));
    const [file = '', ...args] = groovyCommand('check.groovy', input);
    const { stdout } = await promisify(execFile)(file, args);
    return JSON.parse(stdout) as (string | null)[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
