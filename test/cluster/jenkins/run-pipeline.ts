import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { atTheEnd } from '../rig/ending.js';
import { groovyCommand } from './groovy.js';

/** Credentials as Jenkins' store holds them, by id; which parts are there decides what can be bound. */
export type Credentials = Readonly<
  Record<
    string,
    | { readonly username: string; readonly password: string }
    | { readonly file: string }
    | { readonly privateKey: string }
  >
>;

/** One build of one branch of a multibranch pipeline. */
export interface PipelineRun {
  readonly jenkinsfile: string;
  /** Variables of shared libraries: name → text of vars/<name>.groovy. */
  readonly libraries?: Readonly<Record<string, string>>;
  /** What `checkout scm` gets; the branch's head where there is no commit. */
  readonly scm: {
    readonly url: string;
    readonly branch: string;
    readonly commit?: string;
    readonly credentialsId?: string;
  };
  readonly buildNumber: number;
  readonly jobName: string;
  readonly credentials: Credentials;
  /** The agent: its whole environment, and what to put before the command that starts it (agent.ts). */
  readonly agent: { readonly environment: Readonly<Record<string, string>>; readonly prefix: readonly string[] };
  /** Where the workspace, the logs and the outcome lie. The workspace stays for the next build, as Jenkins' does. */
  readonly folder: string;
}

export interface StageOutcome {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'not-run';
  readonly seconds?: number;
}

export interface PipelineOutcome {
  readonly result: 'SUCCESS' | 'FAILURE' | 'ABORTED';
  /** What was not on the closed list; then nothing was run. */
  readonly refused?: string;
  readonly stages: readonly StageOutcome[];
  readonly agent?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly triggers?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** As Jenkins shows it, secrets masked. */
  readonly log: string;
  /** The same before anything was masked: a secret in here would be a leak that only masking hides. */
  readonly rawLog: string;
}

/**
 * Parses a Jenkinsfile and runs its stages with the Groovy that Jenkins embeds, `sh` as a real shell. Rejects only where the harness itself
 * fails: what the pipeline does wrong is in the outcome. Ends with the signal, or with this process.
 */
export async function runPipeline(run: PipelineRun, signal?: AbortSignal): Promise<PipelineOutcome> {
  const { folder, agent, scm } = run;
  const path = (name: string) => join(folder, name);
  mkdirSync(folder, { recursive: true });
  const config = {
    jenkinsfile: run.jenkinsfile,
    libraries: run.libraries ?? {},
    scm,
    branch: scm.branch,
    buildNumber: run.buildNumber,
    jobName: run.jobName,
    credentials: run.credentials,
    environment: agent.environment,
    workspace: path('workspace'),
    log: path('build.log'),
    rawLog: path('build.raw.log'),
    outcome: path('outcome.json'),
  };
  writeFileSync(path('build.json'), JSON.stringify(config), { mode: 0o600 });
  const { status, stderr } = await ended(
    [...agent.prefix, ...groovyCommand('main.groovy', path('build.json'))],
    folder,
    agent.environment,
    signal,
  );
  if (status !== 0) throw new Error(`the pipeline harness ended with ${String(status)}:\n${stderr}`);
  const outcome = JSON.parse(readFileSync(path('outcome.json'), 'utf8')) as Omit<PipelineOutcome, 'log' | 'rawLog'>;
  return {
    ...outcome,
    log: readFileSync(path('build.log'), 'utf8'),
    rawLog: readFileSync(path('build.raw.log'), 'utf8'),
  };
}

function ended(
  [file = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<{ status: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    const kill = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const forget = atTheEnd(kill);
    signal?.addEventListener('abort', kill, { once: true });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (status) => {
      forget();
      resolve({ status, stderr });
    });
  });
}
