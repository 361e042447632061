import type { Finished, Run } from '../../src/live/run.js';

/** Answers of programs that are not run: for a command line that begins so, what it leaves behind. */
export type Answers = readonly (readonly [call: string | RegExp, finished: Partial<Finished>])[];

/** A `run` that answers from a table, the first that fits, and refuses what is in none of its rows. */
export function fakeRun(answers: Answers): { readonly run: Run; readonly calls: readonly string[] } {
  const calls: string[] = [];
  const run: Run = (file, args) => {
    // A script of `sh -c` is a call like any other.
    const call = file === 'sh' && args[0] === '-c' && args.length === 2 ? (args[1] ?? '') : [file, ...args].join(' ');
    calls.push(call);
    const row = answers.find(([known]) => (typeof known === 'string' ? call.startsWith(known) : known.test(call)));
    if (row === undefined) throw new Error(`no answer for: ${call}`);
    return Promise.resolve({ status: 0, stdout: '', stderr: '', ...row[1] });
  };
  return { run, calls };
}
