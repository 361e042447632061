import { nodeLifecycleLabel } from '../model/node-lifecycle.js';
import type { ResolvedCluster } from '../model/resolved.js';
import type { Grant } from './grants.js';
import { addonGrants } from './grants.js';

/** An EKS addon, however it is asked for. */
export interface Addon {
  readonly name: string;
  /** Values by the addon's own configuration schema. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** What its pods may do in AWS. */
  readonly grant?: Grant;
}

/**
 * The EKS addons, all of them. No versions: EKS then installs its default version for the cluster's minor. metrics-server is not among
 * them, since Argo CD delivers it.
 */
export function addons(cluster: ResolvedCluster): Addon[] {
  const { ebsCsiDriver, cloudWatchAgent } = addonGrants(cluster);
  return [
    // Without enableNetworkPolicy, NetworkPolicies are accepted and do nothing; its schema takes a string.
    { name: vpcCni, configuration: { enableNetworkPolicy: 'true' } },
    { name: 'kube-proxy' },
    { name: 'coredns', configuration: { affinity: dnsAffinity() } },
    ...(cluster.identity === 'pod-identity' ? [{ name: 'eks-pod-identity-agent' }] : []),
    ...(ebsCsiDriver ? [{ name: 'aws-ebs-csi-driver', grant: ebsCsiDriver }] : []),
    ...(cloudWatchAgent ? [{ name: 'amazon-cloudwatch-observability', grant: cloudWatchAgent }] : []),
  ];
}

/** The addon that gives pods their addresses; its permissions stand with the nodes or with aws-node, by the cluster's identity. */
export const vpcCni = 'vpc-cni';

/**
 * Names must resolve while Spot nodes go: DNS stays on on-demand nodes. An affinity of one's own replaces the addon's (its
 * configuration schema takes any object here), so what that says is repeated: Linux, both architectures, copies on different hosts.
 */
function dnsAffinity(): Record<string, unknown> {
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
              { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64', 'arm64'] },
              { key: nodeLifecycleLabel, operator: 'In', values: ['on-demand'] },
            ],
          },
        ],
      },
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            labelSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns'] }] },
            topologyKey: 'kubernetes.io/hostname',
          },
        },
      ],
    },
  };
}
