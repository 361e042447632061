import { eks } from '@pulumi/aws';
import type { Cluster } from '@pulumi/eks';
import type { Resource } from '@pulumi/pulumi';
import { addons, vpcCni } from '../../src/aws/addons.js';
import type { Addon } from '../../src/aws/addons.js';
import type { Grant } from '../../src/aws/grants.js';
import { awsManagedPolicy } from '../../src/aws/iam-policies.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { grantedRole } from './identity.js';

/** DaemonSets without which a node is not Ready, or its pods have no identity: EKS calls them active on a cluster without nodes. */
const beforeNodes: readonly string[] = [vpcCni, 'kube-proxy', 'eks-pod-identity-agent'];

/** The addons that nodes need before they start. */
export function addonsBeforeNodes(cluster: ResolvedCluster, controlPlane: Cluster): eks.Addon[] {
  return addons(cluster)
    .filter(({ name }) => beforeNodes.includes(name))
    .map((addon) => eksAddon(cluster, controlPlane, addon, []));
}

/** The addons with Deployments, which EKS calls degraded until there are nodes for them. */
export function addonsAfterNodes(
  cluster: ResolvedCluster,
  controlPlane: Cluster,
  nodes: readonly Resource[],
): eks.Addon[] {
  return addons(cluster)
    .filter(({ name }) => !beforeNodes.includes(name))
    .map((addon) => eksAddon(cluster, controlPlane, addon, nodes));
}

/** No version: EKS then takes its default for the cluster's minor, as eksctl has it. */
function eksAddon(
  cluster: ResolvedCluster,
  controlPlane: Cluster,
  addon: Addon,
  dependsOn: readonly Resource[],
): eks.Addon {
  const grant = addon.grant ?? cniGrant(cluster, addon);
  const granted = grant && { grant, ...grantedRole(cluster, controlPlane, grant) };
  return new eks.Addon(
    `${cluster.name}-${addon.name}`,
    {
      clusterName: cluster.name,
      addonName: addon.name,
      ...(addon.configuration !== undefined && { configurationValues: JSON.stringify(addon.configuration) }),
      ...(granted &&
        (cluster.identity === 'irsa'
          ? { serviceAccountRoleArn: granted.role.arn }
          : {
              podIdentityAssociations: [{ roleArn: granted.role.arn, serviceAccount: granted.grant.serviceAccount }],
            })),
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
      tags: { ...cluster.tags },
    },
    { dependsOn: [controlPlane, ...(granted?.policies ?? []), ...dependsOn] },
  );
}

/** With an OIDC provider aws-node has the CNI's policy to itself; without one it is on the nodes' roles (node-role.ts). */
function cniGrant(cluster: ResolvedCluster, { name }: Addon): Grant | undefined {
  if (name !== vpcCni || cluster.identity !== 'irsa') return undefined;
  return {
    namespace: 'kube-system',
    serviceAccount: 'aws-node',
    roleName: `${cluster.name}-vpc-cni`,
    policyArns: [awsManagedPolicy(cluster, 'AmazonEKS_CNI_Policy')],
  };
}
