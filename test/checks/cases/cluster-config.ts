import { casesOf, cluster, eksctl, nodeGroups } from './case.js';

const spot = 'name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** What eksctl itself says of these and of many more is asked in test/cluster/eksctl. */
export const clusterConfigCases = [
  ...casesOf('cluster-config-rules', [
    {
      when: 'a number is out of range',
      cluster: eksctl('▸{op: add, path: /nodeGroups/0/volumeThroughput, value: 5000}'),
      says: 'use 125 to 1000',
    },
    {
      when: 'two fields exclude each other',
      cluster: eksctl('▸{op: add, path: /managedNodeGroups/0/instanceType, value: m5.large}'),
      says: 'both instanceType and instanceTypes',
    },
    {
      when: 'both groups get one name',
      cluster: eksctl('▸{op: replace, path: /nodeGroups/0/name, value: base}'),
      says: 'two node groups are named base',
    },
    {
      when: 'Spot is allocated in a way that there is not',
      cluster: eksctl(
        '▸{op: replace, path: /nodeGroups/0/instancesDistribution/spotAllocationStrategy, value: cheapest}',
      ),
      says: 'cheapest',
    },
    {
      when: 'an association loses its permissions',
      cluster: eksctl('▸{op: remove, path: /iam/podIdentityAssociations/0/permissionPolicy}'),
      says: 'permits nothing',
    },
    {
      when: 'service accounts have no OIDC provider',
      cluster: eksctl(
        `▸{op: add, path: /iam/serviceAccounts, value: [{metadata: {name: a}, attachPolicyARNs: ["${readOnly}"]}]}`,
      ),
      says: 'OIDC',
    },
    {
      when: 'the Pod Identity agent is taken away',
      cluster: eksctl('▸{op: remove, path: /addons/3}'),
      says: 'eks-pod-identity-agent',
    },
    {
      when: 'an addon has IRSA and an association',
      cluster: eksctl(`▸{op: add, path: /addons/4/attachPolicyARNs, value: ["${readOnly}"]}`),
      says: 'attachPolicyARNs and podIdentityAssociations',
    },
    { when: 'Auto Mode is switched on', cluster: eksctl('▸{op: replace, path: /autoModeConfig/enabled, value: true}') },
    {
      when: 'callers are no range',
      cluster: eksctl('▸{op: add, path: /vpc/publicAccessCIDRs, value: ["203.0.113.7"]}'),
    },
    {
      when: 'a cluster has one zone',
      cluster: eksctl('▸{op: add, path: /availabilityZones, value: [us-east-1a]}'),
      says: 'EKS needs two',
    },
    {
      when: 'an access entry names an IAM policy',
      cluster: eksctl(
        `▸{op: add, path: /accessConfig/accessEntries, value: [{principalARN: "arn:aws:iam::111122223333:role/a", accessPolicies: [{policyARN: "${readOnly}", accessScope: {type: cluster}}]}]}`,
      ),
      says: 'no access policy of EKS',
    },
    { when: 'a key is no ARN', cluster: eksctl('▸{op: add, path: /secretsEncryption, value: {keyARN: mine}}') },
    {
      when: 'a patch says what eksctl takes',
      cluster: eksctl(
        '{op: add, path: /nodeGroups/0/volumeThroughput, value: 250}',
        '{op: add, path: /managedNodeGroups/0/maxPodsPerNode, value: 50}',
        '{op: add, path: /nodeGroups/0/kubeletExtraConfig, value: {podPidsLimit: 4096}}',
      ),
    },
    { when: 'nothing is patched' },
  ]),
  ...casesOf('cluster-config-version', [
    {
      when: 'a patch changes the version',
      cluster: eksctl('▸{op: replace, path: /metadata/version, value: "1.34"}'),
      says: 'everything else is rendered for 1.35',
    },
    { when: 'a patch takes the version away', cluster: eksctl('▸{op: remove, path: /metadata/version}') },
    { when: 'the spec has another version', cluster: cluster('kubernetesVersion: "1.34"\n') },
  ]),
  ...casesOf('node-label', [
    {
      when: 'a label is kept for Kubernetes',
      cluster: nodeGroups('base', `${spot}, labels: ▸{node-role.kubernetes.io/spot: "true"}`),
      says: 'reserved for Kubernetes',
    },
    {
      when: 'a patch adds a value that is none',
      cluster: eksctl('▸{op: add, path: /managedNodeGroups/0/labels/team, value: "a b"}'),
      says: '"a b"',
    },
    {
      when: 'labels are one’s own, or a kubelet’s',
      cluster: nodeGroups('base', `${spot}, labels: {team: a, example.com/tier: web, node.kubernetes.io/pool: b}`),
    },
  ]),
];
