import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import type { FileChange } from '../../src/layout/file-spec.js';
import type { Report, ReportOptions } from '../../src/report/report.js';

export const diagnostics: readonly Diagnostic[] = [
  {
    code: 'unknown-field',
    severity: 'error',
    message: 'there is no field `prot`',
    hint: 'did you mean `port`?',
    at: { file: 'apps/web.yaml', line: 2, column: 1, length: 4 },
  },
  {
    code: 'late-drain',
    severity: 'warning',
    message: '100% late, by 5s',
    at: { file: 'apps/a, b.yaml', line: 9, column: 3 },
  },
  { code: 'root-missing', severity: 'error', message: 'there is no folder x' },
];

export const report: Report = { diagnostics, sources: new Map([['apps/web.yaml', 'name: web\nprot: 80\n']]) };

export const options: ReportOptions = {
  colour: false,
  pathPrefix: '',
  rules: [{ id: 'late-drain', title: 'Drains end in time', why: 'A Spot node is gone after two minutes.' }],
  version: '1.2.3',
};

export function change(kind: FileChange['kind'], path: string, owner = 'app/web'): FileChange {
  const base = { path, cluster: path.split('/')[1] ?? '', owner };
  if (kind === 'create') return { ...base, kind, after: 'a' };
  return kind === 'update' ? { ...base, kind, before: 'b', after: 'a' } : { ...base, kind };
}
