import type { ResolvedCluster } from '../model/resolved.js';
import { accessConfig } from './access.js';
import { addons } from './addons.js';
import { iam } from './identity.js';
import { controlPlaneLogging } from './logging.js';
import { metadata } from './metadata.js';
import { vpc } from './network.js';
import { managedNodeGroups, selfManagedNodeGroups } from './node-groups.js';

/**
 * The ClusterConfig (eksctl.io/v1alpha5, read from eksctl v0.230.0) that `eksctl create cluster -f` takes, before the patches of the
 * spec. Every default of eksctl or EKS that we rely on is stated, so that a later eksctl cannot change it behind our back.
 */
export function clusterConfig(cluster: ResolvedCluster): Record<string, unknown> {
  const managed = managedNodeGroups(cluster);
  const selfManaged = selfManagedNodeGroups(cluster);
  const { availabilityZones, secretsEncryptionKeyArn } = cluster;
  const hasOwnSubnets = cluster.vpc.privateSubnets !== undefined || cluster.vpc.publicSubnets !== undefined;
  return {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: metadata(cluster),
    // The subnets say where they are; eksctl refuses both.
    ...(availabilityZones !== undefined && !hasOwnSubnets && { availabilityZones: [...availabilityZones] }),
    vpc: vpc(cluster),
    kubernetesNetworkConfig: { ipFamily: 'IPv4' },
    // eksctl v0.230.0 announces Auto Mode as its next default; it would run nodes, load balancers and volumes of its own beside ours.
    autoModeConfig: { enabled: false },
    upgradePolicy: { supportType: cluster.extendedSupport ? 'EXTENDED' : 'STANDARD' },
    accessConfig: accessConfig(cluster),
    ...(secretsEncryptionKeyArn !== undefined && { secretsEncryption: { keyARN: secretsEncryptionKeyArn } }),
    ...(cluster.observability && { cloudWatch: controlPlaneLogging(cluster.observability) }),
    iam: iam(cluster),
    // Without this eksctl adds what is missing below, metrics-server among it, which Argo CD delivers.
    addonsConfig: { disableDefaultAddons: true, autoApplyPodIdentityAssociations: false },
    addons: addons(cluster),
    ...(managed.length > 0 && { managedNodeGroups: managed }),
    ...(selfManaged.length > 0 && { nodeGroups: selfManaged }),
  };
}
