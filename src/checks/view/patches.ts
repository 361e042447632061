import type { JsonPatchOperation, ResolvedApp, ResolvedPatch } from '../../model/resolved.js';
import type { KubeObject } from '../../model/kube-object.js';
import { pathParts, type FieldPath } from '../../diagnostic/located.js';
import { map } from './json.js';

/** The parts of a JSON pointer (RFC 6901). */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The last of an app's patches that changed a part of an object, or something that holds it: what to point at then. */
export function patchThatTouches(app: ResolvedApp, object: KubeObject, pointer: string): ResolvedPatch | undefined {
  const parts = pointerParts(pointer);
  return app.patches.findLast(
    ({ target, patch }) =>
      target.kind === object.kind &&
      (target.name === undefined || target.name === object.metadata.name) &&
      (patch.kind === 'merge' ? mergeTouches(patch.value, parts) : operationsTouch(patch.operations, parts)),
  );
}

/** Index of the last JSON patch operation at, above or below a pointer. */
export function operationThatTouches(operations: readonly JsonPatchOperation[], pointer: string): number | undefined {
  const parts = pointerParts(pointer);
  const index = operations.findLastIndex((operation) => operationsTouch([operation], parts));
  return index === -1 ? undefined : index;
}

function operationsTouch(operations: readonly JsonPatchOperation[], parts: readonly string[]): boolean {
  return operations.some(
    ({ op, path, from }) =>
      op !== 'test' && (meet(pointerParts(path), parts) || (from !== undefined && meet(pointerParts(from), parts))),
  );
}

/** Whether one path lies within the other; `-` is the end of a list, so it meets every index. */
function meet(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((part, index) => part === b[index] || part === '-' || b[index] === '-');
}

/** A merge patch replaces lists whole, so whatever is not a map ends the walk. */
function mergeTouches(patch: unknown, parts: readonly string[]): boolean {
  let current = patch;
  for (const part of parts) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return true;
    if (!Object.hasOwn(current, part)) return false;
    current = map(current)[part];
  }
  return true;
}

/** A field path below another one. */
export function below(path: FieldPath, ...more: readonly (string | number)[]): FieldPath {
  return [...pathParts(path), ...more];
}
