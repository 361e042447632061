import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { builtFiles } from '../rig/parts.js';
import type { RecordedStack } from './cloud/cloudformation.js';

/** One finding of cfn-lint. */
export interface LintFinding {
  readonly rule: string;
  readonly stack: string;
  readonly path: string;
  readonly message: string;
}

interface LintMatch {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Message: string;
}

/** What cfn-lint says of the templates of stacks, warnings and remarks included. Throws where it could not read one. */
export function lint(stacks: readonly RecordedStack[], regions: readonly string[], folder: string): LintFinding[] {
  const files = stacks.map(({ name, template }) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template, undefined, 2));
    return file;
  });
  const { error, stdout, stderr, status } = spawnSync(
    builtFiles().get('python') ?? 'python3',
    // The package has a script, but no module that can be run.
    [
      '-c',
      'from cfnlint.runner import main; main()',
      '--format',
      'json',
      '--include-checks',
      'I',
      '--regions',
      ...regions,
      '--',
      ...files,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { PATH: process.env['PATH'] ?? '', HOME: folder } },
  );
  if (error) throw error;
  if (!stdout.trimStart().startsWith('[')) throw new Error(`cfn-lint (${String(status)}): ${stdout}${stderr}`);
  return (JSON.parse(stdout) as LintMatch[]).map(({ Filename, Rule, Location, Message }) => ({
    rule: Rule.Id,
    stack: (Filename.split('/').at(-1) ?? '').replace(/\.json$/, ''),
    path: (Location.Path ?? []).join('/'),
    message: Message,
  }));
}

/** What cfn-lint finds in templates of eksctl and nobody here can or should change: rule → why. */
export const LINT_REASONS: Readonly<Record<string, string>> = {
  W3687:
    'eksctl states ports 0 to 65535 beside "all protocols" between nodes; EC2 ignores them, and all ports are meant',
  W3010:
    'eksctl asks EC2 which zones sell the instance types and names those; a template for every region would not know',
};
