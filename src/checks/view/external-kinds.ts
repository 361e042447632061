import type { ClusterView } from './cluster-view.js';
import { addon } from './groups.js';

/** Kinds of Argo CD's own release (manifests/install.yaml, v3.5.3), which bootstrap/ brings without rendering it. */
const argoCd = ['argoproj.io/Application', 'argoproj.io/ApplicationSet', 'argoproj.io/AppProject'];

/** Kinds of the AWS Load Balancer Controller's chart (aws/eks-charts 5239609, 3.5.0, crds/). */
const loadBalancerController = [
  'elbv2.k8s.aws/TargetGroupBinding',
  'elbv2.k8s.aws/IngressClassParams',
  'elbv2.k8s.aws/ALBTargetControlConfig',
  'aga.k8s.aws/GlobalAccelerator',
];

/** Kinds that an EKS cluster has from its VPC CNI addon and control plane (aws/amazon-vpc-cni-k8s, aws/amazon-vpc-resource-controller-k8s). */
const eks = [
  'crd.k8s.amazonaws.com/ENIConfig',
  'networking.k8s.aws/PolicyEndpoint',
  'vpcresources.k8s.aws/SecurityGroupPolicy',
  'vpcresources.k8s.aws/CNINode',
];

/** Kinds of the addon amazon-cloudwatch-observability (aws-observability/helm-charts 6.4.0). */
const cloudWatch = ['cloudwatch.aws.amazon.com/AmazonCloudWatchAgent', 'cloudwatch.aws.amazon.com/Instrumentation'];

/** `group/Kind` of custom resources whose definitions come to the cluster without being rendered here. */
export function externalKinds(view: ClusterView): ReadonlySet<string> {
  return new Set([
    ...argoCd,
    ...eks,
    ...(view.cluster.features.loadBalancerController ? loadBalancerController : []),
    ...(addon(view.clusterConfig, 'amazon-cloudwatch-observability') === undefined ? [] : cloudWatch),
  ]);
}
