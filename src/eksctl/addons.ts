import { nodeLifecycleLabel } from '../model/node-lifecycle.js';
import type { ResolvedCluster } from '../model/resolved.js';
import type { Grant } from './grants.js';
import { addonGrants, podIdentityAssociation } from './grants.js';
import { awsManagedPolicy } from './iam-policies.js';

/**
 * The EKS addons, all of them: eksctl adds none by itself. No versions: eksctl then asks EKS for its default version for the
 * cluster's minor. metrics-server is not among them, since Argo CD delivers it.
 */
export function addons(cluster: ResolvedCluster): Record<string, unknown>[] {
  const { ebsCsiDriver, cloudWatchAgent } = addonGrants(cluster);
  return [
    vpcCni(cluster),
    { name: 'kube-proxy' },
    coreDns(),
    ...(cluster.identity === 'pod-identity' ? [{ name: 'eks-pod-identity-agent' }] : []),
    ...(ebsCsiDriver ? [{ name: 'aws-ebs-csi-driver', ...permissions(cluster, ebsCsiDriver) }] : []),
    ...(cloudWatchAgent
      ? [{ name: 'amazon-cloudwatch-observability', ...permissions(cluster, cloudWatchAgent) }]
      : []),
  ];
}

/**
 * Without enableNetworkPolicy, NetworkPolicies are accepted and do nothing; its schema takes a string. Where there is an OIDC provider,
 * eksctl leaves the CNI's policy off the nodes' roles and gives it to aws-node alone, as stated here; without one it is on the nodes
 * whatever we say (makeManagedPolicies in pkg/cfn/builder/iam_helper.go), and an association would add nothing.
 */
function vpcCni(cluster: ResolvedCluster): Record<string, unknown> {
  return {
    name: 'vpc-cni',
    configurationValues: JSON.stringify({ enableNetworkPolicy: 'true' }),
    ...(cluster.identity === 'irsa' && { attachPolicyARNs: [awsManagedPolicy(cluster, 'AmazonEKS_CNI_Policy')] }),
  };
}

/**
 * Names must resolve while Spot nodes go: DNS stays on on-demand nodes. An affinity of one's own replaces the addon's (its
 * configuration schema takes any object here), so what that says is repeated: Linux, both architectures, copies on different hosts.
 */
function coreDns(): Record<string, unknown> {
  const affinity = {
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
  return { name: 'coredns', configurationValues: JSON.stringify({ affinity }) };
}

function permissions(cluster: ResolvedCluster, grant: Grant): Record<string, unknown> {
  if (cluster.identity === 'pod-identity') return { podIdentityAssociations: [podIdentityAssociation(grant)] };
  return grant.roleArn === undefined ? {} : { serviceAccountRoleARN: grant.roleArn };
}
