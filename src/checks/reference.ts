import type { Check } from './check.js';
import { topics } from './registry.js';

/** A code of another room, for the second half of docs/checks.md. */
export interface DiagnosticCode {
  readonly code: string;
  /** What is wrong, in a few words. */
  readonly title: string;
}

/** What `run.ts` itself says about the lines under `silence:`. */
const ofSilence: readonly DiagnosticCode[] = [
  { code: 'unknown-check', title: 'a line under `silence:` names no check' },
  { code: 'essential-check', title: 'a line under `silence:` names a check that cannot be silenced' },
  { code: 'unused-silence', title: 'a line under `silence:` silences nothing (info)' },
];

const intro = `# Checks

<!-- Generated from src/checks/registry.ts by \`npm run generate\`: edit it there. -->

\`spillway check\` and \`spillway render\` hold these invariants over everything that a cluster's specs become: the rendered
objects with their patches, raw manifests and the ClusterConfig. An **error** will not work or loses data or traffic, and nothing is
written; a **warning** is a risk; an **info** is a fact worth knowing.

A check is silenced where it is wrong, with the reason, in the spec that it speaks of. In an app's spec the line holds for that app,
in a cluster's spec for the whole cluster:

\`\`\`yaml
silence:
  single-pod: a batch importer; being away for a minute is fine
\`\`\`
`;

function section(title: string, rows: readonly string[]): string {
  return `\n## ${title}\n\n${rows.join('\n\n')}\n`;
}

function entry({ id, severity, essential, title, why }: Check): string {
  const firm = essential === true ? ', cannot be silenced' : '';
  return `### ${id}\n\n**${severity}**${firm}: ${title}.\n${why}`;
}

/** The text of docs/checks.md: every check with its reason, then the codes that are about the form of a spec. */
export function checksReference(others: readonly DiagnosticCode[] = []): string {
  const codes = [...ofSilence, ...others].map(({ code, title }) => `- \`${code}\`: ${title}`);
  return [
    intro,
    ...topics.map(({ title, checks }) => section(title, checks.map(entry))),
    `\n## Codes that are no checks\n\nThese are about specs themselves; they cannot be silenced.\n\n${codes.join('\n')}\n`,
  ].join('');
}
