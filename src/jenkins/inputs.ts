import type { ImageRepository } from './image-repository.js';

/** Everything that a pipeline's text depends on; every value is one that needs no escaping in a shell's double quotes. */
export interface PipelineInputs {
  readonly app: string;
  /** Cluster whose spec a new build changes. */
  readonly cluster: string;
  readonly image: ImageRepository;
  readonly gitops: {
    readonly repository: string;
    readonly branch: string;
    /** Folder of the specs within that repository: '.' or some/folder. */
    readonly path: string;
  };
  /** Branch of the app's own repository whose builds are released; others are built and tested. */
  readonly branch: string;
  readonly builder: 'docker' | 'buildah';
  readonly dockerfile: string;
  /** Folder that the image is built from. */
  readonly context: string;
  /** Command of the test stage. */
  readonly test: string;
  /** Label of the agents that have the tools. */
  readonly agent: string;
  /** Who commits to the GitOps repository. */
  readonly author: { readonly name: string; readonly email: string };
  /** Ids of Jenkins credentials: a pipeline never holds more of a secret than that. */
  readonly credentials: {
    readonly gitops: string;
    /** Of a registry that is not ECR. */
    readonly registry: string;
    /** An AWS access key; absent where the agent has a role. */
    readonly aws?: string;
    /** A kubeconfig file, for the wait. */
    readonly kubeconfig: string;
  };
  /** How long to wait for the release to be healthy or rolled back, in minutes; absent: not at all. */
  readonly waitMinutes?: number;
}
