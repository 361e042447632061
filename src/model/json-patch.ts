import { applyOperation, deepClone, type Operation } from 'fast-json-patch';
import type { JsonPatchOperation } from './resolved.js';

/** The document after a JSON patch (RFC 6902), or which operation could not be applied, counted from 0, and why. */
export type JsonPatchResult =
  { readonly document: unknown } | { readonly failedOperation: number; readonly reason: string };

/** Applies a JSON patch, all of it or nothing. Neither argument is changed. */
export function applyJsonPatch(document: unknown, operations: readonly JsonPatchOperation[]): JsonPatchResult {
  // The library puts the values of a patch into the document as they are, where later operations change them: work on copies.
  let patched: unknown = deepClone(document);
  for (const [index, operation] of (deepClone(operations) as readonly JsonPatchOperation[]).entries()) {
    const own = refusal(operation);
    if (own !== undefined) return { failedOperation: index, reason: own };
    try {
      patched = applyOperation(patched, operation as Operation, true).newDocument;
    } catch (error) {
      return { failedOperation: index, reason: explain(operation, error) };
    }
  }
  return { document: patched };
}

const inheritedNames = new Set(['__proto__', 'constructor', 'prototype']);

/** What the library would take and must not: it finds names that every JavaScript object inherits. */
function refusal({ path, from }: JsonPatchOperation): string | undefined {
  const names = [path, from ?? ''].flatMap((pointer) => pointer.split('/'));
  const inherited = names.find((name) => inheritedNames.has(name));
  return inherited === undefined ? undefined : `no Kubernetes object has a field ${inherited}`;
}

const reasons: Readonly<Record<string, (operation: JsonPatchOperation) => string>> = {
  OPERATION_PATH_UNRESOLVABLE: ({ path }) => `there is nothing at ${path}`,
  OPERATION_PATH_CANNOT_ADD: ({ path }) => `there is nothing above ${path} to add it to`,
  OPERATION_FROM_UNRESOLVABLE: ({ from }) => `there is nothing at ${from ?? ''}`,
  OPERATION_FROM_REQUIRED: ({ op }) => `${op} needs a \`from\``,
  OPERATION_VALUE_REQUIRED: ({ op }) => `${op} needs a \`value\``,
  OPERATION_PATH_ILLEGAL_ARRAY_INDEX: ({ path }) => `${path} leads through a list, where a number or - must stand`,
  OPERATION_VALUE_OUT_OF_BOUNDS: ({ path }) => `the list at ${path} is shorter than that`,
  TEST_OPERATION_FAILED: ({ path }) => `${path} holds another value than the one tested for`,
};

function explain(operation: JsonPatchOperation, error: unknown): string {
  if (!(error instanceof Error)) throw error;
  return reasons[error.name]?.(operation) ?? `${operation.op} ${operation.path} cannot be applied`;
}
