import { awsPartition } from '../model/controller-roles.js';
import type { ResolvedCluster } from '../model/resolved.js';
import type { PolicyDocument, PolicyStatement } from './iam-policies.js';
import { allow, arnInCluster, policyDocument } from './iam-policies.js';

/** The tag, with the cluster's name, that the controller puts on all that it makes (pkg/deploy/tracking at v3.5.0). */
const clusterTag = 'elbv2.k8s.aws/cluster';

/**
 * What the AWS Load Balancer Controller may do: the actions of its own policy (docs/install/iam_policy.json at v3.5.0; eksctl v0.230.0
 * has the same under wellKnownPolicies), on fewer resources. Where upstream asks that the controller's tag be there, this asks
 * for this cluster's name in it, so that two clusters of an account cannot delete each other's load balancers; and every ARN is in
 * the cluster's region and partition, and in its account where that is known.
 */
export function loadBalancerControllerPolicy(cluster: ResolvedCluster): PolicyDocument {
  return policyDocument([
    ...reads(cluster),
    ...besideLoadBalancers(cluster),
    ...securityGroups(cluster),
    ...loadBalancers(cluster),
  ]);
}

function reads(cluster: ResolvedCluster): PolicyStatement[] {
  const arn = arnInCluster({ region: cluster.region });
  return [
    allow(
      [
        'ec2:DescribeAccountAttributes',
        'ec2:DescribeAddresses',
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeCoipPools',
        'ec2:DescribeInstances',
        'ec2:DescribeInternetGateways',
        'ec2:DescribeIpamPools',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeTags',
        'ec2:DescribeVpcPeeringConnections',
        'ec2:DescribeVpcs',
        'elasticloadbalancing:DescribeCapacityReservation',
        'elasticloadbalancing:DescribeListenerAttributes',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeLoadBalancerAttributes',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeSSLPolicies',
        'elasticloadbalancing:DescribeTags',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTrustStores',
        'acm:ListCertificates',
        'iam:ListServerCertificates',
        'shield:DescribeProtection',
        'shield:GetSubscriptionState',
      ],
      ['*'],
    ),
    // Of any account: a VPC may be shared by another one.
    allow(['ec2:GetCoipPoolUsage', 'ec2:GetSecurityGroupsForVpc'], [arn('ec2', 'coip-pool/*'), arn('ec2', 'vpc/*')]),
  ];
}

/** Certificates, user pools and firewalls, which an Ingress names by annotations. */
function besideLoadBalancers(cluster: ResolvedCluster): PolicyStatement[] {
  const arn = arnInCluster(cluster);
  const loadBalancers = arn('elasticloadbalancing', 'loadbalancer/app/*/*');
  const serviceRole = 'aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing';
  // IAM and Shield are one for all regions of a partition.
  const global = (service: string, resource: string) =>
    `arn:${awsPartition(cluster.region)}:${service}::${cluster.accountId ?? '*'}:${resource}`;
  return [
    allow(['iam:CreateServiceLinkedRole'], [global('iam', `role/${serviceRole}`)], {
      StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
    }),
    allow(['acm:DescribeCertificate'], [arn('acm', 'certificate/*')]),
    allow(['iam:GetServerCertificate'], [global('iam', 'server-certificate/*')]),
    allow(['cognito-idp:DescribeUserPoolClient'], [arn('cognito-idp', 'userpool/*')]),
    allow(
      ['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL', 'wafv2:GetWebACL', 'wafv2:GetWebACLForResource'],
      [arn('wafv2', 'regional/webacl/*/*'), loadBalancers],
    ),
    allow(
      [
        'waf-regional:AssociateWebACL',
        'waf-regional:DisassociateWebACL',
        'waf-regional:GetWebACL',
        'waf-regional:GetWebACLForResource',
      ],
      [arn('waf-regional', 'webacl/*'), loadBalancers],
    ),
    // To create one, IAM knows no resource.
    allow(['shield:CreateProtection'], ['*']),
    allow(['shield:DeleteProtection'], [global('shield', 'protection/*')]),
  ];
}

function securityGroups(cluster: ResolvedCluster): PolicyStatement[] {
  const arn = arnInCluster(cluster);
  const groups = arn('ec2', 'security-group/*');
  const rules = arn('ec2', 'security-group-rule/*');
  const { made, making } = tagged(cluster);
  return [
    allow(['ec2:CreateSecurityGroup'], [groups, arnInCluster({ region: cluster.region })('ec2', 'vpc/*')]),
    allow(['ec2:CreateTags'], [groups], {
      StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', ...making },
    }),
    // Of its own groups all tags but the one that makes them its own.
    allow(['ec2:CreateTags', 'ec2:DeleteTags'], [groups], {
      StringEquals: made,
      Null: { [`aws:RequestTag/${clusterTag}`]: 'true' },
    }),
    allow(['ec2:DeleteSecurityGroup'], [groups], { StringEquals: made }),
    // Those of the nodes, too, which EKS and eksctl make: what the load balancer may reach.
    allow(['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'], [groups, rules]),
  ];
}

function loadBalancers(cluster: ResolvedCluster): PolicyStatement[] {
  const arn = arnInCluster(cluster);
  const elb = (...resources: readonly string[]) => resources.map((resource) => arn('elasticloadbalancing', resource));
  const balancers = elb('loadbalancer/app/*/*', 'loadbalancer/net/*/*');
  const targetGroups = elb('targetgroup/*/*');
  const listeners = elb('listener/app/*/*/*', 'listener/net/*/*/*');
  const rules = elb('listener-rule/app/*/*/*/*', 'listener-rule/net/*/*/*/*');
  const { made, making } = tagged(cluster);
  return [
    allow(
      ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'],
      [...balancers, ...targetGroups],
      {
        StringEquals: making,
      },
    ),
    allow(['elasticloadbalancing:AddTags'], [...balancers, ...targetGroups], {
      StringEquals: { 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'], ...making },
    }),
    allow(['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], [...balancers, ...targetGroups], {
      StringEquals: made,
      Null: { [`aws:RequestTag/${clusterTag}`]: 'true' },
    }),
    allow(['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], [...listeners, ...rules]),
    allow(
      [
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:DeleteTargetGroup',
        'elasticloadbalancing:ModifyCapacityReservation',
        'elasticloadbalancing:ModifyIpPools',
        'elasticloadbalancing:ModifyListenerAttributes',
        'elasticloadbalancing:ModifyLoadBalancerAttributes',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:ModifyTargetGroupAttributes',
        'elasticloadbalancing:SetIpAddressType',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:SetSubnets',
      ],
      [...balancers, ...targetGroups, ...listeners],
      { StringEquals: made },
    ),
    // Upstream asks for no tag here, either: listeners and rules of older controllers have none.
    allow(
      [
        'elasticloadbalancing:AddListenerCertificates',
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:CreateRule',
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:DeleteRule',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:ModifyRule',
        'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:SetRulePriorities',
      ],
      [...balancers, ...listeners, ...rules],
    ),
    allow(['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], targetGroups),
    // An action that the Service Authorization Reference gives no resource.
    allow(['elasticloadbalancing:SetWebAcl'], ['*']),
  ];
}

/** What to ask of a resource that is there, and of one that is being made. */
function tagged({ name }: ResolvedCluster): Record<'made' | 'making', Record<string, string>> {
  return { made: { [`aws:ResourceTag/${clusterTag}`]: name }, making: { [`aws:RequestTag/${clusterTag}`]: name } };
}
