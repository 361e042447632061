import { exitCode } from './exit-code.js';
import type { ExitCode } from './exit-code.js';
import { runProgram } from './program.js';
import { endQuietlyOnClosedPipe } from './terminal.js';

function reportBug(error: unknown): ExitCode {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  process.stderr.write(`spillway: internal error: ${message}\n`);
  process.stderr.write('This is a bug in Spillway, not in your files; nothing more was written. ');
  process.stderr.write(
    process.env['SPILLWAY_DEBUG']
      ? `Please report it with this:\n${stack ?? '(no stack)'}\n`
      : 'Please report it with the output of the same command under SPILLWAY_DEBUG=1.\n',
  );
  return exitCode.bug;
}

endQuietlyOnClosedPipe();
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.exit(reportBug(error)));
}
runProgram(process.argv.slice(2)).then(
  (code) => {
    // Not process.exit: what a pipe has not taken yet would be lost.
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = reportBug(error);
  },
);
