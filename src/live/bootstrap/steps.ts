import { credentialStep } from './credential.js';
import type { Step, Target } from './step.js';
import { secretsVariable } from './secret-commands.js';
import { command, kubectlCommand, quoted } from './shell.js';
import { toolText } from './tools.js';

/** Every step of a cluster of this target. */
export function stepsOf(target: Target): Step[] {
  return [
    tools(target),
    repository(target),
    ...(target.existing ? [] : [cluster(target), kubeconfig(target)]),
    argoCdKinds(target),
    credentialStep(target),
    ...(target.secrets.length > 0 ? [secrets(target)] : []),
    argoCd(target),
    ...(target.webhookHost === undefined ? [] : [webhook(target, target.webhookHost)]),
    wait(target),
  ];
}

/** The ClusterConfig, as commands name it. */
export function clusterConfigPath({ pathPrefix, cluster: name }: Target): string {
  return `${pathPrefix}eksctl/${name}.yaml`;
}

/** Folder of what is rendered for the cluster, as commands name it. */
export function renderedFolder({ pathPrefix, cluster: name }: Target): string {
  return `${pathPrefix}dist/${name}`;
}

function tools({ tools: required, existing, accountId }: Target): Step {
  const account = accountId === undefined ? '' : ` of account ${accountId}`;
  return {
    id: 'tools',
    title: 'The tools, and who you are',
    notes: [
      `Needed: ${required.map(toolText).join(', ')}.`,
      ...(existing ? [] : [`AWS credentials${account} that may create a cluster.`]),
    ],
    commands: [
      ...required.map(({ name, versionArgs }) => command(name, ...versionArgs)),
      ...(existing ? [] : ['aws sts get-caller-identity']),
    ],
    onFailure: 'install what is missing, or log in to AWS',
  };
}

function repository({ repository: url, branch }: Target): Step {
  return {
    id: 'repository',
    title: 'The repository that Argo CD will read',
    notes: ['dist/ and eksctl/ must be rendered, committed and pushed there.'],
    commands: [command('git', 'ls-remote', '--exit-code', url, `refs/heads/${branch}`)],
    onFailure: `push branch ${branch} to ${url}, or correct \`gitops\` in the cluster's spec`,
  };
}

function cluster(target: Target): Step {
  const { publicEndpoint } = target;
  const config = clusterConfigPath(target);
  return {
    id: 'cluster',
    title: 'The cluster: about 20 minutes, and AWS bills it from here on',
    notes: publicEndpoint ? [] : ['Its API answers only within the VPC: what follows has to run from there.'],
    commands: [command('eksctl', 'create', 'cluster', '-f', config)],
    onFailure:
      'the events of its CloudFormation stacks say why. To begin anew: ' +
      command('eksctl', 'delete', 'cluster', '-f', config, '--wait'),
  };
}

function kubeconfig({ cluster: name, region, connection }: Target): Step {
  return {
    id: 'kubeconfig',
    title: `A context for it in your kubeconfig: ${connection.context ?? name}`,
    notes: [],
    commands: [
      command(
        ...['aws', 'eks', 'update-kubeconfig', '--name', name, '--region', region],
        ...['--alias', connection.context ?? name],
        ...(connection.kubeconfig === undefined ? [] : ['--kubeconfig', connection.kubeconfig]),
      ),
    ],
    onFailure: 'it needs eks:DescribeCluster on the cluster',
  };
}

const kinds = ['applications', 'applicationsets', 'appprojects'].map((kind) => `${kind}.argoproj.io`);

