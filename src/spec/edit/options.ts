import type { Diagnostic, Position } from '../../diagnostic/diagnostic.js';
import type { PositionTree } from '../read/positions.js';

/**
 * The diagnostics of a text that was made of a command's options and is not on disk: each names the option that it is about,
 * as the person wrote it, and none has a place, for there is no file to look into. `options` are by the field that holds them,
 * such as `{ 'gitops.repository': '--repository' }`.
 */
export function aboutOptions(
  diagnostics: readonly Diagnostic[],
  positions: PositionTree,
  options: Readonly<Record<string, string>>,
): Diagnostic[] {
  const places = Object.entries(options).flatMap(([field, option]) => {
    const at = placeOf(positions, field.split('.'));
    return at === undefined ? [] : [{ field, option, at }];
  });
  const told = diagnostics.map(({ at, ...diagnostic }) => {
    const about = places.find(({ at: place }) => place.line === at?.line && place.column === at.column);
    return { diagnostic, about };
  });
  const wrong = new Set(
    told.flatMap(({ diagnostic, about }) => (about && diagnostic.code === 'invalid-value' ? [about] : [])),
  );
  return told.flatMap(({ diagnostic, about }): Diagnostic[] => {
    if (about === undefined) return [diagnostic];
    // The file would be called as the option says: that both differ follows from a name that is none.
    if (diagnostic.code === 'name-not-file' && wrong.has(about)) return [];
    return [{ ...diagnostic, message: aboutOption(diagnostic.message, about.field, about.option) }];
  });
}

function placeOf(positions: PositionTree, path: readonly string[]): Position | undefined {
  let node: PositionTree | undefined = positions;
  for (const part of path) node = node?.children.get(part);
  return node?.at;
}

function aboutOption(message: string, field: string, option: string): string {
  const subject = `\`${field}\``;
  return message.startsWith(subject) ? `\`${option}\`${message.slice(subject.length)}` : `\`${option}\`: ${message}`;
}
