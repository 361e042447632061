import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const zeros = '0'.repeat(40);

/** One ref that a push has moved; `old` or `new` is undefined where the ref was made or deleted. */
export interface PushedRef {
  readonly repository: string;
  readonly ref: string;
  readonly old: string | undefined;
  readonly new: string | undefined;
}

export interface GitServerOptions {
  /** Address to listen on; 127.0.0.1 where none is given. */
  readonly host?: string;
  /** Port to listen on; a free one where none is given. */
  readonly port?: number;
  /** Host in the URLs where clients see this machine by another name than `host`. */
  readonly advertisedHost?: string;
  /** Asks everybody for this user and password (HTTP Basic), as a private repository does. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Called before a push is handed to git: whatever it lets land first, the push then meets. */
  readonly beforePush?: (repository: string, headers: IncomingHttpHeaders) => Promise<void> | void;
  /** Called for each ref after a push has moved it, in the order of the pushes' ends: the place to post a webhook from. */
  readonly afterPush?: (pushed: PushedRef) => Promise<void> | void;
}

export interface GitServer {
  readonly port: number;
  /** URL to clone a repository from and push it to. */
  url(repository: string): string;
  /** Folder of the bare repository. */
  folder(repository: string): string;
  /** Makes an empty bare repository whose branch will be `main`. */
  create(repository: string): Promise<string>;
  /** Runs git in the bare repository and returns what it prints, without the last line end. */
  git(repository: string, ...args: readonly string[]): Promise<string>;
  /** Ends the server and every git process of it, and deletes the repositories. */
  close(): Promise<void>;
}

/** An environment for git without anybody's configuration: what a test sees does not depend on who runs it, nor from where. */
export const plainGitEnv: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/**
 * A Git server as GitHub is one: git's own `http-backend` (CGI, git-http-backend(1)) behind Node's HTTP server, for clones, fetches
 * and pushes of bare repositories in a temporary folder. Nothing of git is stood in for.
 */
export async function startGitServer(options: GitServerOptions = {}): Promise<GitServer> {
  const { host = '127.0.0.1', port: wantedPort = 0 } = options;
  const root = mkdtempSync(join(tmpdir(), 'spillway-git-server-'));
  const folder = (repository: string) => join(root, `${repository}.git`);
  const running = new Set<ChildProcessWithoutNullStreams>();

  const server = createServer((request, response) => {
    serve(request, response, root, options, running).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, host, resolve);
  });
  // A test that forgets to close must end all the same.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const git = async (repository: string, ...args: readonly string[]) =>
    (
      await execute('git', ['-C', folder(repository), ...args], { env: plainGitEnv, maxBuffer: 1 << 28 })
    ).stdout.replace(/\n$/, '');

  return {
    port,
    url: (repository) => `http://${options.advertisedHost ?? host}:${port}/${repository}.git`,
    folder,
    git,
    async create(repository) {
      await execute('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder(repository)], {
        env: plainGitEnv,
      });
      await git(repository, 'config', 'http.receivepack', 'true');
      // Of each push, what it moved: written by git itself, to a file of its own.
      const hook = join(folder(repository), 'hooks', 'post-receive');
      writeFileSync(hook, '#!/bin/sh\nexec cat >> "$SPILLWAY_PUSHED_REFS"\n', { mode: 0o755 });
      return folder(repository);
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      await Promise.all([...running].map(ended));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => {
      resolve();
    });
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.kill();
  });
}

let requests = 0;

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  options: GitServerOptions,
  running: Set<ChildProcessWithoutNullStreams>,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://server');
  if (!isAllowed(request, options)) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    return;
  }
  const isPush = request.method === 'POST' && pathname.endsWith('/git-receive-pack');
  const repository = /^\/(.+?)\.git\//.exec(pathname)?.[1] ?? '';
  if (isPush) await options.beforePush?.(repository, request.headers);

  const pushedRefs = join(root, `push-${(requests += 1)}`);
  const child = spawn('git', ['http-backend'], {
    env: {
      ...plainGitEnv,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      SPILLWAY_PUSHED_REFS: pushedRefs,
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      // None where the body comes in chunks: git then reads to the end.
      ...(request.headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: request.headers['content-length'] }),
      ...(request.headers['content-encoding'] === undefined
        ? {}
        : { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
      ...(request.headers['git-protocol'] === undefined
        ? {}
        : { GIT_PROTOCOL: String(request.headers['git-protocol']) }),
      REMOTE_ADDR: request.socket.remoteAddress ?? '',
    },
  });
  running.add(child);
  child.stderr.resume();
  // A client that is gone before its time: git sees a body that ends too early, and refuses it.
  child.stdin.on('error', () => {
    request.resume();
  });
  request.on('aborted', () => {
    child.stdin.destroy();
  });
  request.pipe(child.stdin);
  await answer(child, response);
  running.delete(child);
  if (isPush) for (const pushed of readPushed(repository, pushedRefs)) await options.afterPush?.(pushed);
}

function isAllowed(request: IncomingMessage, { credentials }: GitServerOptions): boolean {
  if (credentials === undefined) return true;
  const expected = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  return request.headers.authorization === `Basic ${expected}`;
}

/** Turns what a CGI program prints (RFC 3875, section 6) into the HTTP response; resolves when the program has ended. */
function answer(child: ChildProcessWithoutNullStreams, response: ServerResponse): Promise<void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      if (!response.write(chunk)) {
        child.stdout.pause();
        response.once('drain', () => child.stdout.resume());
      }
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = head.subarray(0, end).toString('latin1').split('\r\n').map(headerOf);
    const status = headers.find(([name]) => name === 'status')?.[1] ?? '200';
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'status')));
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  // Who has gone takes nothing any more: git must still be able to end.
  response.on('close', () => child.stdout.resume());
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      if (head !== undefined) response.writeHead(500);
      response.end();
      resolve();
    });
  });
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function readPushed(repository: string, file: string): PushedRef[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return []; // refused, or nothing moved
  }
  rmSync(file);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = zeros, after = zeros, ref = ''] = line.split(' ');
      return { repository, ref, old: known(before), new: known(after) };
    });
}

function known(commit: string): string | undefined {
  return commit === zeros ? undefined : commit;
}
