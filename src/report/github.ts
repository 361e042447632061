import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { counted } from './report.js';
import type { Report, ReportOptions } from './report.js';

const command = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * GitHub Actions' workflow commands, which show as annotations on the pull request's lines. GitHub shows ten of a kind and step:
 * the log has them all. Escapes: actions/toolkit, packages/core/src/command.ts.
 */
export function githubReport(report: Report, { pathPrefix }: ReportOptions): string {
  const lines = report.diagnostics.map((diagnostic) => annotation(diagnostic, pathPrefix));
  const different = (report.changes ?? []).filter(({ kind }) => kind !== 'unchanged');
  if (different.length > 0 && report.applied !== true) {
    const text = `${counted(different.length, 'rendered file')} not up to date: run \`npx spillway render\` and commit the result`;
    const paths = different.slice(0, 10).map(({ path }) => pathPrefix + path);
    lines.push(`::error title=not-rendered::${data([text, ...paths].join('\n'))}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ code, severity, message, hint, at }: Diagnostic, pathPrefix: string): string {
  const place = at
    ? [
        `file=${property(pathPrefix + at.file)}`,
        `line=${at.line}`,
        `col=${at.column}`,
        ...(at.length === undefined ? [] : [`endColumn=${at.column + at.length}`]),
      ]
    : [];
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return `::${command[severity]} ${[...place, `title=${property(code)}`].join(',')}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
