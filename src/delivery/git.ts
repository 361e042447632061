import { spawn } from 'node:child_process';

/** What a git command did: its exit code, and what it printed. */
export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  /** Given to its standard input, which is closed otherwise. */
  readonly input?: string | Buffer;
  /** More of the environment, such as GIT_INDEX_FILE. */
  readonly env?: Readonly<Record<string, string>>;
  /** After so long it is ended: for what talks to a server, which may never answer. */
  readonly timeoutMs?: number;
}

/**
 * A git command that failed where it should not have: a full disk, a broken repository, an old git. It never leaves this room: what
 * calls into the room from outside turns it into a Diagnostic by `reportingGitFailures`.
 */
export class GitFailure extends Error {
  constructor(
    readonly command: string,
    readonly said: string,
  ) {
    super(`${command}: ${said}`);
  }
}

/** Runs git in one folder, with the person's own configuration, credentials and hooks. */
export class Git {
  constructor(
    readonly folder: string,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Runs a command to its end, whatever its exit code. */
  run(args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
    return new Promise((resolve, reject) => {
      const child = spawn('git', args, {
        cwd: this.folder,
        // What git says is read by this program: in English, and a look must not take locks from a person's own command.
        env: { ...this.env, LC_ALL: 'C', LANGUAGE: 'C', GIT_OPTIONAL_LOCKS: '0', ...options.env },
        stdio: ['pipe', 'pipe', 'pipe'],
        ...(options.timeoutMs === undefined ? {} : { timeout: Math.max(1, Math.ceil(options.timeoutMs)) }),
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.stdin.on('error', () => undefined); // it may end before it has read everything
      child.once('error', (error: NodeJS.ErrnoException) => {
        const said = error.code === 'ENOENT' ? 'git is not installed, or not on PATH' : error.message;
        reject(new GitFailure('git', said));
      });
      child.once('close', (code, signal) => {
        const stderr = Buffer.concat(err).toString();
        resolve({
          code: code ?? 128,
          stdout: Buffer.concat(out),
          stderr: signal ? `${stderr}ended by ${signal}` : stderr,
        });
      });
      child.stdin.end(options.input);
    });
  }

  /** What a command prints, without its last line end. Throws a GitFailure where it fails. */
  async text(args: readonly string[], options: GitOptions = {}): Promise<string> {
    return (await this.bytes(args, options)).toString().replace(/\n$/, '');
  }

  /** What a command prints, as it is. Throws a GitFailure where it fails. */
  async bytes(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new GitFailure(`git ${args[0] ?? ''}`, lastWords(stderr));
    return stdout;
  }

  /** What a command prints, or undefined where it fails: for questions whose answer may be no. */
  async ask(args: readonly string[]): Promise<string | undefined> {
    const { code, stdout } = await this.run(args);
    return code === 0 ? stdout.toString().replace(/\n$/, '') : undefined;
  }
}

/** What git complains about, in one line: its last `fatal:` or `error:`, without advice. */
export function lastWords(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const complaint = lines.findLast((line) => /^(remote: )?(fatal|error): /.test(line));
  const last = complaint ?? lines.findLast((line) => line !== '') ?? 'no reason given';
  return last.replace(/^(remote: )?(fatal|error): /, '');
}
