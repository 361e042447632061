import type { ec2, types } from '@pulumi/aws';
import { nodeMachine } from '../../src/aws/node-groups.js';
import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';
import { machineTags } from './tags.js';

/** What Amazon Linux 2023 calls its root disk. */
const rootDevice = '/dev/xvda';

/** What the machines of every group have in common: an encrypted disk, IMDSv2 alone, their tags. */
export function machine(cluster: ResolvedCluster, group: ResolvedNodeGroup): ec2.LaunchTemplateArgs {
  const tags = machineTags(cluster, group);
  return {
    updateDefaultVersion: true,
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        ebs: {
          volumeSize: group.volumeSizeGiB,
          volumeType: nodeMachine.volumeType,
          iops: nodeMachine.volumeIops,
          throughput: nodeMachine.volumeThroughputMiBps,
          encrypted: String(nodeMachine.volumeEncrypted),
        },
      },
    ],
    metadataOptions: {
      httpTokens: 'required',
      httpPutResponseHopLimit: nodeMachine.metadataHops,
    },
    tagSpecifications: ['instance', 'volume', 'network-interface'].map(
      (resourceType): types.input.ec2.LaunchTemplateTagSpecification => ({ resourceType, tags }),
    ),
    tags: { ...cluster.tags },
  };
}
