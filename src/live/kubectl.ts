import type { Finished, Run } from './run.js';
import { parseObjects } from './json.js';
import type { LiveObject } from './json.js';

/** Which cluster kubectl speaks to; what is left out is kubectl's own choice (KUBECONFIG, current-context, the pod's account). */
export interface Connection {
  readonly context?: string;
  readonly kubeconfig?: string;
}

/** An answer of the cluster, or why there is none: one line, for a person. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** Asks one cluster by kubectl. It only reads. */
export class Kubectl {
  constructor(
    private readonly run: Run,
    private readonly connection: Connection,
  ) {}

  /** Objects as the API server has them; none where the kind is not there yet (its CRD comes with a component). */
  async objects(...args: string[]): Promise<Answer<readonly LiveObject[]>> {
    const answer = await this.text('get', ...args, '--ignore-not-found', '--output=json');
    if (answer.ok) return { ok: true, value: parseObjects(answer.value) };
    return /doesn't have a resource type|no matches for kind/.test(answer.error) ? { ok: true, value: [] } : answer;
  }

  /** What kubectl prints. */
  async text(...args: string[]): Promise<Answer<string>> {
    const finished = await this.run('kubectl', [
      ...connectionFlags(this.connection),
      // A cluster that does not answer must not hold a person for minutes.
      '--request-timeout=20s',
      ...args,
    ]);
    return finished.status === 0 ? { ok: true, value: finished.stdout } : { ok: false, error: kubectlError(finished) };
  }
}

/** kubectl's flags for a connection. */
export function connectionFlags({ context, kubeconfig }: Connection): string[] {
  return [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
  ];
}

/** The line of kubectl's standard error that says what is wrong: the last one, without its prefix; log lines of its libraries come before. */
export function kubectlError({ status, stderr }: Finished): string {
  if (status === 127) return 'there is no kubectl on PATH';
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^[EWI]\d{4} /.test(line));
  const last = lines.findLast((line) => /^error|^Error|refused|Unable/.test(line)) ?? lines.at(-1);
  return (last ?? `kubectl ended with status ${status}`).replace(/^error: /i, '').trim();
}
