import { isatty } from 'node:tty';

/** Where a command writes to: results to `out`, everything about the run to `err`. */
export interface Terminal {
  readonly colour: boolean;
  /** Whether a person can be asked: somebody types, and sees the question. */
  readonly canAsk: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Shows what is going on, on a terminal only; the next output wipes it away. */
  progress(stage: string): void;
  /** Begins anew at the top of the screen; nothing where stdout is no terminal. */
  clear(): void;
}

/** The process's own streams. Colour: FORCE_COLOR and NO_COLOR (no-color.org) first, then whether stdout is a terminal. */
export function processTerminal(noColour: boolean): Terminal {
  let showing = false;
  const wipe = () => {
    if (showing) process.stderr.write('\r\u001b[K');
    showing = false;
  };
  return {
    colour: !noColour && wantsColour(process.env, isatty(1)),
    canAsk: isatty(0) && isatty(2),
    out(text) {
      wipe();
      process.stdout.write(text);
    },
    err(text) {
      wipe();
      process.stderr.write(text);
    },
    progress(stage) {
      if (!process.stderr.isTTY) return;
      wipe();
      process.stderr.write(`${stage} …`);
      showing = true;
    },
    clear() {
      if (process.stdout.isTTY) process.stdout.write('\u001b[H\u001b[2J');
    },
  };
}

function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}

/** `spillway check | head` closes our output early: that is no error. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
