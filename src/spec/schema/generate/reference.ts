import { appSpec } from '../app.js';
import { clusterSpec } from '../cluster.js';
import type { FieldDoc } from '../field.js';
import { examples, type Example } from './examples.js';
import { sectionsOf, type FieldRow, type Section } from './field-docs.js';

/** Text that is safe in a table's cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
}

function code(value: unknown): string {
  const text = typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);
  return `\`${text}\``;
}

function standing(row: FieldRow): string {
  if (row.presence === 'required') return '**required**';
  if (row.presence === 'one-of') return '*one of these*';
  if (row.doc?.defaultText !== undefined) return cell(row.doc.defaultText);
  return row.doc !== undefined && 'default' in row.doc ? code(row.doc.default) : '';
}

function meaning(doc: FieldDoc | undefined): string {
  if (doc === undefined) return '';
  const why = doc.why === undefined ? '' : ` *Why: ${doc.why}.*`;
  const shown = (doc.examples ?? []).map((example) =>
    typeof example === 'string' ? code(example) : code(JSON.stringify(example)),
  );
  const such = shown.length === 0 ? '' : ` For example ${shown.join(', ')}.`;
  return cell(`${doc.description}${such}${why}`);
}

function table(rows: readonly FieldRow[]): string {
  const lines = rows.map((row) => `| \`${row.name}\` | ${cell(row.type)} | ${standing(row)} | ${meaning(row.doc)} |`);
  return ['| field | type | default | meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function section({ path, alsoAt, rows }: Section): string {
  const same = alsoAt.length === 0 ? '' : `The same at ${alsoAt.map((other) => `\`${other}\``).join(', ')}.\n\n`;
  return `### \`${path}\`\n\n${same}${table(rows)}\n`;
}

function chapter(title: string, introduction: string, sections: readonly Section[]): string {
  const [top, ...below] = sections;
  return [`## ${title}\n`, `${introduction}\n`, `${table(top?.rows ?? [])}\n`, ...below.map(section)].join('\n');
}

function exampleText({ title, text }: Example): string {
  return `${title}:\n\n\`\`\`yaml\n${text}\`\`\`\n`;
}

const introduction = `# What a spec may say

<!-- Written by \`npm run generate\` from the schemas in src/spec/schema. Do not edit. -->

A repository holds one file for each cluster, \`clusters/<name>.yaml\`, and one for each app, \`apps/<name>.yaml\`. Nearly
everything has a default; \`spillway explain APP\` shows each value, where it comes from and why.

- A **duration** is \`90s\`, \`5m\` or \`1h30m\`; a **share** is \`10%\`; CPU is \`250m\` or \`1.5\`; memory has a unit, \`256Mi\`.
- Files are YAML 1.2, without anything that two readers could understand differently: \`yes\`, \`on\`, \`012\`, \`1.30\`, \`12:30\` and
  dates must stand in quotes. Each key stands once, a file is one document of at most 1 MiB, and tabs do not indent.
- \`null\` means that a field is left out: in an override it takes away what the base has; anywhere else it is a warning.
- An image has a version in its tag, or a digest. A tag that moves (\`latest\`, \`main\`, \`stable\`), or none, is a warning.
- Specs lie directly in \`clusters/\` and \`apps/\`; YAML in folders below is a warning unless an app names it under \`manifests:\`.
- The comment in the first line lets editors complete and check the file with the JSON Schemas in \`schemas/\`.
`;

const overrides = `One file holds an app for all its clusters. \`clusters\` names them, each with what differs there: maps merge, lists and
scalars replace, and \`null\` takes a field away. Every field may differ but \`name\` and \`kind\`. An app that names no cluster is
rendered nowhere.
`;

/** docs/spec.md: every field of both specs with its type, default and reason. */
export function specReference(): string {
  const of = (kind: Example['kind']) => examples.filter((example) => example.kind === kind).map(exampleText);
  return [
    introduction,
    '## Examples\n',
    ...of('cluster'),
    ...of('app'),
    chapter('Apps', overrides, sectionsOf(appSpec)),
    chapter('Clusters', 'One file a cluster.', sectionsOf(clusterSpec)),
  ].join('\n');
}
