import { Argument, Command, CommanderError, Option } from 'commander';
import { reportFormats } from '../report/reporters.js';
import type { Context } from './context.js';
import { exitCode } from './exit-code.js';
import type { ExitCode } from './exit-code.js';
import { processTerminal } from './terminal.js';
import { version } from './version.js';

type Action<Options> = (context: Context, options: Options, ...args: string[]) => Promise<ExitCode>;

/** Parses the arguments and runs the command that they name. Rejects for our own bugs only. `terminalOf` is told whether to have no colour. */
export async function runProgram(args: readonly string[], terminalOf = processTerminal): Promise<ExitCode> {
  let result: ExitCode = exitCode.good;
  try {
    await buildProgram((code) => (result = code), terminalOf).parseAsync(args, { from: 'user' });
    return result;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // commander has printed its message, or the help that was asked for.
    return error.exitCode === 0 ? exitCode.good : exitCode.misuse;
  }
}

/** The command tree. Each command's code is loaded when it runs, so that --help is fast. */
export function buildProgram(finish: (code: ExitCode) => void, terminalOf = processTerminal): Command {
  const program = new Command('spillway')
    .description(
      'Renders clusters/*.yaml and apps/*.yaml to everything that an Amazon EKS platform needs: dist/ and eksctl/.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .option('--root <dir>', 'the repository: the folder that holds clusters/ and apps/', '.')
    .option('--no-color', 'no colour (also: NO_COLOR=1)')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(`spillway --help` shows the commands, `spillway COMMAND --help` one of them)')
    .helpCommand(false)
    .exitOverride();

  const action =
    <Options>(load: () => Promise<Action<Options>>) =>
    async (...received: unknown[]) => {
      const command = received.at(-1) as Command;
      const { root, color } = program.opts<{ root: string; color: boolean }>();
      const run = await load();
      finish(
        await run(
          { root, terminal: terminalOf(!color), program },
          command.opts<Record<string, unknown>>() as Options,
          ...command.args,
        ),
      );
    };
  const cluster = () => new Option('--cluster <name>', 'only this cluster');
  const format = () => new Option('--format <format>', 'how to report').choices(reportFormats).default('human');
  const strict = () => new Option('--strict', 'warnings fail too');

  program
    .command('render')
    .description('write dist/ and eksctl/ from the specs; nothing is written when there is an error')
    .addOption(cluster())
    .option('--check', 'write nothing, fail where the files are not up to date')
    .addOption(strict())
    .addOption(format())
    .option('--next-steps', 'say what to do with the result')
    .addHelpText('after', '\nExamples:\n  spillway render\n  spillway render --check --format github')
    .action(action(async () => (await import('./commands/render.js')).render));

  program
    .command('check')
    .description('say everything that can be said without writing')
    .addOption(cluster())
    .addOption(strict())
    .addOption(format())
    .addHelpText('after', '\nExamples:\n  spillway check\n  spillway check --strict --format sarif > spillway.sarif')
    .action(action(async () => (await import('./commands/check.js')).check));

  program
    .command('explain')
    .description('show the resolved values of an app, and where each came from')
    .argument('<app>', 'name of the app')
    .argument('[field]', 'only this field and those below it, such as scale, env.LOG_LEVEL or volumes[0].path')
    .addOption(cluster())
    .addOption(new Option('--format <format>', 'how to report').choices(['human', 'json']).default('human'))
    .addHelpText('after', '\nExamples:\n  spillway explain podinfo\n  spillway explain podinfo scale --cluster prod')
    .action(action(async () => (await import('./commands/explain.js')).explain));

  program
    .command('init')
    .description('start a repository: a cluster spec and the schemas for editors')
    .requiredOption('--region <region>', 'AWS region of the cluster')
    .requiredOption('--repository <url>', 'Git repository that Argo CD will read: this one')
    .option('--name <name>', 'name of the cluster', 'prod')
    .addHelpText(
      'after',
      '\nExamples:\n  spillway init --region us-east-1 --repository https://github.com/acme/platform.git',
    )
    .action(action(async () => (await import('./commands/init.js')).init));

  program
    .command('new')
    .description('write the first lines of a spec')
    .helpCommand(false)
    .command('app')
    .description('a new app, on every cluster')
    .argument('<name>', 'name of the app')
    .requiredOption('--image <image>', 'image, with a version in its tag')
    .option('--port <port>', 'port that it listens on; without one it is a worker')
    .addHelpText('after', '\nExamples:\n  spillway new app shop --image ghcr.io/acme/shop:1.4.2 --port 8080')
    .action(action(async () => (await import('./commands/new-app.js')).newApp));

  const delivered = (command: Command) =>
    command
      .option('--push', 'onto the branch that Argo CD follows, tried again where somebody else was faster')
      .option(
        '--pull-request',
        'push a branch of its own and open a pull request (with GITHUB_TOKEN; else its address)',
      )
      .option('--allow-older', 'on purpose: an older build than the last one')
      .option('--remote <name>', 'remote to push to (default: origin)')
      .option('--branch <name>', 'branch to push to (default: gitops.branch of the cluster)')
      .option('--retry-for <duration>', 'with --push: for how long', '5m');

  delivered(
    program
      .command('bump')
      .description(
        'put a new image on a cluster: one line of the spec, rendered and committed with what follows from it',
      )
      .argument('<app>', 'name of the app')
      .requiredOption('--image <ref>', 'the new image, with a version in its tag')
      .option('--cluster <name>', 'where it goes (default: delivery.bumps of the app)')
      .option('--build <number>', 'number of the build: an older one than the last is left out, without an error')
      .option('--source-commit <id>', 'commit of the app’s source, for the trailers of the commit')
      .option(
        '--digest',
        'ask the registry which digest the tag has, and pin it; no commit where it has no such image',
      ),
  )
    .addHelpText(
      'after',
      '\nWithout --push and --pull-request the commit is made on the checked-out branch. With one of them it is made on top of' +
        '\nwhat the remote has, in a temporary folder, and the checkout stays as it is. Uncommitted changes are refused always.' +
        '\n\nExamples:\n  spillway bump shop --image ghcr.io/acme/shop:1.4.3 --cluster staging' +
        '\n  spillway bump shop --image ghcr.io/acme/shop:1.4.3 --digest --build 42 --source-commit 3f2a1bc --push',
    )
    .action(action(async () => (await import('./commands/bump.js')).bump));

  delivered(
    program
      .command('promote')
      .description('put the image that one cluster has on another one, with its digest and build number')
      .argument('<app>', 'name of the app')
      .requiredOption('--from <cluster>', 'cluster that has it')
      .requiredOption('--to <cluster>', 'cluster that gets it'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  spillway promote shop --from staging --to prod --push' +
        '\n  spillway promote shop --from staging --to prod --pull-request',
    )
    .action(action(async () => (await import('./commands/promote.js')).promote));

  program
    .command('pipeline')
    .description('print a Jenkinsfile for an app: from a push to its source to the new version in its spec here')
    .argument('<app>', 'name of the app')
    .option('--cluster <name>', 'cluster whose spec new builds change (default: delivery.bumps, or the only one)')
    .option('--image-repository <ref>', 'where images are pushed to (default: the repository of the app’s image)')
    .addOption(new Option('--builder <tool>', 'what builds the image').choices(['docker', 'buildah']).default('docker'))
    .option('--dockerfile <path>', 'in the app’s own repository', 'Dockerfile')
    .option('--context <dir>', 'folder that the image is built from', '.')
    .option('--test <command>', 'what tests the app', 'make test')
    .option('--branch <name>', 'branch of the app’s own repository that is released', 'main')
    .option('--agent <label>', 'agents that have the tools', 'spillway')
    .option('--author <author>', 'who commits to this repository', 'Jenkins <jenkins@localhost>')
    .option('--gitops-credentials <id>', 'Jenkins credentials that may push to this repository', 'gitops')
    .option('--registry-credentials <id>', 'Jenkins credentials of a registry that is not ECR', 'registry')
    .option('--aws-credentials <id>', 'Jenkins credentials of an AWS access key (default: the agent’s own role)')
    .option('--wait', 'a last stage that waits until the release is healthy, and fails where it was rolled back')
    .option('--wait-timeout <duration>', 'how long that may take', '30m')
    .option('--kubeconfig-credentials <id>', 'Jenkins credentials of its kubeconfig (default: kubeconfig-CLUSTER)')
    .option('--shared-library', 'print vars/spillwayApp.groovy, which holds the pipeline for many apps')
    .option('--library <name>', 'print the Jenkinsfile that calls the shared library of this name')
    .addHelpText(
      'after',
      '\nExamples:\n  spillway pipeline podinfo --cluster staging > ../podinfo/Jenkinsfile' +
        '\n  spillway pipeline podinfo --cluster staging --shared-library > ../jenkins-library/vars/spillwayApp.groovy' +
        '\n  spillway pipeline podinfo --cluster staging --library acme > ../podinfo/Jenkinsfile',
    )
    .action(action(async () => (await import('./commands/pipeline.js')).pipeline));

  const context = () => new Option('--context <name>', 'context of the kubeconfig (default: the current one)');
  const kubeconfig = () => new Option('--kubeconfig <file>', 'kubeconfig (default: as kubectl finds it)');

  program
    .command('bootstrap')
    .description('print every command from nothing to a syncing cluster, in order; with --apply run them')
    .argument('<cluster>', 'name of the cluster')
    .option('--apply', 'run them, each unless it is done already, up to the first that fails')
    .option('--yes', 'do not ask before a production cluster is made')
    .option('--timeout <duration>', 'with --apply: how long to wait until all is healthy', '30m')
    .option('--context <name>', 'context of a cluster that exists: eksctl and aws are left out')
    .addOption(kubeconfig())
    .addOption(new Option('--format <format>', 'how to report').choices(['human', 'json']).default('human'))
    .addHelpText(
      'after',
      '\nSecrets are taken from the environment or from files, by name: GIT_TOKEN or GIT_SSH_KEY_FILE for a private' +
        '\nrepository, WEBHOOK_SECRET, and SECRETS, a folder with <namespace>/<secret>/<key>. None is ever printed.' +
        '\n\nExamples:\n  spillway bootstrap prod\n  spillway bootstrap prod --apply' +
        '\n  spillway bootstrap prod --context made-by-pulumi --apply --yes',
    )
    .action(action(async () => (await import('./commands/bootstrap.js')).bootstrap));

  program
    .command('status')
    .description('show what is live: sync, health, canary step and image of each app, and what is missing')
    .argument('<cluster>', 'name of the cluster')
    .option('--app <name>', 'only this app')
    .option('--wait', 'until what is rendered is live and healthy; fails where it is rolled back')
    .option('--timeout <duration>', 'with --wait: how long', '30m')
    .option('--watch', 'again and again, until interrupted')
    .option('--interval <duration>', 'with --wait and --watch: how often to look', '5s')
    .addOption(context())
    .addOption(kubeconfig())
    .addOption(new Option('--format <format>', 'how to report').choices(['human', 'json']).default('human'))
    .addHelpText(
      'after',
      '\nIt asks by kubectl, and only reads: of Secrets their names and keys. Exit code 1 says that something has failed.' +
        '\n\nExamples:\n  spillway status prod\n  spillway status prod --context prod --watch' +
        '\n  spillway status prod --app podinfo --wait --timeout 30m',
    )
    .action(action(async () => (await import('./commands/status.js')).status));

  program
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      '\nExamples:\n  source <(spillway completion bash)\n  spillway completion fish > ~/.config/fish/completions/spillway.fish',
    )
    .action(action(async () => (await import('./commands/completion.js')).completion));

  return program;
}
