import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';

import { atTheEnd } from './ending.js';
import { FatalError } from './wait.js';

/** How to start one part of the rig. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly logFile: string;
  /** What stops it: SIGTERM unless the part does harm on it. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to stop before SIGKILL, in milliseconds. */
  readonly stopTimeoutMs?: number;
}

/** A running part: one process group of its own, so that it and its children stop together and nothing else does. */
export class ManagedProcess {
  readonly name: string;
  readonly logFile: string;
  private readonly child: ChildProcess;
  private readonly spec: ProcessSpec;
  private ended: string | undefined;
  private readonly end: Promise<void>;

  /** Starts the process. Its environment is only PATH, HOME and what the spec says: the caller's own must not leak in. */
  constructor(spec: ProcessSpec) {
    this.spec = spec;
    this.name = spec.name;
    this.logFile = spec.logFile;
    const log = openSync(spec.logFile, 'a');
    const { PATH = '/usr/bin:/bin', HOME = '/nonexistent' } = process.env;
    this.child = spawn(spec.command, spec.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH, HOME, ...spec.env },
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    });
    closeSync(log);
    const forget = atTheEnd(() => {
      this.signal('SIGKILL');
    });
    this.end = new Promise((resolve) => {
      const finish = (how: string): void => {
        this.ended ??= how;
        forget();
        resolve();
      };
      this.child.once('error', (error) => {
        finish(error.message);
      });
      this.child.once('exit', (code, signal) => {
        finish(signal === null ? `exit code ${String(code)}` : signal);
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.ended === undefined;
  }

  /** For probes: throws when the process is gone, so that nobody waits a deadline out for a dead server. */
  mustRun(): void {
    if (this.ended !== undefined) throw new FatalError(`${this.name} ended (${this.ended}):\n${this.logTail(20)}`);
  }

  /** Stops the group and returns when it is gone. */
  async stop(): Promise<void> {
    if (this.isRunning) {
      this.signal(this.spec.stopSignal ?? 'SIGTERM');
      const late = setTimeout(() => {
        this.signal('SIGKILL');
      }, this.spec.stopTimeoutMs ?? 10_000);
      await this.end;
      clearTimeout(late);
    }
    // Children that outlive their leader are of the same group.
    this.signal('SIGKILL');
  }

  /** Ends the group at once, whatever it is doing, and returns when it is gone. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    if (this.isRunning) await this.end;
  }

  /** Sends a signal to the whole group; nothing happens when it is gone. */
  signal(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Resident memory in bytes now and at its peak, of the leader; undefined when it is gone. */
  memory(): { residentBytes: number; peakBytes: number } | undefined {
    const path = `/proc/${String(this.child.pid)}/status`;
    if (!this.isRunning || !existsSync(path)) return undefined;
    const status = readFileSync(path, 'utf8');
    const kib = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
    return { residentBytes: kib('VmRSS') * 1024, peakBytes: kib('VmHWM') * 1024 };
  }

  /** Everything that the process has written. */
  log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  /** The last lines of it. */
  logTail(lines: number): string {
    return this.log().trimEnd().split('\n').slice(-lines).join('\n');
  }
}
