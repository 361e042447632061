import type { z } from 'zod';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { PositionTree, Written } from '../read/positions.js';
import { isRefused, keyPositionAt, positionAt } from './path.js';
import { problemsOf, type Problem } from './problems.js';

/** The diagnostics of problems; none about what reading has refused already. */
export function diagnose(problems: readonly Problem[], positions: PositionTree): Diagnostic[] {
  return problems
    .filter(({ path }) => !isRefused(positions, path))
    .map(({ code, severity, message, hint, path, on }): Diagnostic => ({
      code,
      severity: severity ?? 'error',
      message,
      ...(hint === undefined ? {} : { hint }),
      at: on === 'key' ? keyPositionAt(positions, path) : positionAt(positions, path),
    }));
}

export interface Validated<T> {
  /** Undefined where there are problems. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** What the schema makes of a written value, or everything that is wrong with it. */
export function validate<T>(schema: z.ZodType<T>, written: Written): Validated<T> {
  const result = schema.safeParse(written.value);
  return result.success
    ? { value: result.data, problems: [] }
    : { value: undefined, problems: problemsOf(schema, written.value) };
}
