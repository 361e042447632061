import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Report, ReportOptions, Rule } from './report.js';

const level = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0 (OASIS, 2020), which GitHub's code scanning and editors read. Codes without a rule are mistakes in a spec. */
export function sarifReport(report: Report, { pathPrefix, rules, version }: ReportOptions): string {
  const listed = allRules(report.diagnostics, rules);
  const indexOf = new Map(listed.map(({ id }, index) => [id, index]));
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'spillway',
            version,
            rules: listed.map(({ id, title, why }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: indexOf.get(diagnostic.code),
          level: level[diagnostic.severity],
          message: {
            text: diagnostic.hint === undefined ? diagnostic.message : `${diagnostic.message}\n${diagnostic.hint}`,
          },
          ...(diagnostic.at ? { locations: [location(diagnostic.at, pathPrefix)] } : {}),
        })),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function allRules(diagnostics: readonly Diagnostic[], rules: readonly Rule[]): Rule[] {
  const known = new Set(rules.map(({ id }) => id));
  const others = [...new Set(diagnostics.map(({ code }) => code))].filter((code) => !known.has(code)).sort();
  return [
    ...rules,
    ...others.map((id) => ({ id, title: id, why: 'What is written cannot be rendered as it stands.' })),
  ];
}

function location({ file, line, column, length }: NonNullable<Diagnostic['at']>, pathPrefix: string): unknown {
  return {
    physicalLocation: {
      artifactLocation: { uri: (pathPrefix + file).split('/').map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column, ...(length === undefined ? {} : { endColumn: column + length }) },
    },
  };
}
