import { createColors } from 'picocolors';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { changeSummary } from './changes.js';
import { excerpt } from './excerpt.js';
import { printable } from './plain-text.js';
import { counted, countBySeverity } from './report.js';
import type { Report, ReportOptions } from './report.js';

type Colours = ReturnType<typeof createColors>;

/** For people: each diagnostic with its place, the line that is meant and what to do; then the changes, then the counts. */
export function humanReport(report: Report, options: ReportOptions): string {
  const colours = createColors(options.colour);
  const blocks = report.diagnostics.map((diagnostic) => block(diagnostic, report.sources, options, colours));
  const changes = report.changes
    ? changeSummary(report.changes, { colour: options.colour, applied: report.applied ?? false })
    : '';
  return [...blocks, [changes, countLine(report.diagnostics, colours)].filter(Boolean).join('')]
    .filter(Boolean)
    .join('\n');
}

function block(
  diagnostic: Diagnostic,
  sources: Report['sources'],
  { pathPrefix }: ReportOptions,
  colours: Colours,
): string {
  const { at, code, severity, message, hint } = diagnostic;
  const paint = { error: colours.red, warning: colours.yellow, info: colours.cyan }[severity];
  const place = at ? `${colours.bold(`${pathPrefix}${printable(at.file)}:${at.line}:${at.column}`)}  ` : '';
  const lines = [`${place}${paint(severity)}  ${printable(message)}  ${colours.dim(`[${code}]`)}`];

  const text = at && sources.get(at.file);
  const shown = text === undefined || !at ? undefined : excerpt(text, at);
  if (shown && at) {
    const number = String(at.line);
    lines.push(`  ${colours.dim(`${number} |`)} ${shown.line}`);
    lines.push(`  ${colours.dim(`${' '.repeat(number.length)} |`)} ${paint(shown.carets)}`);
  }
  if (hint !== undefined)
    lines.push(`  ${colours.green('hint:')} ${hint.split('\n').map(printable).join('\n        ')}`);
  return `${lines.join('\n')}\n`;
}

function countLine(diagnostics: readonly Diagnostic[], colours: Colours): string {
  const { error, warning, info } = countBySeverity(diagnostics);
  const parts = [
    error > 0 && colours.red(counted(error, 'error')),
    warning > 0 && colours.yellow(counted(warning, 'warning')),
    info > 0 && colours.cyan(counted(info, 'remark')),
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join(', ')}\n` : '';
}
