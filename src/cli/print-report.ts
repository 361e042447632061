import { relative, resolve, sep } from 'node:path';
import type { Report, ReportOptions, Rule } from '../report/report.js';
import { reporters } from '../report/reporters.js';
import type { ReportFormat } from '../report/reporters.js';
import type { Context } from './context.js';
import { version } from './version.js';

/** Prints a report to stdout, in the format that was asked for. */
export async function printReport({ root, terminal }: Context, report: Report, format: ReportFormat): Promise<void> {
  const reporter = await reporters[format]();
  const options: ReportOptions = {
    colour: terminal.colour,
    pathPrefix: pathPrefix(root),
    rules: format === 'sarif' ? await allRules() : [],
    version,
  };
  terminal.out(reporter(report, options));
}

/** What to put before a path of the repository so that it can be clicked: '' or 'some/folder/'; absolute where it lies elsewhere. */
export function pathPrefix(root: string): string {
  const way = relative(process.cwd(), resolve(root));
  const folder = (way.startsWith('..') ? resolve(root) : way).split(sep).join('/');
  return folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
}

async function allRules(): Promise<readonly Rule[]> {
  return (await import('../checks/registry.js')).checks;
}
