import { z } from 'zod';
import { field } from './field.js';
import {
  arn,
  cidr,
  dnsLabel,
  duration,
  hostName,
  labelValue,
  qualifiedName,
  cpuQuantity,
  memoryQuantity,
  repositoryPath,
} from './scalars.js';

const nodeGroup = z.strictObject({
  name: field(
    z
      .string()
      .regex(
        /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
        'a name of at most 40 lower-case letters, digits and "-" that starts with a letter',
      ),
    {
      description: 'Name of the node group.',
    },
  ),
  capacity: field(z.enum(['on-demand', 'spot']), {
    description:
      'What is bought: on-demand is always there, Spot is cheaper and can be taken back with two minutes’ notice.',
  }),
  instanceTypes: field(z.array(z.string().min(3)).min(1).max(20), {
    description:
      'EC2 instance types. Those of one group should have the same CPU and memory: Cluster Autoscaler reckons with the first.',
    examples: [['m6i.large', 'm5.large']],
  }),
  min: field(z.int().min(0).max(1000), { description: 'Nodes at least, and at the start.' }),
  max: field(z.int().min(1).max(1000), { description: 'Nodes at most.' }),
  managed: field(z.boolean(), {
    description:
      'Spot groups only: whether AWS manages the group and drains it. Then the Node Termination Handler is left out.',
    defaultText: 'true for on-demand, false for Spot',
    why: 'the Node Termination Handler drains within the notice and under the PodDisruptionBudgets, which AWS does at best effort',
  }).optional(),
  volumeSize: field(z.int().min(20).max(16384), {
    description: 'Root disk, GiB.',
    default: 50,
    why: 'images and logs of a full node, with room',
  }).optional(),
  availabilityZones: field(z.array(z.string().min(3)).min(1), {
    description: 'Zones of this group.',
    defaultText: 'those of the cluster',
    why: 'EKS and EC2 know where there is room',
  }).optional(),
  labels: field(z.record(qualifiedName, labelValue), { description: 'More node labels.' }).optional(),
  tags: field(z.record(z.string().min(1), z.string()), { description: 'More AWS tags.' }).optional(),
});

const accessEntry = z.strictObject({
  principalArn: field(arn, { description: 'IAM role or user.' }),
  policy: field(z.enum(['cluster-admin', 'admin', 'edit', 'view']), { description: 'EKS access policy.' }),
  namespaces: field(z.array(dnsLabel).min(1), {
    description: 'Where it holds.',
    defaultText: 'the whole cluster',
    why: 'most roles are for the whole cluster',
  }).optional(),
});

const quota = z.strictObject({
  cpu: field(cpuQuantity, { description: 'Sum of CPU requests.' }).optional(),
  memory: field(memoryQuantity, { description: 'Sum of memory requests.' }).optional(),
  pods: field(z.int().min(1), { description: 'Number of pods.' }).optional(),
});

const subnets = field(
  z.record(z.string().min(3), z.string().regex(/^subnet-[0-9a-f]+$/, 'a subnet id such as subnet-0123456789abcdef0')),
  {
    description: 'Subnet id by availability zone.',
  },
);

