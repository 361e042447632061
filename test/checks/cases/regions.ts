import type { RenderedCluster } from '../../../src/pipeline.js';
import { app, casesOf, cluster, patch } from './case.js';

const ingress = (name: string, rest: string, mark = '') =>
  app(`ingress: {host: ${name}.example.com, ${mark}${rest}}`, name);
const certificate = (region: string, account = '111122223333', partition = 'aws') =>
  `arn:${partition}:acm:${region}:${account}:certificate/0a1b`;

/** The cluster whose app `shop` has a role named as Cluster Autoscaler's. */
function oneRole(rendered: RenderedCluster): RenderedCluster {
  const { apps, controllerRoles } = rendered.cluster;
  const own = apps[0]?.aws?.roleName ?? 'no role';
  const text = JSON.stringify(rendered.clusterConfig);
  if (!text.includes(`"${own}"`)) throw new Error(`the ClusterConfig has no role ${own}`);
  const renamed = text.replaceAll(`"${own}"`, `"${controllerRoles.clusterAutoscaler.roleName}"`);
  return { ...rendered, clusterConfig: JSON.parse(renamed) as Record<string, unknown> };
}

const policy = '"arn:aws:iam::111122223333:policy/shop"';

export const regionsCases = [
  ...casesOf('region-known', [
    {
      when: 'letters are the wrong way round',
      cluster: cluster('region: ▸us-esat-1'),
      says: 'did you mean us-east-1?',
    },
    { when: 'it is one', cluster: cluster('region: ap-southeast-7') },
  ]),
  ...casesOf('arn-partition', [
    {
      when: 'a policy is of China',
      apps: { shop: app('aws: {policies: [▸"arn:aws-cn:iam::aws:policy/ReadOnlyAccess"]}') },
      says: 'us-east-1 is in partition aws',
    },
    {
      when: 'a resource is of the commercial regions',
      cluster: cluster('region: us-gov-west-1'),
      apps: {
        shop: app('aws: {statements: [{actions: ["s3:GetObject"], resources: [▸"arn:aws:s3:::shop/*"]}]}'),
      },
    },
    {
      when: 'an access entry is',
      cluster: cluster(
        'region: cn-north-1\naccess: [{principalArn: ▸"arn:aws:iam::111122223333:role/dev", policy: view}]',
      ),
    },
    {
      when: 'all are of this one',
      apps: {
        shop: app(
          'aws: {policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"], statements: [{actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*", "*", "arn:*:s3:::x"]}]}',
        ),
      },
    },
  ]),
  ...casesOf('arn-kind', [
    {
      when: 'the key is named by an alias',
      cluster: cluster('secretsEncryptionKeyArn: ▸arn:aws:kms:us-east-1:111122223333:alias/eks'),
      says: 'where a KMS key must stand',
    },
    {
      when: 'an access entry is for what somebody is for an hour',
      cluster: cluster('access: [{principalArn: ▸"arn:aws:sts::111122223333:assumed-role/dev/ann", policy: view}]'),
      says: 'where an IAM role or user must stand',
    },
    {
      when: 'an access entry is for a group',
      cluster: cluster('access: [{principalArn: ▸"arn:aws:iam::111122223333:group/dev", policy: view}]'),
    },
    {
      when: 'a certificate is a key',
      apps: {
        shop: app(
          'ingress: {host: a.example.com, certificateArn: ▸"arn:aws:kms:us-east-1:111122223333:key/1111-2222"}',
        ),
      },
      says: 'shop names arn:aws:kms',
    },
    {
      when: 'all are what they should be, with a path, too',
      cluster: cluster(
        'secretsEncryptionKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1111\naccess:\n  - {principalArn: "arn:aws:iam::111122223333:role/sso/dev", policy: view}\n  - {principalArn: "arn:aws:iam::111122223333:user/ann", policy: view}',
      ),
      apps: { shop: app(`ingress: {host: a.example.com, certificateArn: "${certificate('us-east-1')}"}`) },
    },
  ]),
  ...casesOf('arn-region', [
    {
      when: 'a certificate is of another region',
      apps: { shop: app(`ingress: {host: a.example.com, certificateArn: ▸"${certificate('eu-west-1')}"}`) },
      says: 'is in eu-west-1, the cluster in us-east-1',
    },
    {
      when: 'a second certificate by annotation is',
      apps: {
        shop: app(
          `ingress: {host: a.example.com}\n${patch(`{metadata: {annotations: {alb.ingress.kubernetes.io/certificate-arn: "${certificate('us-east-1')},${certificate('eu-west-1')}"}}}`, 'Ingress')}`,
        ),
      },
    },
    {
      when: 'the webhook’s certificate is',
      cluster: cluster(
        `gitops: {repository: https://github.com/acme/platform.git, branch: main, webhook: {host: a.example.com, certificateArn: ▸"${certificate('eu-west-1')}"}}`,
      ),
      says: 'Argo CD’s webhook',
    },
    {
      when: 'the key is',
      cluster: cluster('secretsEncryptionKeyArn: ▸arn:aws:kms:eu-west-1:111122223333:key/1111-2222'),
      says: 'the key of cluster prod',
    },
    {
      when: 'both are of this region',
      cluster: cluster('secretsEncryptionKeyArn: arn:aws:kms:us-east-1:111122223333:key/1111-2222'),
      apps: { shop: app(`ingress: {host: a.example.com, certificateArn: "${certificate('us-east-1')}"}`) },
    },
  ]),
  ...casesOf('arn-account', [
    {
      when: 'a policy is of another account',
      cluster: cluster('accountId: "111122223333"'),
      apps: { shop: app('aws: {policies: [▸"arn:aws:iam::444455556666:policy/shop"]}') },
      says: 'of account 444455556666',
    },
    {
      when: 'a certificate is',
      cluster: cluster('accountId: "111122223333"'),
      apps: {
        shop: app(`ingress: {host: a.example.com, certificateArn: ▸"${certificate('us-east-1', '444455556666')}"}`),
      },
    },
    {
      when: 'policies are of AWS or of this account, resources of anybody',
      cluster: cluster('accountId: "111122223333"'),
      apps: {
        shop: app(
          `aws: {policies: [${policy}, "arn:aws:iam::aws:policy/ReadOnlyAccess"], statements: [{actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:444455556666:other"]}]}`,
        ),
      },
    },
    {
      when: 'nobody says the account',
      apps: { shop: app('aws: {policies: ["arn:aws:iam::444455556666:policy/shop"]}') },
    },
  ]),
  ...casesOf('ingress-group-scheme', [
    {
      when: 'one is inside, one on the internet',
      apps: {
        shop: ingress('shop', 'group: web, scheme: ▸internal'),
        cart: ingress('cart', 'group: web, scheme: ▸internet-facing'),
      },
      says: 'cart is internet-facing in ingress group web, shop internal',
    },
    {
      when: 'groups differ',
      apps: {
        shop: ingress('shop', 'group: inside, scheme: internal'),
        cart: ingress('cart', 'group: web, scheme: internet-facing'),
      },
    },
    {
      when: 'both are on the internet',
      apps: {
        shop: ingress('shop', 'group: web, scheme: internet-facing'),
        cart: ingress('cart', 'group: web, scheme: internet-facing'),
      },
    },
  ]),
  ...casesOf('role-name-unique', [
    {
      when: 'an app’s role is named as a controller’s',
      apps: { shop: app(`aws: {policies: [${policy}]}`).replace('name: shop', 'name: ▸shop') },
      tamper: oneRole,
      says: 'the IAM role of shop/shop is named prod-cluster-autoscaler, as that of kube-system/cluster-autoscaler',
    },
    {
      when: 'namespace and name of one are the name of the other',
      apps: {
        orders: app(`namespace: shop\naws: {policies: [${policy}]}`, 'orders').replace(
          /^namespace: .*$/m,
          'namespace: shop',
        ),
        'shop-orders': app(`aws: {policies: [${policy}]}`, 'shop-orders'),
      },
    },
  ]),
  ...casesOf('tag-conflict', [
    {
      when: 'a group says another team',
      cluster: cluster(
        'tags: {team: platform}\nnodeGroups:\n  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, tags: ▸{team: shop}}\n',
      ),
      says: 'tag team is platform for the cluster, but shop for node group base',
    },
    {
      when: 'both say the same',
      cluster: cluster(
        'tags: {team: shop}\nnodeGroups:\n  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, tags: {team: shop, cost: "1"}}\n',
      ),
    },
  ]),
];
