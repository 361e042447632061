import type { ComponentVersions, KubernetesVersion } from '../facts/versions.js';
import type { ControllerRoles } from './controller-roles.js';
import type { Provenance } from './origin.js';
import type { JsonPatchOperation, ResolvedApp } from './resolved-app.js';

export type * from './resolved-app.js';

/**
 * What charts, eksctl and the checks read: every short form written out, every default filled in.
 * Times are seconds, CPU is millicores, memory is bytes unless a name says otherwise.
 */
export interface Resolved {
  readonly clusters: readonly ResolvedCluster[];
}

export interface ResolvedCluster {
  readonly name: string;
  readonly region: string;
  readonly accountId?: string;
  readonly kubernetesVersion: KubernetesVersion;
  /** Whether EKS leaves the version alone after standard support, and bills for it. */
  readonly extendedSupport: boolean;
  readonly production: boolean;
  readonly nodeGroups: readonly ResolvedNodeGroup[];
  readonly gitops: ResolvedGitOps;
  readonly identity: 'pod-identity' | 'irsa';
  readonly availabilityZones?: readonly string[];
  readonly vpc: {
    readonly cidr: string;
    readonly id?: string;
    /** Zone → subnet id. */
    readonly privateSubnets?: Readonly<Record<string, string>>;
    readonly publicSubnets?: Readonly<Record<string, string>>;
    readonly nat: 'Disable' | 'Single' | 'HighlyAvailable';
  };
  readonly endpoint: { readonly public: boolean; readonly private: boolean; readonly publicCidrs?: readonly string[] };
  readonly secretsEncryptionKeyArn?: string;
  readonly access: readonly {
    readonly principalArn: string;
    readonly policy: 'cluster-admin' | 'admin' | 'edit' | 'view';
    readonly namespaces?: readonly string[];
  }[];
  /** Absent: no control-plane logs and no Container Insights. */
  readonly observability?: {
    readonly logRetentionDays: number;
    readonly logTypes: readonly string[];
    readonly containerInsights: boolean;
  };
  readonly metricsAdapters: readonly ('custom.metrics.k8s.io' | 'external.metrics.k8s.io')[];
  readonly rolloutsCloudWatch: boolean;
  readonly autoscaler: { readonly scaleDownUnneededSeconds: number; readonly scaleDownAfterAddSeconds: number };
  readonly eksctlPatches: readonly JsonPatchOperation[];
  readonly tags: Readonly<Record<string, string>>;
  readonly silence: Readonly<Record<string, string>>;
  readonly components: ComponentVersions;
  /** Every namespace of the cluster that Spillway renders, sorted by name: those of apps and those of controllers. */
  readonly namespaces: readonly ResolvedNamespace[];
  readonly features: ClusterFeatures;
  /** AWS identities of its controllers: eksctl makes the roles, charts the ServiceAccounts. */
  readonly controllerRoles: ControllerRoles;
  /** Sorted by name. */
  readonly apps: readonly ResolvedApp[];
  readonly provenance: Provenance;
}

/** What the cluster's node groups and apps make necessary: charts and eksctl ask these, never the reasons behind them. */
export interface ClusterFeatures {
  /** Self-managed Spot groups exist: the Node Termination Handler drains them. */
  readonly nodeTerminationHandler: boolean;
  /** An app has an ingress, or Argo CD a webhook: the AWS Load Balancer Controller runs. */
  readonly loadBalancerController: boolean;
  /** An app has a volume claim: the EBS CSI addon and the gp3 StorageClass exist. */
  readonly ebs: boolean;
  /** amazon-cloudwatch-observability is installed. */
  readonly containerInsights: boolean;
}

export interface ResolvedNamespace {
  readonly name: string;
  readonly purpose: 'app' | 'controller';
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  readonly labels: Readonly<Record<string, string>>;
  readonly quota?: { readonly cpuMillis?: number; readonly memoryBytes?: number; readonly pods?: number };
  /** Pods of apps with an ingress wait for the load balancer before they are Ready. */
  readonly readinessGates: boolean;
}

export interface ResolvedNodeGroup {
  readonly name: string;
  readonly capacity: 'on-demand' | 'spot';
  readonly managed: boolean;
  readonly instanceTypes: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly volumeSizeGiB: number;
  readonly availabilityZones?: readonly string[];
  /** All labels of its nodes, `node-lifecycle` included. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly {
    readonly key: string;
    readonly value: string;
    readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  }[];
  /** All tags of its Auto Scaling group that Cluster Autoscaler reads, and those that a person gave. */
  readonly tags: Readonly<Record<string, string>>;
  /** Anchored pattern of its Auto Scaling group's name, for the priority expander. */
  readonly asgNamePattern: string;
  /** Higher wins. */
  readonly expanderPriority: number;
}

export interface ResolvedGitOps {
  readonly repository: string;
  readonly branch: string;
  /** Prefix of dist/ within the repository: '' or 'some/folder/'. */
  readonly pathPrefix: string;
  readonly webhook?: { readonly host: string; readonly certificateArn?: string };
}
