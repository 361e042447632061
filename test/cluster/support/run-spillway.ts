import { spawn } from 'node:child_process';

import { builtSpillway } from './built-spillway.js';

/** What a command prints, and how it ends. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run the program. */
export interface SpillwayRun {
  readonly args: readonly string[];
  /** The work tree of a platform's repository. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** A command that runs the program, such as `unshare …`. */
  readonly through?: readonly string[];
  /** Kills it when a test gives up. */
  readonly signal?: AbortSignal;
}

/** Runs the program as a person would, and lets the test go on meanwhile. A program that is killed ends with -1. */
export function runSpillway({ args, cwd, env, through = [], signal }: SpillwayRun): Promise<Ended> {
  const [command, ...rest] = [...through, process.execPath, builtSpillway(), ...args];
  const child = spawn(command as string, rest, {
    ...{ cwd, env, stdio: ['ignore', 'pipe', 'pipe'] },
    ...(signal !== undefined && { signal, killSignal: 'SIGKILL' }),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => {
    // Aborted, or not to be started at all; what there is to say is said by `close`.
    child.on('error', (error) => (stderr += String(error)));
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}
