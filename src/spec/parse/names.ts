import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { SourceDoc } from '../read/source.js';

/** `prod` of clusters/prod.yaml. */
export function stem(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}

/** The name that a source gives itself, or that of its file where it gives none. */
export function nameOf(source: SourceDoc): string {
  const name = source.value?.['name'];
  return typeof name === 'string' ? name : stem(source.file);
}

/** Names that differ from the file's, and names that several files have. */
export function nameDiagnostics(kind: 'cluster' | 'app', sources: readonly SourceDoc[]): Diagnostic[] {
  return sources.flatMap((source): Diagnostic[] => {
    const name = source.value?.['name'];
    const at = source.positions.children.get('name')?.at;
    if (typeof name !== 'string' || at === undefined) return [];
    const expected = stem(source.file);
    const others = sources.filter((other) => other !== source && nameOf(other) === name);
    if (others.length > 0) {
      return [
        {
          code: `duplicate-${kind}`,
          severity: 'error',
          message: `${kind === 'app' ? 'an app' : 'a cluster'} called \`${name}\` is also in ${others.map(({ file }) => file).join(' and ')}`,
          hint: 'give each a name of its own, the one of its file',
          at,
        },
      ];
    }
    if (name === expected) return [];
    return [
      {
        code: 'name-not-file',
        severity: 'error',
        message: `\`name\` must be "${expected}", as the file is called, not "${name}"`,
        hint: 'change the name, or rename the file',
        at,
      },
    ];
  });
}
