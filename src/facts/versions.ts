/**
 * Versions that belong together, by the cluster's Kubernetes minor. Read in August 2026; the release behind each line is named beside it.
 */

/**
 * The Kubernetes minors that we render for, oldest first.
 *
 * 1.36 is left out: the newest version that eksctl v0.230.0 names is 1.35 (`Version1_35`, pkg/apis/eksctl.io/v1alpha5/types.go; its
 * default is 1.34). It does carry a coredns manifest for 1.36 and asks EKS itself which versions exist, so that eksctl may well
 * create a 1.36 cluster; but nothing of ours has been checked against one.
 */
export const supportedKubernetesVersions = ['1.33', '1.34', '1.35'] as const;

/** A Kubernetes minor such as `1.35`. */
export type KubernetesVersion = (typeof supportedKubernetesVersions)[number];

/** Whether a string that a person wrote is a minor that we render for. */
export function isSupportedKubernetesVersion(version: string): version is KubernetesVersion {
  return (supportedKubernetesVersions as readonly string[]).includes(version);
}

/** A component that runs from one image. */
export interface ComponentVersion {
  /** Upstream's release tag, with its `v`. */
  readonly version: string;
  /** Full image reference: registry, repository, tag. */
  readonly image: string;
}

/** A Helm chart that Argo CD renders from its own repository. */
export interface ChartVersion {
  readonly repository: string;
  readonly chart: string;
  /** The chart's version, without a `v`. */
  readonly version: string;
  /** The controller's version. */
  readonly appVersion: string;
}

/** What runs on a cluster of one Kubernetes minor. */
export interface ComponentVersions {
  readonly clusterAutoscaler: ComponentVersion;
  readonly metricsServer: ComponentVersion;
  readonly nodeTerminationHandler: ComponentVersion;
  readonly argoRollouts: ComponentVersion;
  readonly argoCd: ComponentVersion;
  readonly loadBalancerControllerChart: ChartVersion;
  /** A shell and wget for the jobs of an AnalysisTemplate. */
  readonly analysisJob: ComponentVersion;
}

/** Cluster Autoscaler simulates the scheduler, so its minor is the cluster's (its README); newest patches in August 2026. */
const clusterAutoscalerVersions = {
  '1.33': 'v1.33.6',
  '1.34': 'v1.34.5',
  '1.35': 'v1.35.2',
} as const satisfies Record<KubernetesVersion, string>;

/** 0.9 is for Kubernetes 1.34 and later, 0.8 for 1.31 and later (compatibility matrix in metrics-server's README at v0.9.0). */
const metricsServerVersions = {
  '1.33': 'v0.8.0',
  '1.34': 'v0.9.0',
  '1.35': 'v0.9.0',
} as const satisfies Record<KubernetesVersion, string>;

/** The versions that go with a Kubernetes minor. */
export function componentVersions(kubernetes: KubernetesVersion): ComponentVersions {
  const clusterAutoscaler = clusterAutoscalerVersions[kubernetes];
  const metricsServer = metricsServerVersions[kubernetes];
  return {
    clusterAutoscaler: {
      version: clusterAutoscaler,
      image: `registry.k8s.io/autoscaling/cluster-autoscaler:${clusterAutoscaler}`,
    },
    metricsServer: {
      version: metricsServer,
      image: `registry.k8s.io/metrics-server/metrics-server:${metricsServer}`,
    },
    ...sameForEveryMinor,
  };
}

const sameForEveryMinor = {
  // aws/aws-node-termination-handler v1.25.6; the images moved from Docker Hub to public.ecr.aws.
  nodeTerminationHandler: {
    version: 'v1.25.6',
    image: 'public.ecr.aws/aws-ec2/aws-node-termination-handler:v1.25.6',
  },
  // argoproj/argo-rollouts v1.9.1, e2e-tested on Kubernetes 1.32 to 1.35. Its own manifest says `latest`: pinned here.
  argoRollouts: { version: 'v1.9.1', image: 'quay.io/argoproj/argo-rollouts:v1.9.1' },
  // argoproj/argo-cd v3.5.3; 3.5 is tested on Kubernetes 1.33 to 1.36. The other images (dex, redis) come with its manifest.
  argoCd: { version: 'v3.5.3', image: 'quay.io/argoproj/argocd:v3.5.3' },
  // aws/eks-charts commit 5239609 (2026-08-03), stable/aws-load-balancer-controller/Chart.yaml. Since 3.0 the chart's version is the
  // controller's. Its CRDs: elbv2.k8s.aws albtargetcontrolconfigs, ingressclassparams, targetgroupbindings; aga.k8s.aws globalaccelerators.
  loadBalancerControllerChart: {
    repository: 'https://aws.github.io/eks-charts',
    chart: 'aws-load-balancer-controller',
    version: '3.5.0',
    appVersion: 'v3.5.0',
  },
  // The image and digest that Online Boutique 0.10.6 pins.
  analysisJob: {
    version: '1.38.0',
    image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
  },
} as const satisfies Partial<ComponentVersions>;
