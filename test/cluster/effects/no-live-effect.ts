/**
 * Checks of severity error whose effect the rig cannot show, or shows elsewhere: id → why or where.
 * What kwok does not play (kubelets, images, networks, load balancers) and what is AWS's cannot fail here.
 */
export const NO_LIVE_EFFECT: Readonly<Record<string, string>> = {
  ...all(
    'EC2, EKS or eksctl refuses it; no cluster that runs shows it (eksctl’s own loader is asked by test/cluster/eksctl)',
    [
      'node-group-name',
      'node-group-size',
      'instance-type',
      'spot-capable-type',
      'one-architecture',
      'asg-tags',
      'spot-purchase',
      'cluster-config-schema',
      'cluster-config-rules',
      'cluster-config-version',
      'node-label',
      'cluster-config-rules',
      'cluster-config-version',
      'node-label',
      'log-retention',
      'endpoint-reachable',
      'endpoint-cidrs',
      'vpc-subnets',
      'vpc-cidr',
      'availability-zone',
      'region-known',
    ],
  ),
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
    'probe-port',
    'secret-exists',
    'secret-key-exists',
    'config-map-exists',
    'config-map-key-exists',
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
  ...all('Argo CD shows it: sync.test.ts and boundaries.test.ts run the real one', [
    'own-namespace',
    'cluster-scoped-object',
    'application-name',
    'crd-order',
    'rollout-last-wave',
    'ignore-differences',
    'app-project',
  ]),
  ...all('nothing is rendered of it, so nothing can misbehave', [
    'scale-range',
    'analysis-needs-canary',
    'secret-in-git',
  ]),
  ...all('shown by placement.test.ts: where a toleration or a missing preference puts pods', [
    'overflow-toleration',
    'placement',
  ]),
  ...all('shown by interruption.test.ts: a node without the label runs no handler', [
    'drain-handler',
    'node-lifecycle-label',
  ]),
  ...all('shown by chain.test.ts where a Cluster Autoscaler is given', ['asg-priority', 'priority-expander']),
  'spot-grace-period': 'shown by long/interruptions.long.ts, which waits the two minutes of a notice out',
  'hpa-tolerance': 'only Kubernetes 1.35 runs live, and it knows the field',
  'node-room': 'EKS’s own DaemonSets fill such a node, and the rig runs none of them',
};

function all(why: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, why]));
}
