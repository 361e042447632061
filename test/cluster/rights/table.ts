import type { Request } from './audit.js';
import { covers, inWords } from './grants.js';
import type { Binding, Grant } from './grants.js';
import { answersFor } from './judge.js';
import type { Reason } from './judge.js';

/** The listing as Markdown: what each bound service account asked for and through which binding, then what nobody asked for and why it is rendered. */
export function rightsTable(input: {
  readonly grants: readonly Grant[];
  readonly bindings: readonly Binding[];
  readonly requests: readonly Request[];
  readonly reasons: readonly Reason[];
}): string {
  const { grants, bindings, requests, reasons } = input;
  const accounts = [...new Set(bindings.flatMap(({ serviceAccounts }) => serviceAccounts))].sort();
  const unseen = grants.filter((grant) => !requests.some((request) => request.allowed && covers(grant, request)));
  return [
    ...accounts.flatMap((account) => [
      `## ${account}\n`,
      ...table(
        ['resource', 'verbs', 'allowed by'],
        askedFor(requests.filter(({ serviceAccount }) => serviceAccount === account)),
      ),
    ]),
    '## Not seen in this run\n',
    ...table(['role', 'rights', 'why they are rendered', 'source'], byReason(unseen, reasons)),
  ].join('\n');
}

/** [resource, verbs, binding] with the verbs of one resource through one binding on one line; names are left out. */
function askedFor(requests: readonly Request[]): string[][] {
  const lines = new Map<string, { resource: string; by: string; verbs: Set<string> }>();
  for (const request of requests) {
    const [, resource = ''] = inWords({ ...request, name: undefined }).split(' ');
    const by = request.allowed ? request.binding : '(refused)';
    const line = lines.get(`${resource} ${by}`) ?? { resource, by, verbs: new Set() };
    line.verbs.add(request.verb);
    lines.set(`${resource} ${by}`, line);
  }
  return [...lines.values()]
    .sort((a, b) => a.resource.localeCompare(b.resource) || a.by.localeCompare(b.by))
    .map(({ resource, by, verbs }) => [resource, [...verbs].sort().join(', '), by]);
}

/** [role, rights, why, source], the rights of one role and one reason on one line. */
function byReason(grants: readonly Grant[], reasons: readonly Reason[]): string[][] {
  const lines = new Map<string, { role: string; rights: string[]; reason: Reason | undefined }>();
  for (const grant of grants) {
    const reason = reasons.find((it) => answersFor(it, grant));
    const key = `${grant.role} ${String(reasons.findIndex((it) => it === reason))}`;
    const line = lines.get(key) ?? { role: grant.role, rights: [], reason };
    line.rights.push(inWords(grant));
    lines.set(key, line);
  }
  return [...lines.values()].map(({ role, rights, reason }) => [
    role,
    reason?.rights === 'all' && reason.when === 'unseen' ? 'all' : rights.join(', '),
    reason?.why ?? 'NO REASON',
    reason?.source ?? '',
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
