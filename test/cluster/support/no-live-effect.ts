/**
 * Checks of severity error whose effect the rig cannot show, or shows elsewhere: id → why or where.
 * What kwok does not play (kubelets, images, networks, load balancers) and what is AWS's cannot fail here.
 */
export const NO_LIVE_EFFECT: Readonly<Record<string, string>> = {
  ...all('EC2, EKS or eksctl refuses it; the rig has none of them (eksctl’s own loader is asked in issue 5)', [
    'node-group-name',
    'node-group-size',
    'instance-type',
    'spot-capable-type',
    'one-architecture',
    'asg-tags',
    'spot-purchase',
    'cluster-config-schema',
    'log-retention',
    'endpoint-reachable',
    'endpoint-cidrs',
    'vpc-subnets',
    'vpc-cidr',
    'availability-zone',
    'region-known',
  ]),
  ...all('AWS decides; the rig has none', [
    'arn-account',
    'arn-kind',
    'arn-partition',
    'arn-region',
    'role-name-unique',
    'irsa-account',
    'aws-identity',
    'analysis-provider',
  ]),
  ...all('a kubelet finds out, and kwok’s pods have none', [
    'grace-period',
    'spot-grace-period',
    'probe-port',
    'secret-exists',
    'secret-key-exists',
    'config-map-exists',
    'config-map-key-exists',
    'claim-replicas',
    'claim-release',
    'node-room',
  ]),
  ...all('packets show it, and kwok’s pods have no network', [
    'network-policy-enforced',
    'network-path',
    'call-not-allowed',
  ]),
  ...all('the AWS Load Balancer Controller shows it, and it needs AWS', [
    'ingress-controller',
    'ingress-host',
    'ingress-group',
    'ingress-group-scheme',
    'ingress-backend',
  ]),
  ...all('a release shows it: issue 6', ['analysis-valid', 'rollout-rights']),
  ...all('Argo CD shows it: issue 6', [
    'duplicate-object',
    'own-namespace',
    'cluster-scoped-object',
    'application-name',
    'crd-order',
    'rollout-last-wave',
    'rollout-service-apply',
    'ignore-differences',
    'app-project',
  ]),
  ...all('nothing is rendered of it, so nothing can misbehave', [
    'scale-range',
    'analysis-needs-canary',
    'secret-in-git',
  ]),
  ...all('shown by placement.test.ts, where preferences win or lose', [
    'overflow-toleration',
    'placement',
    'on-demand-group',
    'controllers-safe',
  ]),
  ...all('shown by interruption.test.ts: a node without the label runs no handler', [
    'drain-handler',
    'node-lifecycle-label',
  ]),
  ...all('shown by chain.test.ts where a Cluster Autoscaler is given', ['asg-priority', 'priority-expander']),
  'hpa-tolerance': 'only Kubernetes 1.35 runs live, and it knows the field',
};

function all(why: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, why]));
}
