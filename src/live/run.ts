import { spawn } from 'node:child_process';

/** What a program left behind. `status` is 127 where there is no such program, as a shell says it. */
export interface Finished {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Told of everything that it prints, as it comes. */
  readonly show?: (text: string) => void;
  /** Ends it: the promise resolves as soon as it is gone. */
  readonly signal?: AbortSignal;
}

/** How other programs are called: a person's tools on PATH, with the environment and the working directory of this one. */
export type Run = (file: string, args: readonly string[], options?: RunOptions) => Promise<Finished>;

/** Runs a program to its end. Never rejects: what cannot be started has a status, too. */
export const run: Run = (file, args, { show, signal } = {}) =>
  new Promise((resolve) => {
    // Standard input stays the terminal's: aws may ask for the code of a second factor.
    const child = spawn(file, args, { stdio: ['inherit', 'pipe', 'pipe'], ...(signal && { signal }) });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      show?.(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      show?.(text);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      resolve({ status: missing ? 127 : 126, stdout, stderr: missing ? `${file}: command not found` : error.message });
    });
    child.on('close', (code) => {
      // Ended by a signal: not a success.
      resolve({ status: code ?? 1, stdout, stderr });
    });
  });
