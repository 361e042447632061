import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';

/** What tests read of an Application of Argo CD (v1alpha1). */
export interface Application {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly project: string;
    readonly syncPolicy?: { readonly syncOptions?: readonly string[] };
  };
  readonly status?: {
    readonly reconciledAt?: string;
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly operationState?: Operation;
    readonly history?: readonly {
      readonly id: number;
      readonly revision?: string;
      readonly deployStartedAt?: string;
      readonly deployedAt: string;
    }[];
    readonly resources?: readonly ManagedResource[];
  };
}

/** The last operation of an Application; times are RFC 3339, in whole seconds. */
export interface Operation {
  readonly phase: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly syncResult?: {
    readonly revision?: string;
    readonly resources?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly status?: string;
      readonly message?: string;
    }[];
  };
}

/** An object as its Application sees it. */
export interface ManagedResource {
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status?: string;
  readonly health?: { readonly status?: string; readonly message?: string };
}

const KIND = 'applications.argoproj.io';

/** Every Application. */
export async function applications(cluster: Cluster): Promise<Application[]> {
  return (await cluster.get(KIND, '--namespace=argocd')) as unknown as Application[];
}

/** One Application, or undefined. */
export async function application(cluster: Cluster, name: string): Promise<Application | undefined> {
  return (await applications(cluster)).find(({ metadata }) => metadata.name === name);
}

/** One line of everything that people ask of an Application. */
export function describeApplication({ metadata, status }: Application): string {
  const { sync, health, operationState, conditions = [], resources = [] } = status ?? {};
  const bad = resources.filter(
    (it) => it.status === 'OutOfSync' || !['Healthy', undefined].includes(it.health?.status),
  );
  return [
    `${metadata.name}: ${sync?.status ?? '-'}/${health?.status ?? '-'}/${operationState?.phase ?? '-'} ${operationState?.message ?? ''}`,
    ...conditions.map(({ type, message }) => `  ${type}: ${message}`),
    ...bad.map(
      (it) => `  ${it.kind}/${it.name}: ${it.status ?? '-'} ${it.health?.status ?? '-'} ${it.health?.message ?? ''}`,
    ),
  ].join('\n');
}

/** Whether it is Synced and Healthy. */
export function isGood({ status }: Application): boolean {
  return status?.sync?.status === 'Synced' && status.health?.status === 'Healthy';
}

/**
 * Waits until exactly these Applications are there, all of them Synced and Healthy, and no sync of theirs runs any more.
 * @param revision the commit at which all of them must be, where one has just been pushed: until then they are as good as they were
 */
export async function waitForAllGood(
  cluster: Cluster,
  names: readonly string[],
  timeoutMs: number,
  revision?: string,
): Promise<Application[]> {
  return waitFor(
    `${names.length} Applications to be Synced and Healthy`,
    async () => {
      const found = await applications(cluster);
      const missing = names.filter((name) => !found.some(({ metadata }) => metadata.name === name));
      const isThere = (it: Application): boolean => revision === undefined || it.status?.sync?.revision === revision;
      const bad = found.filter((it) => !isGood(it) || !isThere(it) || it.status?.operationState?.phase === 'Running');
      if (found.length === names.length && missing.length + bad.length === 0) return found;
      throw new Error(
        `${found.length} Applications; missing: ${missing.join(', ')}\n${bad.map(describeApplication).join('\n')}`,
      );
    },
    { timeoutMs, intervalMs: 500 },
  );
}

/** Waits until an Application has synced this commit, whatever its health. */
export async function waitForSynced(
  cluster: Cluster,
  name: string,
  revision: string,
  timeoutMs = 180_000,
): Promise<Application> {
  return waitFor(
    `Application ${name} to be Synced at ${revision.slice(0, 7)}`,
    async () => {
      const found = await application(cluster, name);
      if (found === undefined) throw new Error('there is no such Application');
      const { sync } = found.status ?? {};
      if (sync?.status === 'Synced' && sync.revision === revision) return found;
      throw new Error(`at ${sync?.revision?.slice(0, 7) ?? 'no commit'}\n${describeApplication(found)}`);
    },
    { timeoutMs },
  );
}
