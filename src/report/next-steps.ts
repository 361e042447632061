import { createColors } from 'picocolors';
import type { FileSpec } from '../layout/file-spec.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { counted } from './report.js';

/** What was made for each cluster, and the commands that come next, in order. */
export function nextSteps(
  clusters: readonly Pick<ResolvedCluster, 'name' | 'region' | 'apps'>[],
  files: readonly FileSpec[],
  { colour, pathPrefix }: { readonly colour: boolean; readonly pathPrefix: string },
): string {
  const { bold, dim } = createColors(colour);
  const width = Math.max(0, ...clusters.map(({ name }) => name.length));
  const made = clusters.map(({ name, apps }) => {
    const count = files.filter(({ cluster }) => cluster === name).length;
    return `  ${name.padEnd(width)}  ${counted(apps.length, 'app')}, ${counted(count, 'file')}: ${pathPrefix}dist/${name}/, ${pathPrefix}eksctl/${name}.yaml`;
  });
  const newCluster = clusters.flatMap(({ name, region }) => [
    '',
    bold(`A new cluster ${name}`),
    `  eksctl create cluster -f ${pathPrefix}eksctl/${name}.yaml`,
    `  aws eks update-kubeconfig --name ${name} --region ${region}`,
    `  kubectl apply --server-side -k ${pathPrefix}dist/${name}/bootstrap  ${dim('# again, if it says that kinds are missing: the first run makes them')}`,
  ]);
  return [
    '',
    bold('Rendered'),
    ...made,
    '',
    bold('Every change'),
    `  git diff -- ${pathPrefix}dist ${pathPrefix}eksctl     ${dim('# what a merge would do')}`,
    `  git add ${pathPrefix}dist ${pathPrefix}eksctl && git commit  ${dim('# with the specs; Argo CD syncs the branch that it follows')}`,
    ...newCluster,
    '',
  ].join('\n');
}
