import type { ResolvedNodeGroup } from '../../src/model/resolved.js';

/** What a node must know of its cluster before it can ask. */
export interface ClusterDetails {
  readonly name: string;
  readonly endpoint: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
  /** IPv4 range of Services. */
  readonly serviceCidr: string;
}

const boundary = 'spillway-node';

/**
 * User data of a self-managed node on Amazon Linux 2023, in base64: a NodeConfig of nodeadm (awslabs/amazon-eks-ami, nodeadm/doc/api)
 * in a MIME message, with the group's labels and taints. JSON is YAML.
 */
export function userData(
  cluster: ClusterDetails,
  { labels, taints }: Pick<ResolvedNodeGroup, 'labels' | 'taints'>,
): string {
  const nodeLabels = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const nodeTaints = taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`);
  const nodeConfig = {
    apiVersion: 'node.eks.aws/v1alpha1',
    kind: 'NodeConfig',
    spec: {
      cluster: {
        name: cluster.name,
        apiServerEndpoint: cluster.endpoint,
        certificateAuthority: cluster.certificateAuthority,
        cidr: cluster.serviceCidr,
      },
      kubelet: {
        config: { clusterDNS: [dnsAddress(cluster.serviceCidr)] },
        flags: [
          `--node-labels=${nodeLabels.join(',')}`,
          ...(nodeTaints.length > 0 ? [`--register-with-taints=${nodeTaints.join(',')}`] : []),
        ],
      },
    },
  };
  const message = [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: application/node.eks.aws',
    '',
    JSON.stringify(nodeConfig, null, 2),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(message.join('\n')).toString('base64');
}

/** Where EKS puts the cluster's DNS: the tenth address of the range of Services. */
export function dnsAddress(serviceCidr: string): string {
  return serviceCidr.replace(/\.\d+\/\d+$/, '.10');
}
