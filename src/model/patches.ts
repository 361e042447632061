import { closest } from '../diagnostic/closest.js';
import type { Diagnostic, Position } from '../diagnostic/diagnostic.js';
import { applyJsonPatch } from './json-patch.js';
import { inKeyOrder } from './key-order.js';
import type { KubeObject } from './kube-object.js';
import { mergePatch } from './merge-patch.js';
import type { ResolvedCluster, ResolvedPatch } from './resolved.js';

/**
 * An app's rendered objects after the patches of its spec, in their order; each patch sees what the ones before it did. A patch that
 * finds no object, or more than one, that cannot be applied, or that would make another object of it, is an error and changes nothing.
 */
export function applyPatches(
  objects: readonly KubeObject[],
  patches: readonly ResolvedPatch[],
): { objects: KubeObject[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const patched = [...objects];
  for (const patch of patches) {
    const result = applyPatch(patched, patch);
    if ('code' in result) diagnostics.push(result);
    else patched[result.index] = result.object;
  }
  return { objects: patched, diagnostics };
}

function applyPatch(
  objects: readonly KubeObject[],
  { target, patch, at }: ResolvedPatch,
): Diagnostic | { index: number; object: KubeObject } {
  const matches = objects.filter(
    ({ kind, metadata }) => kind === target.kind && (target.name === undefined || metadata.name === target.name),
  );
  const [object] = matches;
  if (object === undefined) return noTarget(objects, target, at);
  if (matches.length > 1) return severalTargets(matches, target, at);

  const result =
    patch.kind === 'merge' ? { document: mergePatch(object, patch.value) } : applyJsonPatch(object, patch.operations);
  if ('reason' in result) return failed(describe(object), result, at);
  if (!isSameObject(object, result.document)) return otherObject(object, at);
  return { index: objects.indexOf(object), object: inKeyOrder(result.document) };
}

function describe({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

function noTarget(objects: readonly KubeObject[], { kind, name }: ResolvedPatch['target'], at: Position): Diagnostic {
  const guess =
    name === undefined
      ? closest(kind, new Set(objects.map((object) => object.kind)))
      : closest(`${kind}/${name}`, objects.map(describe));
  return {
    code: 'patch-without-target',
    severity: 'error',
    message: `no object ${name === undefined ? `of kind ${kind}` : `${kind}/${name}`} is rendered for this app`,
    hint: `${guess === undefined ? '' : `did you mean ${guess}? `}its objects are ${objects.map(describe).sort().join(', ')}`,
    at,
  };
}

function severalTargets(matches: readonly KubeObject[], { kind }: ResolvedPatch['target'], at: Position): Diagnostic {
  return {
    code: 'patch-with-several-targets',
    severity: 'error',
    message: `${matches.length} objects of kind ${kind} are rendered for this app, and the patch names none of them`,
    hint: `add the name of one to \`target\`: ${matches
      .map(({ metadata }) => metadata.name)
      .sort()
      .join(', ')}`,
    at,
  };
}

function failed(
  what: string,
  { failedOperation, reason }: { failedOperation: number; reason: string },
  at: Position,
): Diagnostic {
  return {
    code: 'patch-fails',
    severity: 'error',
    message: `operation ${failedOperation + 1} of the patch cannot be applied to ${what}: ${reason}`,
    hint: 'look at the rendered file; a list is addressed by number, and / in a name is written ~1',
    at,
  };
}

function isSameObject(before: KubeObject, after: unknown): after is KubeObject {
  const isMap = (value: unknown): value is Partial<KubeObject> => typeof value === 'object' && value !== null;
  if (!isMap(after) || !isMap(after.metadata)) return false;
  return (
    after.apiVersion === before.apiVersion &&
    after.kind === before.kind &&
    after.metadata.name === before.metadata.name &&
    after.metadata.namespace === before.metadata.namespace
  );
}

function otherObject(object: KubeObject, at: Position): Diagnostic {
  return {
    code: 'patch-changes-identity',
    severity: 'error',
    message: `the patch changes apiVersion, kind, name or namespace of ${describe(object)}`,
    hint: 'what other objects refer to stays; add an object of your own under `manifests:`',
    at,
  };
}

/** The ClusterConfig after the patches of the cluster spec; one operation that cannot be applied is an error and leaves it as it was. */
export function patchClusterConfig(
  config: Readonly<Record<string, unknown>>,
  cluster: Pick<ResolvedCluster, 'eksctlPatches' | 'provenance' | 'name' | 'region'>,
): { config: Readonly<Record<string, unknown>>; diagnostics: Diagnostic[] } {
  const at = (operation: number) => cluster.provenance.at(['eksctl', 'patches', operation]);
  const result = applyJsonPatch(config, cluster.eksctlPatches);
  if ('reason' in result)
    return { config, diagnostics: [failed('the ClusterConfig', result, at(result.failedOperation))] };
  const metadata = metadataOf(result.document);
  if (metadata?.['name'] === cluster.name && metadata['region'] === cluster.region)
    return { config: result.document as Readonly<Record<string, unknown>>, diagnostics: [] };
  return {
    config,
    diagnostics: [
      {
        code: 'patch-changes-identity',
        severity: 'error',
        message: 'a patch changes the name or the region of the ClusterConfig',
        hint: 'change `name` or `region` of the cluster spec',
        at: cluster.provenance.at('eksctl.patches'),
      },
    ],
  };
}

function metadataOf(config: unknown): Readonly<Record<string, unknown>> | undefined {
  const { metadata } = (config ?? {}) as { metadata?: Readonly<Record<string, unknown>> };
  return metadata;
}
