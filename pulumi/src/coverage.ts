import { instanceType } from '../../src/facts/ec2.js';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';

/** `aws`: the program makes something of it. `kubernetes`: dist/ holds it. `refused`: an error where it is set. `spec`: about the spec. */
type Carried = 'aws' | 'kubernetes' | 'refused' | 'spec';

/**
 * What becomes of each field of a cluster. A field that is not here does not compile, so that none is dropped in silence.
 */
export const clusterFields: Readonly<Record<keyof ResolvedCluster, Carried>> = {
  name: 'aws',
  region: 'aws',
  accountId: 'aws',
  kubernetesVersion: 'aws',
  extendedSupport: 'aws',
  nodeGroups: 'aws',
  identity: 'aws',
  availabilityZones: 'aws',
  vpc: 'aws',
  endpoint: 'aws',
  secretsEncryptionKeyArn: 'aws',
  access: 'aws',
  observability: 'aws',
  tags: 'aws',
  features: 'aws',
  controllerRoles: 'aws',
  apps: 'aws',
  eksctlPatches: 'refused',
  production: 'kubernetes',
  gitops: 'kubernetes',
  metricsAdapters: 'kubernetes',
  rolloutsCloudWatch: 'kubernetes',
  autoscaler: 'kubernetes',
  components: 'kubernetes',
  namespaces: 'kubernetes',
  silence: 'spec',
  provenance: 'spec',
};

/** The same of a node group. */
export const nodeGroupFields: Readonly<Record<keyof ResolvedNodeGroup, Carried>> = {
  name: 'aws',
  capacity: 'aws',
  managed: 'aws',
  instanceTypes: 'aws',
  min: 'aws',
  max: 'aws',
  volumeSizeGiB: 'aws',
  availabilityZones: 'aws',
  labels: 'aws',
  taints: 'aws',
  tags: 'aws',
  asgNamePattern: 'kubernetes',
  expanderPriority: 'kubernetes',
};

/** Families with accelerators, for which EKS has machine images of their own (EC2 user guide, "Instance types", August 2026). */
const accelerated = /^(p\d|g\d|gr\d|inf\d|trn\d|dl\d|vt\d)/;

/** What the spec says and the program cannot do: errors at the lines that say it. */
export function refusals(cluster: ResolvedCluster): Diagnostic[] {
  const { provenance } = cluster;
  const patches = cluster.eksctlPatches.map(({ path }, index): Diagnostic => ({
    code: 'pulumi-eksctl-patch',
    severity: 'error',
    message: `the patch of ${path} changes eksctl’s ClusterConfig, which Pulumi does not read`,
    hint: 'say it with a field of the spec, or create this cluster with eksctl',
    at: provenance.at(`eksctl.patches.${index}`),
  }));
  return [...patches, ...cluster.nodeGroups.flatMap((group, index) => imageRefusals(cluster, group, index))];
}

/** All types of a group start from one machine image, which must be known from the spec alone. */
function imageRefusals({ provenance }: ResolvedCluster, group: ResolvedNodeGroup, index: number): Diagnostic[] {
  return group.instanceTypes.flatMap((name, place): Diagnostic[] => {
    const reason = accelerated.test(name)
      ? 'has accelerators, for which this program has no machine image'
      : instanceType(name) === undefined
        ? 'is not in the table of EC2 types, so that its architecture and with it the machine image is unknown'
        : undefined;
    if (reason === undefined) return [];
    return [
      {
        code: 'pulumi-machine-image',
        severity: 'error',
        message: `${name} of node group ${group.name} ${reason}`,
        hint: 'use another type, or create this cluster with eksctl',
        at: provenance.at(`nodeGroups.${index}.instanceTypes.${place}`),
      },
    ];
  });
}
