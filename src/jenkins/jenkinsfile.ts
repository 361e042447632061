import { gitAccess } from '../model/git-access.js';
import { buildCommands, bumpCommands, pushCommands, waitCommands } from './commands.js';
import { block, indented, quoted, sh } from './groovy.js';
import type { PipelineInputs } from './inputs.js';

/** How long everything but the wait may take, in minutes. */
const buildMinutes = 60;

/**
 * The Jenkinsfile of an app's own source repository: a Declarative Pipeline with a closed list of steps and no logic, so that everything
 * that it does can be done by hand with the same commands.
 */
export function jenkinsfile(inputs: PipelineInputs): string {
  return text([
    `// Written by \`spillway pipeline ${inputs.app}\`: write it anew rather than edit it. It holds no logic, its commands do.`,
    '// Plugins, credentials, webhook and permissions: docs/jenkins.md of Spillway.',
    ...pipeline(inputs, { app: quoted(inputs.app), repository: quoted(inputs.image.name), test: quoted(inputs.test) }),
  ]);
}

/**
 * `vars/spillwayApp.groovy` of a shared library: the same pipeline for many apps of one registry and one GitOps repository, which
 * give their names as parameters. One place to change them all.
 */
export function sharedLibrary(inputs: PipelineInputs): string {
  const head = [
    '// Written by `spillway pipeline --shared-library`: vars/spillwayApp.groovy of a shared library. An app calls it by the',
    '// lines that `spillway pipeline APP --library NAME` writes. Plugins, credentials, webhook and permissions: docs/jenkins.md.',
  ];
  const body = pipeline(inputs, {
    app: '"${config.app}"',
    repository: '"${config.repository}"',
    test: '"${config.test}"',
  });
  return text([...head, ...block('def call(Map config)', body)]);
}

/** The Jenkinsfile of an app that uses the shared library. */
export function libraryCall(inputs: PipelineInputs, library: string): string {
  const { app, image, test } = inputs;
  return text([
    `@Library(${quoted(library)}) _`,
    '',
    `spillwayApp(app: ${quoted(app)}, repository: ${quoted(image.name)}, test: ${quoted(test)})`,
  ]);
}

/** What is the app's own, as Groovy says it: a literal, or a parameter of the library. */
interface OfApp {
  readonly app: string;
  readonly repository: string;
  readonly test: string;
}

function pipeline(inputs: PipelineInputs, ofApp: OfApp): string[] {
  return block('pipeline', [
    ...block('agent', [`label ${quoted(inputs.agent)}`]),
    ...block('options', [
      // One build of a branch at a time: an older one must not push after a newer one.
      'disableConcurrentBuilds()',
      // Stage Checkout does it, with retries.
      'skipDefaultCheckout()',
      `timeout(time: ${buildMinutes + (inputs.waitMinutes ?? 0)}, unit: 'MINUTES')`,
      "buildDiscarder(logRotator(numToKeepStr: '50'))",
    ]),
    ...block('triggers', ['githubPush()']),
    ...block('environment', environment(inputs, ofApp)),
    ...block('stages', stages(inputs, ofApp)),
    ...block('post', block('always', ['deleteDir()'])),
  ]);
}

function environment(inputs: PipelineInputs, { app, repository }: OfApp): string[] {
  const { image, gitops, author } = inputs;
  const all: Readonly<Record<string, string>> = {
    SPILLWAY_APP: app,
    SPILLWAY_REPOSITORY: repository,
    SPILLWAY_CLUSTER: quoted(inputs.cluster),
    SPILLWAY_REGISTRY: quoted(image.registry),
    ...(image.ecr ? { ECR_REGION: quoted(image.ecr.region) } : {}),
    GITOPS_REPOSITORY: quoted(gitops.repository),
    GITOPS_BRANCH: quoted(gitops.branch),
    GITOPS_PATH: quoted(gitops.path),
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) => [
        [`GIT_${role}_NAME`, quoted(author.name)],
        [`GIT_${role}_EMAIL`, quoted(author.email)],
      ]),
    ),
    // No daemon and no privileges for buildah: what works in a pod.
    ...(inputs.builder === 'buildah' ? { BUILDAH_ISOLATION: quoted('chroot'), STORAGE_DRIVER: quoted('vfs') } : {}),
  };
  return Object.entries(all).map(([name, value]) => `${name} = ${value}`);
}

function stages(inputs: PipelineInputs, { test }: OfApp): string[] {
  const { credentials, image, waitMinutes } = inputs;
  const registry = image.ecr ? awsBinding(credentials.aws) : [registryBinding(credentials.registry)];
  const git = gitBinding(inputs);
  const kubeconfig = `file(credentialsId: ${quoted(credentials.kubeconfig)}, variable: 'KUBECONFIG')`;
  return [
    ...stage('Checkout', block('retry(3)', ['checkout scm'])),
    ...stage('Build', sh(buildCommands(inputs))),
    ...stage('Test', [`sh ${test}`]),
    ...released(inputs, 'Push', block('retry(3)', withCredentials(registry, sh(pushCommands(inputs))))),
    ...released(inputs, 'Bump', block('retry(3)', withCredentials([...registry, ...git], sh(bumpCommands(inputs))))),
    ...(waitMinutes === undefined
      ? []
      : released(inputs, 'Wait', withCredentials([...git, kubeconfig], sh(waitCommands(inputs, waitMinutes))))),
  ];
}

function stage(name: string, steps: readonly string[], when: readonly string[] = []): string[] {
  return block(`stage(${quoted(name)})`, [...when, ...block('steps', steps)]);
}

/** A stage of the branch that is released; other branches and pull requests end with their tests. */
function released({ branch }: PipelineInputs, name: string, steps: readonly string[]): string[] {
  return stage(name, steps, block('when', [`branch ${quoted(branch)}`]));
}

function withCredentials(bindings: readonly string[], steps: readonly string[]): string[] {
  if (bindings.length === 0) return [...steps];
  if (bindings.length === 1) return block(`withCredentials([${bindings.join('')}])`, steps);
  const list = bindings.map((binding, i) => (i < bindings.length - 1 ? `${binding},` : binding));
  return ['withCredentials([', ...indented(list), ']) {', ...indented(steps), '}'];
}

/** An access key is a user name and a password to Jenkins: no AWS plugin is needed for it. */
function awsBinding(id: string | undefined): string[] {
  if (id === undefined) return [];
  const variables = "usernameVariable: 'AWS_ACCESS_KEY_ID', passwordVariable: 'AWS_SECRET_ACCESS_KEY'";
  return [`usernamePassword(credentialsId: ${quoted(id)}, ${variables})`];
}

function registryBinding(id: string): string {
  const variables = "usernameVariable: 'REGISTRY_USERNAME', passwordVariable: 'REGISTRY_PASSWORD'";
  return `usernamePassword(credentialsId: ${quoted(id)}, ${variables})`;
}

/** The Git plugin hands git the password by GIT_ASKPASS, so that it stands neither in a URL nor in a command. */
function gitBinding({ gitops, credentials }: PipelineInputs): string[] {
  const id = quoted(credentials.gitops);
  switch (gitAccess(gitops.repository)) {
    case 'password':
      return [`gitUsernamePassword(credentialsId: ${id}, gitToolName: 'Default')`];
    case 'key':
      return [`sshUserPrivateKey(credentialsId: ${id}, keyFileVariable: 'GITOPS_KEY')`];
    case 'none':
      return [];
  }
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
