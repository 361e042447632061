import { cloudwatch } from '@pulumi/aws';
import { AuthenticationMode, Cluster } from '@pulumi/eks';
import type { types } from '@pulumi/eks';
import { accessEntries } from '../../src/aws/access.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import type { Network } from './network.js';

/**
 * The control plane. No nodes, no addons and no security groups of @pulumi/eks: nodes come by the spec, addons after what they need, and
 * everybody shares the group that EKS makes, so that pods on managed and self-managed nodes reach each other.
 */
export function controlPlane(cluster: ResolvedCluster, network: Network): Cluster {
  const { endpoint, observability, secretsEncryptionKeyArn } = cluster;
  const logs = logGroup(cluster);
  return new Cluster(
    cluster.name,
    {
      name: cluster.name,
      version: cluster.kubernetesVersion,
      ipFamily: 'ipv4',
      upgradePolicy: { supportType: cluster.extendedSupport ? 'EXTENDED' : 'STANDARD' },
      autoMode: { enabled: false },
      vpcId: network.vpcId,
      privateSubnetIds: [...network.privateSubnets.values()],
      publicSubnetIds: [...network.publicSubnets.values()],
      endpointPublicAccess: endpoint.public,
      endpointPrivateAccess: endpoint.private,
      ...(endpoint.publicCidrs !== undefined && { publicAccessCidrs: [...endpoint.publicCidrs] }),
      ...(secretsEncryptionKeyArn !== undefined && { encryptionConfigKeyArn: secretsEncryptionKeyArn }),
      ...(observability && { enabledClusterLogTypes: [...observability.logTypes] }),
      // Access entries alone; @pulumi/eks makes the creator an administrator.
      authenticationMode: AuthenticationMode.Api,
      accessEntries: entries(cluster),
      createOidcProvider: cluster.identity === 'irsa',
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      bootstrapSelfManagedAddons: false,
      useDefaultVpcCni: true,
      kubeProxyAddonOptions: { enabled: false },
      corednsAddonOptions: { enabled: false },
      tags: { ...cluster.tags },
    },
    { dependsOn: logs },
  );
}

/** The control plane's logs. Made first: EKS would make the group itself, and CloudWatch keep and bill it for ever. */
function logGroup({ name, observability, tags }: ResolvedCluster): cloudwatch.LogGroup[] {
  if (observability === undefined) return [];
  return [
    new cloudwatch.LogGroup(`${name}-control-plane`, {
      name: `/aws/eks/${name}/cluster`,
      retentionInDays: observability.logRetentionDays,
      tags: { ...tags },
    }),
  ];
}

function entries(cluster: ResolvedCluster): Record<string, types.input.AccessEntryArgs> {
  return Object.fromEntries(
    accessEntries(cluster).map(({ principalArn, policies }) => [
      principalArn,
      {
        principalArn,
        type: 'STANDARD' as const,
        accessPolicies: Object.fromEntries(
          policies.map(({ policyArn, namespaces }, index) => [
            `${index}-${policyArn.split('/').at(-1) ?? ''}`,
            {
              policyArn,
              accessScope:
                namespaces === undefined ? { type: 'cluster' } : { type: 'namespace', namespaces: [...namespaces] },
            },
          ]),
        ),
      },
    ]),
  );
}
