import { createColors } from 'picocolors';
import type { FileSpec } from '../layout/file-spec.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { counted } from './report.js';

type Cluster = Pick<ResolvedCluster, 'name' | 'region' | 'apps' | 'gitops'>;

/** What was made for each cluster, and the commands that come next, in order. */
export function nextSteps(
  clusters: readonly Cluster[],
  files: readonly FileSpec[],
  { colour, pathPrefix }: { readonly colour: boolean; readonly pathPrefix: string },
): string {
  const { bold, dim } = createColors(colour);
  const width = Math.max(0, ...clusters.map(({ name }) => name.length));
  const made = clusters.map(({ name, apps }) => {
    const count = files.filter(({ cluster }) => cluster === name).length;
    return `  ${name.padEnd(width)}  ${counted(apps.length, 'app')}, ${counted(count, 'file')}: ${pathPrefix}dist/${name}/, ${pathPrefix}eksctl/${name}.yaml`;
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

/** `--force-conflicts`: the second run, and one after Argo CD took over, must not stop at fields that another manager holds. */
function newCluster({ name, region, gitops }: Cluster, pathPrefix: string): Command[] {
  return [
    [`eksctl create cluster -f ${pathPrefix}eksctl/${name}.yaml`],
    [`aws eks update-kubeconfig --name ${name} --region ${region}`],
    [
      `kubectl apply --server-side --force-conflicts -k ${pathPrefix}dist/${name}/bootstrap`,
      'run it again if it says that kinds are missing: the first run makes them',
    ],
    ...webhookSecret(gitops),
  ];
}

/**
 * Where Argo CD looks for the shared secret of a webhook: key `webhook.github.secret` of argocd-secret (Argo CD 3.5.3,
 * docs/operator-manual/webhook.md). A merge patch leaves the keys that Argo CD made itself.
 */
function webhookSecret({ webhook }: Cluster['gitops']): Command[] {
  if (!webhook) return [];
  const patch = `{"stringData":{"webhook.github.secret":"'"$WEBHOOK_SECRET"'"}}`;
  return [
    [
      'WEBHOOK_SECRET=$(openssl rand -hex 32) && echo "$WEBHOOK_SECRET"',
      `for the webhook at GitHub: https://${webhook.host}/api/webhook, content type application/json`,
    ],
    [`kubectl -n argocd patch secret argocd-secret --type merge -p '${patch}'`],
  ];
}
