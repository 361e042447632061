import { listAt, numberAt, textAt } from './json.js';
import type { LiveObject } from './json.js';

/**
 * What an Argo CD Application says of itself. Fields and words: ApplicationStatus of argo-cd v3.5.3
 * (pkg/apis/application/v1alpha1/types.go).
 */
export interface LiveApplication {
  readonly name: string;
  readonly project: string;
  /** Synced, OutOfSync or Unknown. */
  readonly sync: string;
  /** Healthy, Progressing, Suspended, Degraded, Missing or Unknown. */
  readonly health: string;
  /** Commit that it was compared with. */
  readonly revision?: string;
  readonly source: { readonly repository?: string; readonly path?: string; readonly branch?: string };
  /** What keeps it from being compared or synced, without the layers of wrapping around it. */
  readonly errors: readonly string[];
  /** The sync that is under way or was the last. */
  readonly operation?: {
    /** Running, Terminating, Succeeded, Failed or Error. */
    readonly phase: string;
    readonly message?: string;
    readonly revision?: string;
    readonly retries: number;
  };
}

/** Reads an Application; times and everything that nobody asks for are left out. */
export function readApplication(object: LiveObject): LiveApplication {
  const revision = textAt(object, 'status', 'sync', 'revision');
  const sync = textAt(object, 'status', 'sync', 'status') ?? 'Unknown';
  const operation = readOperation(object);
  return {
    name: textAt(object, 'metadata', 'name') ?? '',
    project: textAt(object, 'spec', 'project') ?? '',
    sync,
    health: textAt(object, 'status', 'health', 'status') ?? 'Unknown',
    ...(revision !== undefined && { revision }),
    source: readSource(object),
    errors: [...conditionErrors(object), ...operationErrors(sync, operation)],
    ...(operation && { operation }),
  };
}

function readSource(object: LiveObject): LiveApplication['source'] {
  const [repository, path, branch] = ['repoURL', 'path', 'targetRevision'].map((key) =>
    textAt(object, 'spec', 'source', key),
  );
  return {
    ...(repository !== undefined && { repository }),
    ...(path !== undefined && { path }),
    ...(branch !== undefined && { branch }),
  };
}

function readOperation(object: LiveObject): LiveApplication['operation'] {
  const state = ['status', 'operationState'];
  const phase = textAt(object, ...state, 'phase');
  if (phase === undefined) return undefined;
  const message = textAt(object, ...state, 'message');
  const revision =
    textAt(object, ...state, 'syncResult', 'revision') ?? textAt(object, ...state, 'operation', 'sync', 'revision');
  return {
    phase,
    ...(message !== undefined && { message }),
    ...(revision !== undefined && { revision }),
    retries: numberAt(object, ...state, 'retryCount'),
  };
}

/** Conditions that end in `Error`; those that end in `Warning` hold nothing up. */
function conditionErrors(object: LiveObject): string[] {
  return listAt(object, 'status', 'conditions').flatMap((condition) => {
    const type = textAt(condition, 'type') ?? '';
    return type.endsWith('Error') ? [`${type}: ${unwrapped(textAt(condition, 'message') ?? '')}`] : [];
  });
}

/**
 * A failed sync stays in the status until the next one: of an Application that is Synced it is history. One that is tried again is still
 * Running, and only its message says that it failed.
 */
function operationErrors(sync: string, operation: LiveApplication['operation']): string[] {
  if (operation?.message === undefined || sync === 'Synced') return [];
  const failed = operation.phase === 'Failed' || operation.phase === 'Error';
  return failed || operation.retries > 0 ? [`sync failed: ${unwrapped(operation.message)}`] : [];
}

/** What Argo CD's repository server, or whoever it asked, said in the end; without the time of the next attempt, which always differs. */
function unwrapped(message: string): string {
  return message
    .replace(/^.*rpc error: code = \w+ desc = /s, '')
    .replace(/\.? Retrying attempt #\d+ .*$/s, '')
    .trim();
}
