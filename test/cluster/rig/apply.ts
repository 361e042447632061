import type { KubectlResult } from './kubectl.js';

/** Whatever runs kubectl as some identity: a Cluster. */
export interface Kubectl {
  readonly tryKubectl: (args: readonly string[], input?: string) => Promise<KubectlResult>;
}

/** What to apply: objects, or paths of files and folders as they are committed. */
export type Manifests = { readonly objects: readonly object[] } | { readonly paths: readonly string[] };

/** How to apply it. */
export interface ApplyOptions {
  /** Every admission and validation, and nothing stored. */
  readonly dryRun?: boolean;
  /** Client-side apply is the default, of kubectl as of Argo CD; CRDs beyond 256 KiB need the server's. */
  readonly serverSide?: boolean;
}

/**
 * Applies manifests with strict field validation (an unknown or duplicate field is an error) and returns the API
 * server's warnings. Through kubectl and not the typed client: that one drops the fields that it does not know, and
 * would so prove another object than the file.
 */
export async function apply(kubectl: Kubectl, manifests: Manifests, options: ApplyOptions = {}): Promise<string[]> {
  const args = ['apply', '--validate=strict'];
  if (options.dryRun === true) args.push('--dry-run=server');
  if (options.serverSide === true) args.push('--server-side', '--force-conflicts');
  const { status, stderr } = await run(kubectl, args, manifests);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')} failed:\n${firstLines(stderr)}`);
  return warningsOf(stderr);
}

/** What `kubectl diff` shows between live and manifests; empty when applying again would change nothing. */
export async function diff(
  kubectl: Kubectl,
  manifests: Manifests,
  { serverSide = false }: Pick<ApplyOptions, 'serverSide'> = {},
): Promise<string> {
  const doubtful = serverSide ? manifests : await withoutUnchanged(kubectl, manifests);
  if (doubtful === undefined) return '';
  const args = serverSide ? ['diff', '--server-side', '--force-conflicts'] : ['diff'];
  const { status, stdout, stderr } = await run(kubectl, args, doubtful);
  if (status > 1) throw new Error(`kubectl diff failed:\n${firstLines(stderr)}`);
  return stdout;
}

/**
 * The manifests that a client-side apply would send something for; undefined when there is none. It spares `kubectl diff`
 * most of them: that one reads the API server's OpenAPI anew for each object, 60 ms of CPU each.
 */
async function withoutUnchanged(kubectl: Kubectl, manifests: Manifests): Promise<Manifests | undefined> {
  const args = ['apply', '--validate=strict', '--dry-run=server', '--openapi-patch=false'];
  const { status, stdout, stderr } = await run(kubectl, args, manifests);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')} failed:\n${firstLines(stderr)}`);
  const isChanged = stdout
    .trim()
    .split('\n')
    .map((line) => !line.endsWith(' unchanged (server dry run)'));
  const items = 'paths' in manifests ? manifests.paths : manifests.objects;
  // One line an object, in their order; a path may be a folder of many.
  if (isChanged.length !== items.length) return manifests;
  if (!isChanged.includes(true)) return undefined;
  return 'paths' in manifests
    ? { paths: manifests.paths.filter((_, i) => isChanged[i]) }
    : { objects: manifests.objects.filter((_, i) => isChanged[i]) };
}

/** Deletes what the manifests name and waits until it is gone; what is not there is fine. */
export async function remove(kubectl: Kubectl, manifests: Manifests): Promise<void> {
  const args = ['delete', '--ignore-not-found', '--wait=true', '--timeout=60s'];
  const { status, stderr } = await run(kubectl, args, manifests);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')} failed:\n${firstLines(stderr)}`);
}

function run(kubectl: Kubectl, args: readonly string[], manifests: Manifests): Promise<KubectlResult> {
  if ('paths' in manifests)
    return kubectl.tryKubectl([...args, '-R', ...manifests.paths.map((path) => `--filename=${path}`)]);
  const list = { apiVersion: 'v1', kind: 'List', items: manifests.objects };
  return kubectl.tryKubectl([...args, '--filename=-'], JSON.stringify(list));
}

/** A folder of mistakes repeats itself; the first ones say it. */
function firstLines(text: string): string {
  const lines = text.trim().split('\n');
  return lines.length > 12
    ? [...lines.slice(0, 12), `… and ${lines.length - 12} more lines`].join('\n')
    : lines.join('\n');
}

/** kubectl prints each `Warning:` header of the API server as a line of its own. */
function warningsOf(stderr: string): string[] {
  return stderr.split('\n').flatMap((line) => (line.startsWith('Warning: ') ? [line.slice('Warning: '.length)] : []));
}
