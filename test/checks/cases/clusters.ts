import { app, casesOf, cluster, markedGroups, nodeGroups } from './case.js';
import { replaceObject, rewriteObject, withObject } from './tamper.js';

export const clustersCases = [
  ...casesOf('log-retention', [
    {
      when: 'CloudWatch has no such number',
      cluster: cluster('observability: {logRetentionDays: ▸45}'),
      says: '45 days',
    },
    { when: 'it has', cluster: cluster('observability: {logRetentionDays: 60}') },
  ]),
  ...casesOf('endpoint-reachable', [
    { when: 'the API is nowhere', cluster: cluster('endpoint: {public: false, private: ▸false}') },
    { when: 'the API is private', cluster: cluster('endpoint: {public: false}') },
  ]),
  ...casesOf('endpoint-cidrs', [
    {
      when: 'a private endpoint has public CIDRs',
      cluster: cluster('endpoint: {public: false, ▸publicCidrs: [203.0.113.0/24]}'),
    },
    { when: 'a public one has', cluster: cluster('endpoint: {publicCidrs: [203.0.113.0/24]}') },
  ]),
  ...casesOf('endpoint-nodes', [
    {
      when: 'nodes would come from elsewhere',
      cluster: cluster('endpoint: {private: ▸false, publicCidrs: [203.0.113.0/24]}'),
    },
    { when: 'nodes come from inside', cluster: cluster('endpoint: {publicCidrs: [203.0.113.0/24]}') },
  ]),
  ...casesOf('endpoint-open', [
    { when: 'everybody may ask', cluster: `▸${cluster()}` },
    { when: 'some may ask', cluster: cluster('endpoint: {publicCidrs: [203.0.113.0/24]}') },
  ]),
  ...casesOf('observability-off', [
    { when: 'production has no logs', cluster: cluster('observability: ▸false') },
    { when: 'a playground has no logs', cluster: cluster('production: false\nobservability: false') },
  ]),
  ...casesOf('access-namespace', [
    {
      when: 'a namespace is misspelt',
      cluster: cluster(
        'access: [{principalArn: "arn:aws:iam::111122223333:role/dev", policy: edit, namespaces: [▸shp]}]',
      ),
      apps: { shop: app() },
      says: 'dev gets access to namespace shp',
    },
    {
      when: 'it exists',
      cluster: cluster(
        'access: [{principalArn: "arn:aws:iam::111122223333:role/dev", policy: edit, namespaces: [shop]}]',
      ),
      apps: { shop: app() },
    },
  ]),
  ...casesOf('vpc-subnets', [
    {
      when: 'subnets are in one zone',
      cluster: cluster('vpc:\n  id: vpc-0a1b\n  cidr: 10.0.0.0/16\n  ▸privateSubnets: {us-east-1a: subnet-0a}'),
    },
    {
      when: 'a VPC has no subnets',
      cluster: cluster('vpc: {id: ▸vpc-0a1b, cidr: 10.0.0.0/16}'),
      says: 'subnets in no zone',
    },
    {
      when: 'subnets have no VPC',
      cluster: cluster('vpc:\n  ▸privateSubnets: {us-east-1a: subnet-0a, us-east-1b: subnet-0b}'),
      says: 'would make a new VPC',
    },
    {
      when: 'subnets are in two zones',
      cluster: cluster(
        'vpc: {id: vpc-0a1b, cidr: 10.0.0.0/16, privateSubnets: {us-east-1a: subnet-0a, us-east-1b: subnet-0b}}',
      ),
    },
  ]),
  ...casesOf('vpc-cidr', [
    { when: 'a new VPC is too small', cluster: cluster('vpc: {cidr: ▸10.0.0.0/26}') },
    { when: 'an address has host bits', cluster: cluster('vpc: {cidr: ▸10.0.1.7/16}') },
    {
      when: 'an existing VPC may be small',
      cluster: cluster(
        'vpc: {id: vpc-0a1b, cidr: 10.0.0.0/26, privateSubnets: {us-east-1a: subnet-0a, us-east-1b: subnet-0b}}',
      ),
    },
  ]),
  ...casesOf('vpc-addresses', [
    {
      when: 'nodes at their maximum need more',
      cluster: cluster('vpc: {cidr: ▸10.0.0.0/23}'),
      says: 'leaves about 192',
    },
    { when: 'a /16 is enough' },
  ]),
  ...casesOf('public-nodes', [
    { when: 'there is no NAT gateway', cluster: cluster('vpc: {nat: ▸Disable}') },
    { when: 'there is one', cluster: cluster('vpc: {nat: Single}') },
  ]),
  ...casesOf('availability-zone', [
    { when: 'a zone is of another region', cluster: cluster('availabilityZones: [us-east-1a, ▸us-west-2b]') },
    {
      when: 'a group is in a zone that the cluster lacks',
      cluster: `${nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, availabilityZones: ▸[us-east-1c]')}availabilityZones: [us-east-1a, us-east-1b]\n`,
    },
    {
      when: 'zones agree',
      cluster: `${nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, availabilityZones: [us-east-1a]')}availabilityZones: [us-east-1a, us-east-1b]\n`,
    },
  ]),
  ...casesOf('several-zones', [
    {
      when: 'all on-demand nodes are in one zone',
      cluster: nodeGroups(
        'name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, availabilityZones: ▸[us-east-1a]',
        'burst',
      ),
    },
    {
      when: 'groups are in two zones',
      cluster: nodeGroups(
        'name: a, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6, availabilityZones: [us-east-1a]',
        'name: b, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6, availabilityZones: [us-east-1b]',
      ),
    },
  ]),
  ...casesOf('controllers-safe', [
    {
      when: 'a controller may run on Spot',
      cluster: markedGroups(),
      tamper: (rendered) =>
        replaceObject(rendered, 'Deployment', 'metrics-server', (object) => {
          const copy = structuredClone(object) as typeof object & {
            spec: { template: { spec: Record<string, unknown> } };
          };
          delete copy.spec.template.spec['affinity'];
          return copy;
        }),
      says: 'controller metrics-server is not safe: it may run on Spot',
    },
    {
      when: 'a controller without anything is added',
      cluster: markedGroups(),
      tamper: (rendered) =>
        withObject(rendered, {
          owner: { kind: 'platform', component: 'storage' },
          object: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'new', namespace: 'kube-system' },
            spec: { template: { spec: { containers: [{ name: 'new' }] } } },
          },
        }),
      says: 'it has no requests, it has no PodDisruptionBudget and it has no priority class',
    },
    {
      when: 'Argo CD’s patches lack the priority class',
      cluster: markedGroups(),
      tamper: (rendered) => rewriteObject(rendered, 'Kustomization', 'argocd', 'priorityClassName', 'priorityClass'),
    },
    { when: 'all are as rendered', apps: { shop: app('ingress: {host: shop.example.com}') } },
  ]),
];
