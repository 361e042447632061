import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const program = join(__dirname, '..', '..', '.build', 'spillway.mjs');
if (!existsSync(program)) throw new Error('no .build/spillway.mjs: run `npm run build` first (npm test does)');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a shell would, without a terminal. */
export function spillway(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  return node(cwd, [program, ...args], env);
}

/** Runs the app of cdk8s.yaml. */
export function synth(cwd: string, env: Readonly<Record<string, string>>): Run {
  return node(cwd, [program.replace('spillway.mjs', 'synth.mjs')], env);
}

/** Environment in which a function of node:fs throws: for what cannot be provoked where tests run as root. */
export function breaking(functionName: string, error: string): Readonly<Record<string, string>> {
  const preload = `import{syncBuiltinESMExports as s}from'node:module';import fs from'node:fs';fs.${functionName}=()=>{throw ${error}};s()`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
}

function node(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  });
  return { code: status, stdout, stderr };
}

/** The same through bash: `$spillway` is the program. */
export function bash(cwd: string, script: string, env: Readonly<Record<string, string>> = {}): Run {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env, spillway: `${process.execPath} ${program}` },
  });
  return { code: status, stdout, stderr };
}
