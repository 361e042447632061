import { createColors } from 'picocolors';
import type { ApplicationStatus, AppStatus, ClusterStatus, State } from '../live/status.js';
import type { LiveCanary, LiveWorkload } from '../live/workload.js';
import { clipped, printable } from './plain-text.js';
import { counted } from './report.js';

interface Options {
  readonly colour: boolean;
}

/** Columns of a row, as they are printed without colour. */
type Row = readonly [name: string, sync: string, health: string, release: string, image: string];

const head: Row = ['APP', 'SYNC', 'HEALTH', 'RELEASE', 'IMAGE'];

/** Longer messages are for `--format json`. */
const maximumProblem = 300;

/** What is live on a cluster: a row for each app, then whatever of the platform is not well, and what a person has to bring. */
export function statusTable(status: ClusterStatus, { colour }: Options): string {
  const { bold, dim } = createColors(colour);
  const rows = status.apps.map(appRow);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: Row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  const lines = status.apps.flatMap((app, i) => {
    const [name = '', ...rest] = line(rows[i] ?? head);
    return [`${painted(app.state, name, colour)}  ${rest.join('  ')}`.trimEnd(), ...problemLines(app.problems, colour)];
  });
  return [
    ...(rows.length > 0 ? [bold(line(head).join('  ').trimEnd()), ...lines, ''] : []),
    ...platformLines(status.platform, colour),
    ...secretLines(status, colour),
    ...(status.unknownApps.length > 0 ? [`In none of these specs: ${status.unknownApps.join(', ')}`] : []),
    ...status.unread.map((reason) => dim(`Not looked at: ${printable(reason)}`)),
    '',
  ].join('\n');
}

/** The same for programs, nothing shortened; `watch` wants it on one line. */
export function statusJson(status: ClusterStatus, { oneLine }: { readonly oneLine: boolean }): string {
  return `${JSON.stringify({ version: 1, ...status }, null, oneLine ? 0 : 2)}\n`;
}

function appRow({ name, sync, health, workload, images }: AppStatus): Row {
  return [name, sync, health, workload ? releaseText(workload) : '–', imageText(images, workload)].map(
    printable,
  ) as unknown as Row;
}

function releaseText({ phase, pods, canary, message, kind }: LiveWorkload): string {
  if (kind === 'CronJob') return message ?? 'cron job';
  if (phase === 'failed') return message?.startsWith('RolloutAborted') ? 'aborted' : 'failed';
  const running = pods ? `${pods.available} of ${counted(pods.wanted, 'pod')}` : '';
  if (canary) return `${canaryText(canary)}, ${running}`;
  return phase === 'released' ? running : `${running}, ${pods?.updated ?? 0} new`;
}

function canaryText({ weightPercent, step, steps, pause, pausedSince, analysis }: LiveCanary): string {
  const since = pausedSince === undefined ? '' : ` since ${pausedSince.replace(/^.*T|Z$/g, '')} UTC`;
  const paused = {
    timed: `, paused${since}`,
    'until-promoted': `, paused${since} until promoted`,
    inconclusive: ', paused: analysis inconclusive',
  } as const;
  const measured = analysis === undefined || pause !== undefined ? '' : `, analysis ${analysis}`;
  return `canary ${weightPercent} %, step ${step} of ${steps}${pause ? paused[pause] : ''}${measured}`;
}

/** `podinfo:6.9.2 → 6.9.3`: what serves, and what is on its way. */
function imageText({ rendered, live, stable }: AppStatus['images'], workload: LiveWorkload | undefined): string {
  if (live === undefined) return rendered === undefined ? '–' : `${shortImage(rendered)} (not there yet)`;
  const change =
    stable === undefined
      ? shortImage(live)
      : workload?.phase === 'failed'
        ? `${shortImage(stable)} (${versionBeside(live, stable)} failed)`
        : `${shortImage(stable)} → ${versionBeside(live, stable)}`;
  return rendered === undefined || rendered === live
    ? change
    : `${change} (specs: ${versionBeside(rendered, stable ?? live)})`;
}

/** Repository's last part and tag; a digest only where there is no tag. */
function shortImage(image: string): string {
  const last = image.slice(image.lastIndexOf('/', image.indexOf('@') === -1 ? image.length : image.indexOf('@')) + 1);
  const [name = '', digest] = last.split('@');
  return digest === undefined || name.includes(':') ? name : `${name}@${digest.slice(0, 15)}`;
}

/** The tag alone, beside an image of the same repository. */
function versionBeside(image: string, other: string): string {
  const [short, beside] = [shortImage(image), shortImage(other)];
  const colon = short.indexOf(':');
  return colon !== -1 && beside.startsWith(short.slice(0, colon + 1)) ? short.slice(colon + 1) : short;
}

function problemLines(problems: readonly string[], colour: boolean): string[] {
  const { red } = createColors(colour);
  return problems.map((problem) => red(`  ${clipped(printable(problem.replaceAll(/\s+/g, ' ')), maximumProblem)}`));
}

function platformLines(platform: readonly ApplicationStatus[], colour: boolean): string[] {
  if (platform.length === 0) return [];
  const sick = platform.filter(({ state }) => state !== 'good');
  const good = `Platform: ${platform.length - sick.length} of ${counted(platform.length, 'Application')} Synced and Healthy`;
  const width = Math.max(0, ...sick.map(({ name }) => name.length));
  return [
    good,
    ...sick.flatMap(({ name, state, sync, health, problems }) => [
      `  ${painted(state, name.padEnd(width), colour)}  ${sync}  ${health}`,
      ...problemLines(problems, colour).map((line) => `  ${line}`),
    ]),
  ];
}

function secretLines({ missingSecrets }: ClusterStatus, colour: boolean): string[] {
  if (missingSecrets.length === 0) return [];
  const { bold } = createColors(colour);
  return [
    '',
    bold('Missing Secrets'),
    ...missingSecrets.map(({ namespace, name, missingKeys, absent, source, apps }) =>
      printable(
        `  ${namespace}/${name}  ${absent ? '' : 'lacks '}${missingKeys.join(', ')}  from: ${source}  for: ${apps.join(', ')}`,
      ),
    ),
  ];
}

function painted(state: State, text: string, colour: boolean): string {
  const { green, yellow, cyan, red } = createColors(colour);
  return { good: green, moving: cyan, waiting: yellow, failed: red }[state](text);
}
