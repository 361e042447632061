import { createColors } from 'picocolors';
import type { FileChange } from '../layout/file-spec.js';
import { counted, countByKind } from './report.js';

/** More lines than this of a cluster are summed up. */
const maximumLines = 12;
const done = { create: 'created', update: 'updated', delete: 'deleted', unchanged: 'unchanged' } as const;

interface Options {
  readonly colour: boolean;
  /** The changes were made; otherwise they are what render would do. */
  readonly applied: boolean;
}

/** What changes on disk, by cluster: after a render by app and component, before one by file. One line where nothing does. */
export function changeSummary(changes: readonly FileChange[], options: Options): string {
  const different = changes.filter(({ kind }) => kind !== 'unchanged');
  const clusters = [...new Set(changes.map(({ cluster }) => cluster))].sort();
  if (different.length === 0)
    return `up to date: ${counted(changes.length, 'file')} of ${counted(clusters.length, 'cluster')}\n`;
  const lines = clusters.flatMap((cluster) => {
    const ofCluster = different.filter((change) => change.cluster === cluster);
    if (ofCluster.length === 0) return [];
    const details = isNew(ofCluster) ? [] : options.applied ? byOwner(ofCluster, options) : byFile(ofCluster);
    return [`${cluster}  ${tally(ofCluster, options)}`, ...shortened(details)];
  });
  const { unchanged } = countByKind(changes);
  const head = options.applied ? [] : ['not up to date; `spillway render` would change:'];
  const foot = unchanged > 0 ? [`${counted(unchanged, 'file')} unchanged`] : [];
  return `${[...head, ...lines, ...foot].join('\n')}\n`;
}

/** Of a cluster that is rendered for the first time, the number says it all. */
function isNew(changes: readonly FileChange[]): boolean {
  return changes.some(({ kind, owner }) => kind === 'create' && owner === 'index');
}

function byOwner(changes: readonly FileChange[], options: Options): string[] {
  const owners = [...new Set(changes.map(({ owner }) => owner))].filter((owner) => owner !== 'index').sort();
  const width = Math.max(0, ...owners.map((owner) => owner.length));
  return owners.map(
    (name) =>
      `  ${name.padEnd(width)}  ${tally(
        changes.filter(({ owner }) => owner === name),
        options,
      )}`,
  );
}

function byFile(changes: readonly FileChange[]): string[] {
  return changes.map(({ kind, path }) => `  ${done[kind]}  ${path}`);
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= maximumLines) return lines;
  return [...lines.slice(0, maximumLines - 1), `  and ${lines.length - maximumLines + 1} more`];
}

function tally(changes: readonly FileChange[], { colour }: Options): string {
  const { green, yellow, red } = createColors(colour);
  const counts = countByKind(changes);
  const paint = { create: green, update: yellow, delete: red };
  return (['create', 'update', 'delete'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => paint[kind](`${counts[kind]} ${done[kind]}`))
    .join(', ');
}
