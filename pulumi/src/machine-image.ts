import { instanceType } from '../../src/facts/ec2.js';
import type { ResolvedNodeGroup } from '../../src/model/resolved.js';

type Architecture = 'amd64' | 'arm64';

/** The architecture of a group's types: that of the first, as for Cluster Autoscaler; types that differ are an error of the checks. */
function architecture({ instanceTypes, name }: ResolvedNodeGroup): Architecture {
  const [first = ''] = instanceTypes;
  const known = instanceType(first);
  if (known === undefined)
    throw new Error(`node group ${name}: no architecture of ${first}, which coverage.ts refuses`);
  return known.arch;
}

/** What EKS calls Amazon Linux 2023 for a managed group (EKS API reference, Nodegroup, amiType). */
export function managedImageType(group: ResolvedNodeGroup): string {
  return { amd64: 'AL2023_x86_64_STANDARD', arm64: 'AL2023_ARM_64_STANDARD' }[architecture(group)];
}

/** Where AWS publishes the id of the newest Amazon Linux 2023 image for EKS (EKS user guide, "Retrieve recommended AMI IDs"). */
export function imageParameter(kubernetesVersion: string, group: ResolvedNodeGroup): string {
  const directory = { amd64: 'x86_64', arm64: 'arm64' }[architecture(group)];
  return `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${directory}/standard/recommended/image_id`;
}
