import { gitAccess } from '../model/git-access.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { ResolvedApp, ResolvedCluster } from '../model/resolved.js';
import { imageRepository, type ImageRepository } from './image-repository.js';
import type { PipelineInputs } from './inputs.js';

/** What a person may say of a pipeline beside the specs, as they wrote it. */
export interface PipelineOptions {
  readonly imageRepository?: string;
  readonly builder: 'docker' | 'buildah';
  readonly dockerfile: string;
  readonly context: string;
  readonly test: string;
  readonly branch: string;
  readonly agent: string;
  /** `Name <mail address>`. */
  readonly author: string;
  readonly gitopsCredentials: string;
  readonly registryCredentials: string;
  readonly awsCredentials?: string;
  readonly kubeconfigCredentials?: string;
  readonly wait?: boolean;
  /** Such as `30m`. */
  readonly waitTimeout: string;
  /** Name of the shared library that is called. */
  readonly library?: string;
}

export interface PipelinePlan {
  /** Absent where a diagnostic is an error. */
  readonly inputs?: PipelineInputs;
  readonly diagnostics: readonly Diagnostic[];
}

const authorPattern = /^(?<name>[\w.,'’() -]+?) *<(?<email>[\w.+-]+@[\w.-]+)>$/;

/** An option's value must be safe in a shell's double quotes and mean what it says: what it may be, in a pattern and in words. */
const rules: readonly [option: keyof PipelineOptions, flag: string, pattern: RegExp, words: string][] = [
  ['dockerfile', '--dockerfile', /^(?!.*\.\.)\w[\w./-]*$/, 'a path in the app’s own repository, such as Dockerfile'],
  ['context', '--context', /^(?!.*\.\.)[\w.][\w./-]*$/, 'a folder of the app’s own repository, such as .'],
  ['branch', '--branch', /^\w[\w./-]*$/, 'the name of a branch'],
  ['agent', '--agent', /^\w[\w.-]*$/, 'one label of Jenkins agents'],
  ['author', '--author', authorPattern, 'a name and a mail address: Jenkins <jenkins@acme.example>'],
  ['test', '--test', /^[^\n\r]*\S[^\n\r]*$/, 'a command on one line'],
  ['gitopsCredentials', '--gitops-credentials', /^[\w.-]+$/, 'the id of Jenkins credentials'],
  ['registryCredentials', '--registry-credentials', /^[\w.-]+$/, 'the id of Jenkins credentials'],
  ['awsCredentials', '--aws-credentials', /^[\w.-]+$/, 'the id of Jenkins credentials'],
  ['kubeconfigCredentials', '--kubeconfig-credentials', /^[\w.-]+$/, 'the id of Jenkins credentials'],
  ['waitTimeout', '--wait-timeout', /^[1-9]\d{0,3}[mh]$/, 'minutes or hours, such as 30m'],
  ['library', '--library', /^[\w.-]+(@[\w./-]+)?$/, 'the name of a shared library, with @VERSION or without'],
];

/** What the specs and the options together say of an app's pipeline. A registry that is not ECR is a warning: less is known of it. */
export function planPipeline(app: ResolvedApp, cluster: ResolvedCluster, options: PipelineOptions): PipelinePlan {
  const wrong = rules.flatMap(([option, flag, pattern, words]) => {
    const value = options[option];
    return typeof value === 'string' && !pattern.test(value) ? [invalidOption(`\`${flag}\``, value, words)] : [];
  });
  const reference = options.imageRepository ?? app.container.image;
  const image = imageRepository(reference);
  if (image === undefined) {
    const flag = options.imageRepository === undefined ? `the image of ${app.name}` : '`--image-repository`';
    wrong.push(invalidOption(flag, reference, 'a repository that images can be pushed to'));
  }
  if (image === undefined || wrong.length > 0) return { diagnostics: wrong };
  const { repository, branch, pathPrefix } = cluster.gitops;
  const { name = '', email = '' } = authorPattern.exec(options.author)?.groups ?? {};
  return {
    inputs: {
      app: app.name,
      cluster: cluster.name,
      image,
      gitops: { repository, branch, path: pathPrefix === '' ? '.' : pathPrefix.replace(/\/$/, '') },
      branch: options.branch,
      builder: options.builder,
      dockerfile: options.dockerfile,
      context: options.context,
      test: options.test,
      agent: options.agent,
      author: { name, email },
      credentials: {
        gitops: options.gitopsCredentials,
        registry: options.registryCredentials,
        ...(options.awsCredentials === undefined ? {} : { aws: options.awsCredentials }),
        kubeconfig: options.kubeconfigCredentials ?? `kubeconfig-${cluster.name}`,
      },
      ...(options.wait === true ? { waitMinutes: minutes(options.waitTimeout) } : {}),
    },
    diagnostics: [...aboutRegistry(image, options), ...aboutRepository(repository)],
  };
}

function invalidOption(what: string, value: string, words: string): Diagnostic {
  return { code: 'invalid-option', severity: 'error', message: `${what} is ${JSON.stringify(value)}, not ${words}` };
}

function aboutRegistry(image: ImageRepository, { registryCredentials }: PipelineOptions): Diagnostic[] {
  if (image.ecr) return [];
  return [
    {
      code: 'pipeline-registry',
      severity: 'warning',
      message: `${image.registry} is not Amazon ECR: the pipeline logs in with the Jenkins credentials ${registryCredentials}, and nobody asks whether images are scanned`,
      hint: 'for ECR: --image-repository ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME',
    },
  ];
}

function aboutRepository(repository: string): Diagnostic[] {
  if (gitAccess(repository) !== 'none') return [];
  return [
    {
      code: 'pipeline-repository',
      severity: 'warning',
      message: `the GitOps repository ${repository} is a folder of one machine: agents elsewhere cannot reach it`,
      hint: 'set gitops.repository to a URL that agents and Argo CD can read',
    },
  ];
}

function minutes(duration: string): number {
  return Number.parseInt(duration, 10) * (duration.endsWith('h') ? 60 : 1);
}