/** The kinds first, by themselves: who applies all at once is told that there are none of its kind. */
function argoCdKinds(target: Target): Step {
  const { connection, argoCdVersion } = target;
  const kubectl = (...words: string[]) => kubectlCommand(connection, ...words);
  const established = kubectl(
    ...['wait', '--for=condition=established', '--timeout=60s'],
    ...kinds.map((kind) => `crd/${kind}`),
  );
  return {
    id: 'argocd-kinds',
    title: 'The kinds of Argo CD, and its namespace',
    notes: [],
    commands: [
      kubectl(
        ...['apply', '--server-side', '--force-conflicts'],
        ...['-f', `https://raw.githubusercontent.com/argoproj/argo-cd/${argoCdVersion}/manifests/install.yaml`],
        ...['-l', `app.kubernetes.io/name in (${kinds.join(',')})`],
      ),
      // `kubectl wait` fails on a CRD that has no status yet.
      `for attempt in 1 2 3 4 5; do ${established} && break; sleep 2; done`,
      kubectl(
        'apply',
        '--server-side',
        '--force-conflicts',
        '-f',
        `${renderedFolder(target)}/bootstrap/Namespace-argocd.yaml`,
      ),
    ],
    onFailure: 'can this machine reach the cluster and raw.githubusercontent.com?',
  };
}

function secrets({ secrets: declared }: Target): Step {
  return {
    id: 'secrets',
    title: 'The Secrets that the specs declare and nothing in Git makes',
    notes: [
      `${secretsVariable} names a folder with a file for each value: namespace/secret/key. Leave out Secrets that something else brings, such as External Secrets.`,
      ...declared.map(
        ({ namespace, name, keys, source, apps }) =>
          `${namespace}/${name} with ${keys.join(', ')}, for ${apps.join(', ')}: ${source}`,
      ),
    ],
    // The commands of a namespace are the same for each of its Secrets.
    commands: [...new Set(declared.flatMap(({ commands }) => commands))],
    onFailure: `each value is a file: $${secretsVariable}/<namespace>/<secret>/<key>`,
  };
}

function argoCd(target: Target): Step {
  return {
    id: 'argocd',
    title: 'Argo CD and the root Applications: from here on it syncs what is in Git, itself included',
    notes: [],
    commands: [
      // The second run, and one after Argo CD took over, must not stop at fields that another manager holds.
      kubectlCommand(
        target.connection,
        ...['apply', '--server-side', '--force-conflicts', '-k', `${renderedFolder(target)}/bootstrap`],
      ),
    ],
    onFailure: 'can this machine reach the cluster and raw.githubusercontent.com?',
  };
}

/**
 * Where Argo CD looks for the shared secret of a webhook: key `webhook.github.secret` of argocd-secret (Argo CD 3.5.3,
 * docs/operator-manual/webhook.md). A merge patch leaves the keys that Argo CD made itself.
 */
function webhook({ connection }: Target, host: string): Step {
  const patch = kubectlCommand(
    connection,
    ...['-n', 'argocd', 'patch', 'secret', 'argocd-secret', '--type', 'merge', '--patch-file', '/dev/stdin'],
  );
  return {
    id: 'webhook',
    title: 'The shared secret of the webhook',
    notes: [
      `Make one, such as by openssl rand -hex 32, put it into WEBHOOK_SECRET here, and enter it at GitHub: https://${host}/api/webhook, content type application/json.`,
      'Without it Argo CD asks Git every two to three minutes.',
    ],
    commands: [
      `test -n "$WEBHOOK_SECRET" && printf '{"stringData":{"webhook.github.secret":"%s"}}' "$WEBHOOK_SECRET" |\n  ${patch}`,
    ],
    onFailure: 'put the secret into $WEBHOOK_SECRET',
  };
}

function wait({ cluster: name, connection, pathPrefix }: Target): Step {
  const root = pathPrefix === '' ? [] : ['--root', pathPrefix.replace(/(?<=.)\/$/, '')];
  return {
    id: 'wait',
    title: 'Until all of it is Synced and Healthy',
    notes: [],
    commands: [
      [
        'npx spillway status',
        quoted(name),
        command(...root, ...connectionFlagsOf(connection), '--wait', '--timeout', '30m'),
      ].join(' '),
    ],
    onFailure: `\`npx spillway status ${name}\` says what is not; the rest goes on by itself`,
  };
}

function connectionFlagsOf({ context, kubeconfig: file }: Target['connection']): string[] {
  return [
    ...(context === undefined ? [] : ['--context', context]),
    ...(file === undefined ? [] : ['--kubeconfig', file]),
  ];
}
