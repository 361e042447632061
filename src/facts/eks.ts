/**
 * Limits and constants of EKS, and of eksctl v0.230.0 where it is narrower: what it refuses cannot be created. Read in August 2026.
 */

/** Control-plane logs that can be sent to CloudWatch (eksctl pkg/apis/eksctl.io/v1alpha5/cloudwatch.go). */
export const controlPlaneLogTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;
export type ControlPlaneLogType = (typeof controlPlaneLogTypes)[number];

/**
 * Days that CloudWatch Logs can keep a log group (API reference, PutRetentionPolicy); any other number is refused.
 */
export const cloudWatchRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/**
 * Days that eksctl takes for `cloudWatch.clusterLogging.logRetentionInDays`: fewer than CloudWatch knows
 * (LogRetentionInDaysValues in the same file; its JSON Schema only says "integer").
 */
export const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653,
] as const satisfies readonly (typeof cloudWatchRetentionDays)[number][];
export type LogRetentionDays = (typeof logRetentionDays)[number];

/** Regions that eksctl takes (SupportedRegions in pkg/apis/eksctl.io/v1alpha5/types.go), without AWS's secret ones, sorted. */
export const regions = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
] as const;

/** Where a pod with Pod Identity fetches its credentials (aws/eks-pod-identity-agent d4dc0f3, configuration/config.go). */
export const podIdentityAgent = { ipv4: '169.254.170.23', ipv6: 'fd00:ec2::23', port: 80 } as const;