export const clusterSpec = z.strictObject({
  name: field(
    z
      .string()
      .regex(
        /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
        'a name of at most 40 lower-case letters, digits and "-" that starts with a letter',
      ),
    {
      description: 'Name of the EKS cluster. It must be the file’s name.',
    },
  ),
  region: field(z.string().regex(/^[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d$/, 'an AWS region such as us-east-1'), {
    description: 'AWS region.',
  }),
  accountId: field(z.string().regex(/^\d{12}$/, 'an AWS account id of 12 digits, in quotes'), {
    description: 'AWS account; needed with `identity: irsa`, whose role ARNs hold it.',
  }).optional(),
  kubernetesVersion: field(z.string().regex(/^1\.\d+$/, 'a minor version in quotes, such as "1.35"'), {
    description: 'Kubernetes minor version, in quotes.',
    examples: ['1.35'],
  }),
  extendedSupport: field(z.boolean(), {
    description:
      'Whether the cluster keeps its version after the 14 months of standard support, at 0.60 instead of 0.10 USD per hour. Without it EKS upgrades the control plane by itself on that day.',
    default: true,
    why: 'an upgrade that nobody planned can stop apps; the price is on the bill, and an upgrade ends it',
  }).optional(),
  production: field(z.boolean(), {
    description: 'Decides minima, copies of controllers and confirmations.',
    default: true,
    why: 'a cluster that nobody called a playground is one that somebody relies on',
  }).optional(),
  nodeGroups: field(z.array(nodeGroup).min(1), {
    description: 'Node groups: at least one on-demand, which carries the controllers.',
  }),
  gitops: field(
    z.strictObject({
      repository: field(z.string().regex(/^(https?:\/\/|ssh:\/\/|git@|file:\/\/)\S+$/, 'the URL of a Git repository'), {
        description: 'Git repository that Argo CD reads: this one.',
      }),
      branch: field(
        z.string().regex(/^(?![-/.])(?!.*(\.\.|\/\/|@\{))[^\s~^:?*[\\]+(?<![/.])$/, 'the name of a Git branch'),
        {
          description: 'Branch that Argo CD follows.',
          default: 'main',
          why: 'what Git hosts call it',
        },
      ).optional(),
      path: field(repositoryPath, {
        description: 'Folder of this root within the repository.',
        defaultText: 'its top',
        why: 'most repositories hold nothing else',
      }).optional(),
      webhook: field(
        z.strictObject({
          host: field(hostName, { description: 'Host name for /api/webhook alone.' }),
          certificateArn: field(arn, { description: 'ACM certificate for it.' }).optional(),
        }),
        {
          description: 'Lets GitHub tell Argo CD of a push.',
          defaultText: 'none: Argo CD asks every two to three minutes',
          why: 'a webhook needs an address on the internet',
        },
      ).optional(),
    }),
    { description: 'Where Argo CD finds the rendered files.' },
  ),
  identity: field(z.enum(['pod-identity', 'irsa']), {
    description: 'How pods get AWS permissions.',
    default: 'pod-identity',
    why: 'nothing to annotate, no OIDC provider, and roles that can be used in every cluster',
  }).optional(),
  availabilityZones: field(z.array(z.string().min(3)).min(2), {
    description: 'Zones of the cluster.',
    defaultText: 'chosen by eksctl',
    why: 'EKS and EC2 know where there is room',
  }).optional(),
  vpc: field(
    z.strictObject({
      cidr: field(cidr, {
        description: 'Address range; network policies admit the load balancer by it.',
        default: '192.168.0.0/16',
        why: 'eksctl’s own',
      }).optional(),
      id: field(z.string().regex(/^vpc-[0-9a-f]+$/, 'a VPC id such as vpc-0123456789abcdef0'), {
        description: 'An existing VPC; `cidr` must be its range.',
      }).optional(),
      privateSubnets: subnets.optional(),
      publicSubnets: subnets.optional(),
      nat: field(z.enum(['Disable', 'Single', 'HighlyAvailable']), {
        description: 'NAT gateways of a new VPC.',
        defaultText: 'HighlyAvailable in production, Single elsewhere',
        why: 'one gateway is one zone; three cost three times as much',
      }).optional(),
    }),
    { description: 'Network of the cluster.' },
  ).optional(),
  endpoint: field(
    z.strictObject({
      public: field(z.boolean(), {
        description: 'Whether the API answers from the internet.',
        default: true,
        why: 'eksctl and a person’s kubectl come from outside; authentication protects it',
      }).optional(),
      private: field(z.boolean(), {
        description: 'Whether the API answers inside the VPC without leaving it.',
        default: true,
        why: 'nodes then reach the API without leaving the VPC',
      }).optional(),
      publicCidrs: field(z.array(cidr).min(1), {
        description: 'Who may call it from the internet.',
        defaultText: 'everybody: authentication alone protects it',
        why: 'only a person knows the addresses of the office',
      }).optional(),
    }),
    { description: 'Kubernetes API endpoint.' },
  ).optional(),
  secretsEncryptionKeyArn: field(arn, {
    description: 'KMS key that encrypts Kubernetes Secrets.',
    defaultText: 'EKS’ own envelope encryption with an AWS-owned key',
    why: 'EKS encrypts from version 1.28 on; a key of one’s own is for who must rotate it',
  }).optional(),
  access: field(z.array(accessEntry), {
    description: 'Who may use the Kubernetes API, beside the creator.',
    default: [],
    why: 'who else may come in is a decision',
  }).optional(),
  observability: field(
    z.union([
      z.boolean(),
      z.strictObject({
        logRetentionDays: field(z.int(), {
          description: 'Retention of the control-plane logs, one of CloudWatch’s numbers.',
          defaultText: '90 in production, 30 elsewhere',
          why: 'an incident is looked into within weeks, an audit within a quarter',
        }).optional(),
        logTypes: field(z.array(z.enum(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'])).min(1), {
          description: 'Control-plane logs.',
          defaultText: 'all five',
          why: 'the one left out is the one that is missed',
        }).optional(),
        containerInsights: field(z.boolean(), {
          description: 'CloudWatch’s agent and Fluent Bit on every node.',
          default: true,
          why: 'pod metrics and logs without set-up',
        }).optional(),
      }),
    ]),
    {
      description: 'Control-plane logs and Container Insights. CloudWatch bills both.',
      default: true,
      why: 'an incident without logs cannot be understood afterwards',
    },
  ).optional(),
  metricsAdapters: field(z.array(z.enum(['custom.metrics.k8s.io', 'external.metrics.k8s.io'])), {
    description: 'Metric APIs that something else serves on this cluster.',
    default: [],
    why: 'nothing is installed that nobody asked for',
  }).optional(),
  rollouts: field(
    z.strictObject({
      cloudWatch: field(z.boolean(), {
        description: 'Whether the Rollouts controller may read CloudWatch metrics.',
        default: false,
        why: 'a permission that nobody uses is one too many',
      }).optional(),
    }),
    { description: 'Argo Rollouts.' },
  ).optional(),
  namespaces: field(
    z.record(
      dnsLabel,
      z.strictObject({
        quota: field(quota, {
          description: 'ResourceQuota.',
          defaultText: 'none',
          why: 'a quota that nobody chose stops the wrong app',
        }).optional(),
        podSecurity: field(z.enum(['restricted', 'baseline', 'privileged']), {
          description: 'Pod Security level that is enforced.',
          default: 'restricted',
          why: 'what apps are rendered for',
        }).optional(),
        labels: field(z.record(qualifiedName, labelValue), { description: 'More labels.' }).optional(),
      }),
    ),
    { description: 'Settings of namespaces; those that apps name exist without it.' },
  ).optional(),
  autoscaler: field(
    z.strictObject({
      scaleDownUnneeded: field(duration, {
        description: 'How long a node must be idle before it goes.',
        default: '10m',
        why: 'Cluster Autoscaler’s own: shorter buys the same node twice',
      }).optional(),
      scaleDownAfterAdd: field(duration, {
        description: 'How long after a new node none goes.',
        default: '10m',
        why: 'Cluster Autoscaler’s own',
      }).optional(),
    }),
    { description: 'Cluster Autoscaler.' },
  ).optional(),
  eksctl: field(
    z.strictObject({
      patches: field(
        z.array(
          z.strictObject({
            op: z.enum(['add', 'remove', 'replace', 'test', 'move', 'copy']),
            path: z.string().regex(/^(\/.*)?$/, 'a JSON pointer such as /metadata/tags'),
            from: z.string().optional(),
            value: z.unknown().optional(),
          }),
        ),
        {
          description: 'JSON patch (RFC 6902) on the ClusterConfig; checked like everything else.',
          default: [],
          why: 'what a field can say, a field should say',
        },
      ).optional(),
    }),
    { description: 'The eksctl ClusterConfig.' },
  ).optional(),
  tags: field(z.record(z.string().min(1), z.string()), {
    description: 'AWS tags on everything that eksctl makes.',
  }).optional(),
  silence: field(z.record(z.string(), z.string().min(10, 'a reason of at least 10 characters')), {
    description: 'Checks that are silent for this cluster: their id and the reason.',
  }).optional(),
});
export type ClusterSpec = z.infer<typeof clusterSpec>;
