/**
 * What DaemonSets request on every Linux node before the first app pod comes. Read in August 2026, each from the source beside it.
 * Requests of one pod, summed over its containers (an init container counts only where it asks for more than they do).
 */
export interface DaemonSetRequests {
  readonly name: string;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** On which clusters, or nodes, it runs. */
  readonly when: DaemonSetCondition;
}

/**
 * `always`; `pod-identity`: with the addon eks-pod-identity-agent; `observability`: with amazon-cloudwatch-observability;
 * `ebs`: with aws-ebs-csi-driver; `node-termination-handler`: on the nodes that it drains.
 */
export type DaemonSetCondition = 'always' | 'pod-identity' | 'observability' | 'ebs' | 'node-termination-handler';

/** The DaemonSets that EKS addons and we bring. */
export const daemonSets = [
  // aws/amazon-vpc-cni-k8s b521883 (2026-08-20) config/master/aws-k8s-cni.yaml: aws-node 25m and aws-eks-nodeagent 25m, which is there
  // whether network policies are enforced or not; eksctl v0.230.0 carries the same (pkg/addons/default/assets/aws-node.yaml).
  { name: 'aws-node', cpuMillis: 50, memoryMiB: 0, when: 'always' },
  // EKS publishes no source: 100m as in eksctl v0.230.0 pkg/addons/default/testdata/sample-old-kube-proxy-amd.json (an old dump of a real
  // cluster); no memory, see aws/containers-roadmap#1509.
  { name: 'kube-proxy', cpuMillis: 100, memoryMiB: 0, when: 'always' },
  // aws/eks-pod-identity-agent d4dc0f3 (2026-03-17), chart 1.2.0: `resources: {}`.
  { name: 'eks-pod-identity-agent', cpuMillis: 0, memoryMiB: 0, when: 'pod-identity' },
  // aws-observability/helm-charts 71a298f (2026-08-07), amazon-cloudwatch-observability 6.4.0 values.yaml: agent.resources.
  // Its other DaemonSets run only on GPU or Neuron nodes, or with otelContainerInsights (off by default).
  { name: 'cloudwatch-agent', cpuMillis: 250, memoryMiB: 128, when: 'observability' },
  // The same: containerLogs.fluentBit.resources.
  { name: 'fluent-bit', cpuMillis: 50, memoryMiB: 25, when: 'observability' },
  // kubernetes-sigs/aws-ebs-csi-driver 429e202 (2026-08-19), chart 2.64.0: ebs-plugin 10m/40Mi, node-driver-registrar and liveness-probe
  // 10m/32Mi each (deploy/kubernetes/base/node.yaml).
  { name: 'ebs-csi-node', cpuMillis: 30, memoryMiB: 104, when: 'ebs' },
  // Ours to choose, since we render it: the chart asked for this until 1c61c2d (2022-01-12) of aws/aws-node-termination-handler and for
  // nothing since. The chart of this DaemonSet takes its requests from here.
  { name: 'aws-node-termination-handler', cpuMillis: 50, memoryMiB: 64, when: 'node-termination-handler' },
] as const satisfies readonly DaemonSetRequests[];
