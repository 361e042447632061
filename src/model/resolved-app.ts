import type { Position } from '../diagnostic/diagnostic.js';
import type { Provenance } from './origin.js';

/** One app on one cluster, resolved. Units as in resolved.ts: seconds, millicores, bytes unless a name says otherwise. */
export interface ResolvedApp {
  readonly name: string;
  readonly kind: 'service' | 'worker' | 'cronjob';
  readonly cluster: string;
  readonly namespace: string;
  /** Labels that select this app's pods and no other's: never changed after the first release. */
  readonly selectorLabels: Readonly<Record<string, string>>;
  /** selectorLabels and everything else, for every object and pod. */
  readonly labels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** The app's own container. Its name is the app's name. */
  readonly container: ResolvedContainer;
  readonly initContainers: readonly ResolvedContainer[];
  /** Native sidecars (init containers with restartPolicy Always). */
  readonly sidecars: readonly ResolvedContainer[];
  readonly ports: readonly ResolvedPort[];
  readonly volumes: readonly ResolvedVolume[];
  readonly files: ResolvedFiles | undefined;
  readonly podSecurityContext: {
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly fsGroup: number;
    readonly runAsNonRoot: boolean;
    readonly seccompProfile: 'RuntimeDefault' | 'Unconfined';
  };
  readonly readyAfterSeconds: number;
  readonly placement: Placement;
  readonly scale: ResolvedScale;
  readonly release: ResolvedRelease;
  /** Where `spillway bump` writes to where no cluster is named. */
  readonly delivery: { readonly bumps?: string };
  readonly schedule?: ResolvedSchedule;
  /** PodDisruptionBudget maxUnavailable; absent for cron jobs. */
  readonly disruption?: { readonly maxUnavailable: CountOrShare };
  readonly termination: {
    readonly gracePeriodSeconds: number;
    readonly preStopSeconds: number;
    readonly workSeconds: number;
  };
  readonly aws?: ResolvedAws;
  readonly ingress?: ResolvedIngress;
  readonly network: ResolvedNetwork;
  readonly externalSecrets: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly source: string;
  }[];
  readonly serviceAccountToken: boolean;
  readonly priorityClassName?: string;
  readonly patches: readonly ResolvedPatch[];
  /** Paths of raw manifests and what is in them, read by the spec room. */
  readonly manifests: readonly { readonly path: string; readonly objects: readonly RawObject[] }[];
  readonly silence: Readonly<Record<string, string>>;
  readonly provenance: Provenance;
}

/** A number of pods, or a whole percentage of them. */
export type CountOrShare = { readonly count: number } | { readonly percent: number };

export interface ResolvedContainer {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: 'IfNotPresent' | 'Always';
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env: readonly ResolvedEnv[];
  readonly envFrom: readonly ({ readonly secret: string } | { readonly configMap: string })[];
  readonly ports: readonly ResolvedPort[];
  readonly resources: ResolvedResources;
  readonly mounts: readonly {
    readonly volume: string;
    readonly path: string;
    readonly subPath?: string;
    readonly readOnly: boolean;
  }[];
  readonly security: {
    readonly readOnlyRootFilesystem: boolean;
    readonly allowPrivilegeEscalation: boolean;
    readonly addCapabilities: readonly string[];
    readonly runAsUser?: number;
    readonly runAsGroup?: number;
  };
  readonly readiness?: ResolvedProbe;
  readonly liveness?: ResolvedProbe;
  readonly startup?: ResolvedProbe;
}

export type ResolvedEnv = { readonly name: string } & (
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'secret' | 'configMap'; readonly source: string; readonly key: string; readonly optional: boolean }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'resource'; readonly resource: string }
);

export interface ResolvedPort {
  readonly name: string;
  /** The container's. */
  readonly port: number;
  readonly servicePort: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly appProtocol?: string;
}

/** Quantities as a person wrote them (they go into the manifest) and as numbers (the checks reckon with them). */
export interface Quantity {
  readonly text: string;
  /** Millicores for CPU, bytes for memory. */
  readonly amount: number;
}

export interface ResolvedResources {
  readonly cpu: Quantity;
  readonly memory: Quantity;
  readonly memoryLimit: Quantity;
  readonly cpuLimit?: Quantity;
  readonly ephemeralStorage?: Quantity;
}

