import { createColors } from 'picocolors';
import type { ExplainedField, Origin } from '../model/origin.js';
import { clipped, printable } from './plain-text.js';

/** Fields of one app on one cluster. */
export interface Explanation {
  readonly app: string;
  readonly cluster: string;
  readonly fields: readonly ExplainedField[];
}

/** A table of field, value and origin for each cluster; columns as wide as their content, values clipped. */
export function explainTable(
  explanations: readonly Explanation[],
  options: { readonly colour: boolean; readonly pathPrefix: string },
): string {
  const { bold, dim, cyan } = createColors(options.colour);
  return explanations
    .map(({ app, cluster, fields }) => {
      const rows = fields.map(({ path, value, origin }) => ({
        field: printable(path),
        value: clipped(printable(shownValue(value)), 48),
        origin:
          value === null && origin.kind === 'default' ? 'not set' : printable(originText(origin, options.pathPrefix)),
        written: origin.kind === 'written',
      }));
      const fieldWidth = Math.max(0, ...rows.map(({ field }) => field.length));
      const valueWidth = Math.max(0, ...rows.map(({ value }) => value.length));
      const lines = rows.map(({ field, value, origin, written }) =>
        `  ${field.padEnd(fieldWidth)}  ${cyan(value.padEnd(valueWidth))}  ${written ? bold(origin) : dim(origin)}`.trimEnd(),
      );
      return [bold(`${app} on ${cluster}`), ...lines, ''].join('\n');
    })
    .join('\n');
}

/** The same for programs, with values as they are. */
export function explainJson(explanations: readonly Explanation[]): string {
  return `${JSON.stringify(explanations, null, 2)}\n`;
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function originText(origin: Origin, pathPrefix: string): string {
  if (origin.kind === 'written') return `${pathPrefix}${origin.at.file}:${origin.at.line}:${origin.at.column}`;
  return origin.why === undefined ? 'default' : `default: ${origin.why}`;
}
