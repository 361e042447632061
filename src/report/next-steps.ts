import { createColors } from 'picocolors';
import type { FileSpec } from '../layout/file-spec.js';
import type { Step } from '../live/bootstrap/step.js';
import { counted } from './report.js';

/** A cluster that was rendered, and the steps of its bootstrap. */
export interface NewCluster {
  readonly name: string;
  readonly apps: number;
  readonly steps: readonly Step[];
}

/** What was made for each cluster, and the commands that come next, in order. */
export function nextSteps(
  clusters: readonly NewCluster[],
  files: readonly FileSpec[],
  { colour, pathPrefix }: { readonly colour: boolean; readonly pathPrefix: string },
): string {
  const { bold, dim } = createColors(colour);
  const width = Math.max(0, ...clusters.map(({ name }) => name.length));
  const made = clusters.map(({ name, apps }) => {
    const count = files.filter(({ cluster }) => cluster === name).length;
    return `  ${name.padEnd(width)}  ${counted(apps, 'app')}, ${counted(count, 'file')}: ${pathPrefix}dist/${name}/, ${pathPrefix}eksctl/${name}.yaml`;
  });
  const everyChange: readonly Command[] = [
    [`git diff -- ${pathPrefix}dist ${pathPrefix}eksctl`, 'what a merge would do'],
    [
      ['git add', ...['clusters', 'apps', 'dist', 'eksctl'].map((folder) => pathPrefix + folder), '&& git commit'].join(
        ' ',
      ),
      'specs and result together; Argo CD syncs the branch that it follows',
    ],
  ];
  const commandLines = (commands: readonly Command[]) =>
    commands.flatMap(([command, why]) => [...(why ? [dim(`  # ${why}`)] : []), `  ${command}`]);
  return [
    '',
    bold('Rendered'),
    ...made,
    '',
    bold('Every change'),
    ...commandLines(everyChange),
    ...clusters.flatMap((cluster) => [
      '',
      bold(`A new cluster ${cluster.name}, when dist/ and eksctl/ are pushed`),
      ...commandLines(newCluster(cluster, pathPrefix)),
    ]),
    '',
  ].join('\n');
}

type Command = readonly [command: string, why?: string];

function newCluster({ name, steps }: NewCluster, pathPrefix: string): Command[] {
  const root = pathPrefix === '' ? '' : ` --root ${pathPrefix}`;
  const [create = ''] = steps.find(({ id }) => id === 'cluster')?.commands ?? [];
  return [
    [
      `npx spillway bootstrap ${name}${root}`,
      'says every command, in order, or runs them with --apply. The longest is:',
    ],
    [create],
  ];
}
