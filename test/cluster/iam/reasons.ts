// Why the rendered IAM documents are as wide as they are. A line that nothing needs any more fails the test.

/** Why a wildcard is there. */
export interface WildcardReason {
  /** Roles (without the cluster’s name) whose documents have it. */
  readonly roles: readonly string[];
  /** As wildcards.ts writes them. */
  readonly wildcards: readonly string[];
  readonly why: string;
}

/** What parliament finds, and why it stays. */
export interface FindingReason {
  readonly role: string;
  readonly issue: string;
  /** Matches the finding’s detail. */
  readonly about: RegExp;
  readonly why: string;
}

const AUTOSCALER = 'cluster-autoscaler';
const LOAD_BALANCER = 'load-balancer';

export const EXPLAINED_WILDCARDS: readonly WildcardReason[] = [
  {
    roles: [AUTOSCALER, LOAD_BALANCER, 'argo-rollouts'],
    wildcards: ['*'],
    why: 'for actions for which IAM knows no resource; where it knows one, parliament says RESOURCE_STAR, and that needs a reason below',
  },
  {
    roles: [AUTOSCALER, LOAD_BALANCER],
    wildcards: ['account'],
    why: 'accountId may be left out; a role reaches no other account anyway, unless that account lets it in',
  },
  {
    roles: [AUTOSCALER],
    wildcards: ['eks:nodegroup/<cluster>/*/*'],
    why: 'a group’s ARN ends in its name and a UUID that EKS makes up; groups of this cluster alone',
  },
  {
    roles: [AUTOSCALER],
    wildcards: ['autoscaling:autoScalingGroup:*:autoScalingGroupName/*'],
    why: 'names and UUIDs are made up by EKS and CloudFormation; the condition on the tag k8s.io/cluster-autoscaler/<cluster> limits both writes',
  },
  {
    roles: [LOAD_BALANCER],
    wildcards: [
      'elasticloadbalancing:loadbalancer/app/*/*',
      'elasticloadbalancing:loadbalancer/net/*/*',
      'elasticloadbalancing:targetgroup/*/*',
    ],
    why: 'the controller makes up names and AWS ids; what makes, changes, tags or deletes them asks for this cluster’s name in elbv2.k8s.aws/cluster, all but registering targets and adding listeners, as in upstream’s policy',
  },
  {
    roles: [LOAD_BALANCER],
    wildcards: [
      'elasticloadbalancing:listener/app/*/*/*',
      'elasticloadbalancing:listener/net/*/*/*',
      'elasticloadbalancing:listener-rule/app/*/*/*/*',
      'elasticloadbalancing:listener-rule/net/*/*/*/*',
    ],
    why: 'names and ids are made up; no tag is asked for, as in upstream’s policy, because listeners and rules of older controllers have none',
  },
  {
    roles: [LOAD_BALANCER],
    wildcards: ['ec2:security-group/*', 'ec2:security-group-rule/*'],
    why: 'ids are AWS’; tags and deletion ask for elbv2.k8s.aws/cluster; rules are also added to the nodes’ groups, which EKS and eksctl make without it',
  },
  {
    roles: [LOAD_BALANCER],
    wildcards: ['ec2:vpc/*', 'ec2:coip-pool/*'],
    why: 'the VPC is not made yet when this is written, and a shared one is another account’s',
  },
  {
    roles: [LOAD_BALANCER],
    wildcards: [
      'acm:certificate/*',
      'iam:server-certificate/*',
      'cognito-idp:userpool/*',
      'wafv2:regional/webacl/*/*',
      'waf-regional:webacl/*',
      'shield:protection/*',
    ],
    why: 'Ingresses name them by annotations, after the role is made; what is done to them is reading and attaching to load balancers',
  },
  {
    roles: ['shop-fb865323'],
    wildcards: ['s3:shop-uploads/*'],
    why: 'the fixture’s own words: an app that may read all objects of its bucket',
  },
];

export const EXPLAINED_FINDINGS: readonly FindingReason[] = [
  {
    role: LOAD_BALANCER,
    issue: 'RESOURCE_STAR',
    about: /^\["shield:DescribeProtection"\]$/,
    why: 'it is asked by the load balancer’s ARN, when no id of a protection is known',
  },
  {
    role: LOAD_BALANCER,
    issue: 'RESOURCE_MISMATCH',
    about:
      /^(\[|, )*(\{"action": "elasticloadbalancing:\w+", "required_format": "arn:\*:elasticloadbalancing:\*:\*:loadbalancer\/\*"\}(, |\]))+$/,
    why: 'the format is that of classic load balancers, of which the controller makes none; parliament knows both generations under one prefix',
  },
  {
    role: LOAD_BALANCER,
    issue: 'RESOURCE_MISMATCH',
    about:
      /^\[(\{"action": "elasticloadbalancing:\w+", "required_format": "arn:\*:elasticloadbalancing:\*:\*:listener\/gwy\/\*\/\*\/\*"\}(, |\]))+$/,
    why: 'parliament takes all kinds of listeners for required; those of gateway load balancers the controller does not make',
  },
  {
    role: LOAD_BALANCER,
    issue: 'CREDENTIALS_EXPOSURE',
    about: /^\{?.*cognito-idp:describeuserpoolclient/,
    why: 'the answer holds the user pool client’s secret; without it an Ingress could not sign users in (auth-type: cognito)',
  },
  {
    role: LOAD_BALANCER,
    issue: 'PERMISSIONS_MANAGEMENT_ACTIONS',
    about: /^\{?.*iam:createservicelinkedrole/,
    why: 'AWS’ own role for load balancing, by name and service, which an account lacks before its first load balancer',
  },
];