export interface ResolvedProbe {
  readonly handler:
    | {
        readonly kind: 'http';
        readonly path: string;
        readonly port: string | number;
        readonly scheme: 'HTTP' | 'HTTPS';
        readonly headers: readonly { readonly name: string; readonly value: string }[];
      }
    | { readonly kind: 'grpc'; readonly port: number; readonly service?: string }
    | { readonly kind: 'tcp'; readonly port: string | number }
    | { readonly kind: 'exec'; readonly command: readonly string[] };
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

export type ResolvedVolume = { readonly name: string } & (
  | { readonly kind: 'emptyDir'; readonly sizeLimit?: Quantity; readonly memory: boolean }
  | { readonly kind: 'secret' | 'configMap'; readonly source: string }
  | {
      readonly kind: 'claim';
      readonly claimName: string;
      readonly size: Quantity;
      readonly accessMode: string;
      readonly storageClass: string;
    }
);

/** Config files: one ConfigMap `<app>-files`, mounted file by file (subPath), its hash on the pod template. */
export interface ResolvedFiles {
  readonly configMapName: string;
  readonly volumeName: string;
  /** ConfigMap key → text, sorted by key. The container's mounts hold the paths. */
  readonly data: Readonly<Record<string, string>>;
  /** Hash over `data`: value of the pod annotation that rolls the pods. */
  readonly hash: string;
}

/** What charts translate into tolerations and affinities: the placement table of docs/capacity.md. */
export interface Placement {
  readonly capacity: 'overflow' | 'prefer-spot' | 'on-demand';
  readonly tolerateSpotTaint: boolean;
  readonly requireLifecycle?: 'on-demand' | 'spot';
  readonly preferLifecycle?: { readonly lifecycle: 'on-demand' | 'spot'; readonly weight: number };
  readonly zoneSpread: 'ScheduleAnyway' | 'DoNotSchedule' | 'none';
  readonly hostSpread: 'ScheduleAnyway' | 'DoNotSchedule' | 'none';
}

export interface ResolvedScale {
  readonly min: number;
  readonly max: number;
  /** max above min: an HPA is rendered and `replicas` is left out. */
  readonly autoscaled: boolean;
  readonly metrics: readonly ResolvedMetric[];
  readonly up: ResolvedScalingDirection;
  readonly down: ResolvedScalingDirection;
}

export type ResolvedMetric =
  | { readonly kind: 'cpu' | 'memory'; readonly utilizationPercent: number }
  | { readonly kind: 'cpu' | 'memory'; readonly averageValue: string }
  | {
      readonly kind: 'pods';
      readonly metric: string;
      readonly averageValue: string;
      readonly selector?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'external';
      readonly metric: string;
      readonly averageValue?: string;
      readonly value?: string;
      readonly selector?: Readonly<Record<string, string>>;
    };

export interface ResolvedScalingDirection {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly periodSeconds: number;
  }[];
  readonly tolerance?: number;
}

export interface ResolvedRelease {
  readonly maxSurge: CountOrShare;
  readonly maxUnavailable: CountOrShare;
  readonly progressDeadlineSeconds: number;
  readonly historyLimit: number;
  /** Present: a Rollout. Absent: a Deployment (or a CronJob). */
  readonly canary?: { readonly steps: readonly CanaryStep[]; readonly analysis?: ResolvedAnalysis };
}

export type CanaryStep =
  { readonly setWeightPercent: number } | { readonly pauseSeconds: number } | { readonly pause: 'until-promoted' };

export type ResolvedAnalysis =
  | {
      readonly kind: 'job';
      readonly path: string;
      readonly servicePort: number;
      readonly requests: number;
      readonly maxErrorsPercent: number;
      readonly timeoutSeconds: number;
      readonly image: string;
    }
  | {
      readonly kind: 'web';
      readonly url: string;
      readonly jsonPath: string;
      readonly successCondition: string;
      readonly intervalSeconds: number;
      readonly count: number;
      readonly failureLimit: number;
    }
  | {
      readonly kind: 'cloudWatch';
      readonly namespace: string;
      readonly metric: string;
      readonly dimensions: Readonly<Record<string, string>>;
      readonly statistic: string;
      readonly periodSeconds: number;
      readonly successCondition: string;
      readonly intervalSeconds: number;
      readonly count: number;
      readonly failureLimit: number;
    };

export interface ResolvedSchedule {
  readonly cron: string;
  readonly timeZone: string;
  readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
  readonly startingDeadlineSeconds: number;
  readonly activeDeadlineSeconds: number;
  readonly retries: number;
  readonly successfulHistory: number;
  readonly failedHistory: number;
  readonly suspend: boolean;
}

export interface ResolvedAws {
  readonly policies: readonly string[];
  readonly statements: readonly {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
  /** Name of the IAM role: in the ClusterConfig and, with IRSA, in the ServiceAccount's annotation. */
  readonly roleName: string;
  /** Only with `identity: irsa`. */
  readonly roleArn?: string;
}

export interface ResolvedIngress {
  readonly hosts: readonly string[];
  readonly path: string;
  readonly servicePort: number;
  readonly containerPort: number;
  readonly portName: string;
  readonly certificateArn?: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly group?: string;
  /** What the pods speak: gRPC and HTTP/2 want an HTTPS listener, TLS is not verified. */
  readonly backend: { readonly version: 'HTTP1' | 'HTTP2' | 'GRPC'; readonly tls: boolean };
  readonly healthCheckPath: string;
  /** gRPC status codes that pass; absent for HTTP, where 200 alone does. */
  readonly healthCheckGrpcCodes?: string;
  readonly deregistrationDelaySeconds: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Both sides of every connection that the specs show; charts write it as NetworkPolicies. */
export interface ResolvedNetwork {
  readonly ingress: readonly NetworkRule[];
  readonly egress: readonly NetworkRule[];
}

export interface NetworkRule {
  /** Why it is there, for explain and for a comment in reviews: `called by checkout`, `DNS`, `load balancer`. */
  readonly reason: string;
  readonly peers: readonly NetworkPeer[];
  /** Container ports, with their names where they are an app's own. Empty: every port. */
  readonly ports: readonly { readonly name?: string; readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

export type NetworkPeer =
  | { readonly kind: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'cidr'; readonly cidr: string };

export interface ResolvedPatch {
  readonly target: { readonly kind: string; readonly name?: string };
  readonly patch:
    | { readonly kind: 'merge'; readonly value: Readonly<Record<string, unknown>> }
    | { readonly kind: 'json'; readonly operations: readonly JsonPatchOperation[] };
  readonly at: Position;
}

export interface RawObject {
  readonly object: Readonly<Record<string, unknown>>;
  readonly at: Position;
}

export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test' | 'move' | 'copy';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}
