import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { put } from '../../layout/temporary-root.js';
import { plainGitEnv } from '../../support/git-server.js';
import type { GitServer } from '../../support/git-server.js';
import { builtSpillway } from '../support/built-spillway.js';

/** Two repositories of one app on a Git server: its own source, and the GitOps repository with its spec. */
export interface Workshop {
  /** Clones that can push. */
  readonly source: string;
  readonly platform: string;
}

/** An image that holds one file, and tests that look at it. */
const source = {
  Dockerfile: 'FROM scratch\nCOPY greeting.txt /greeting.txt\nENTRYPOINT ["/greeting.txt"]\n',
  Makefile: 'test:\n\tgrep -q hello greeting.txt\n',
  'greeting.txt': 'hello\n',
};

const staging = (repository: string) => `name: staging
region: us-east-1
kubernetesVersion: "1.35"
production: false
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}
gitops: {repository: "${repository}", branch: main}
endpoint: {publicCidrs: [203.0.113.0/24]}
`;

const shop = (image: string) => `name: shop
image: ${image}:1.0.0
port: 8080
health: /healthz
resources: {cpu: 100m, memory: 64Mi}
clusters:
  staging: {} # new builds come here first
`;

/** Makes both, each with one commit on main; the GitOps repository is rendered. `image` is where the app's images live. */
export async function createWorkshop(
  git: GitServer,
  folder: string,
  image: string,
  credentials: { readonly username: string; readonly password: string },
): Promise<Workshop> {
  const clone = async (name: string): Promise<string> => {
    await git.create(name);
    const path = join(folder, name);
    const url = git.url(name).replace('http://', `http://${credentials.username}:${credentials.password}@`);
    await shell(folder, `git clone -q '${url}' '${path}' && git -C '${path}' checkout -q -B main`);
    return path;
  };
  const workshop = { source: await clone('shop'), platform: await clone('platform') };
  for (const [path, text] of Object.entries(source)) put(workshop.source, path, text);
  await commitAndPush(workshop.source, 'first');
  put(workshop.platform, 'clusters/staging.yaml', staging(git.url('platform')));
  put(workshop.platform, 'apps/shop.yaml', shop(image));
  await shell(workshop.platform, `'${process.execPath}' '${builtSpillway()}' render`);
  await commitAndPush(workshop.platform, 'first');
  return workshop;
}

/** Commits everything and pushes it; returns the commit. */
export async function commitAndPush(clone: string, message: string, branch = 'main'): Promise<string> {
  const author = '-c user.name=dev -c user.email=dev@example.com';
  return shell(
    clone,
    `git add -A && git ${author} commit -qm '${message}' && git push -q origin HEAD:refs/heads/${branch} && git rev-parse HEAD`,
  );
}

/** Runs commands in a folder and returns what they print; rejects where one fails. Git servers of this process can answer meanwhile. */
export async function shell(cwd: string, commands: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-ec', commands], { cwd, env: plainGitEnv });
  return stdout.trim();
}
