import { countByKind, countBySeverity } from './report.js';
import type { Report, ReportOptions } from './report.js';

/** For programs. Paths are relative to the repository's root; `version` counts changes of this shape. */
export function jsonReport(report: Report, _options: ReportOptions): string {
  const changes = report.changes?.filter(({ kind }) => kind !== 'unchanged');
  const document = {
    version: 1,
    summary: {
      ...countBySeverity(report.diagnostics),
      ...(report.changes ? { files: countByKind(report.changes), applied: report.applied ?? false } : {}),
    },
    diagnostics: report.diagnostics,
    ...(changes ? { changes: changes.map(({ kind, path, cluster, owner }) => ({ kind, path, cluster, owner })) } : {}),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
