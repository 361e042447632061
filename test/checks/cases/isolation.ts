import { app, casesOf, cluster, eksctl, manifest, patch, quiet, withManifest, worker } from './case.js';

export const isolationCases = [
  ...casesOf('secret-in-git', [
    {
      when: 'a manifest is a Secret with values',
      apps: { shop: withManifest() },
      manifests: manifest('▸apiVersion: v1\nkind: Secret\nmetadata: {name: shop-db}\nstringData: {password: x}\n'),
      says: 'Secret shop-db is in Git',
    },
    {
      when: 'a Secret without values',
      apps: { shop: withManifest() },
      manifests: manifest('apiVersion: v1\nkind: Secret\nmetadata: {name: shop-db}\n'),
    },
  ]),
  ...casesOf('credential-in-clear', [
    {
      when: 'a variable’s name is a password',
      apps: { shop: app('env:\n  DB_PASSWORD: ▸hunter22') },
      says: 'DB_PASSWORD of container shop looks like a secret',
    },
    {
      when: 'a value is an access key',
      apps: { shop: app('env:\n  KEY: ▸AKIAIOSFODNN7EXAMPLE') },
      says: 'an AWS access key id',
    },
    { when: 'a URL has a password', apps: { shop: app('env:\n  DB: ▸postgres://shop:hunter22@db/shop') } },
    {
      when: 'a config file has a private key',
      apps: { shop: app('files:\n  /etc/key.pem: ▸"-----BEGIN RSA PRIVATE KEY-----"') },
      says: '/etc/key.pem holds',
    },
    {
      when: 'names that sound like it',
      apps: {
        shop: app(
          'env: {TOKEN: "", PASSWORD_FILE: /run/password, DB_PASSWORD: /run/secrets/password, URL: "https://$(USER):$(TOKEN)@x"}',
        ),
      },
    },
  ]),
  ...casesOf('aws-wildcard', [
    {
      when: 'an action is a wildcard',
      apps: { shop: app('aws:\n  statements:\n    - {actions: ▸["s3:*"], resources: ["arn:aws:s3:::shop/*"]}') },
      says: 'do anything with s3',
    },
    {
      when: 'the resource is everything',
      apps: { shop: app('aws:\n  statements:\n    - {actions: ["s3:GetObject"], resources: ▸["*"]}') },
      says: 'on every resource',
    },
    {
      when: 'the policy is AdministratorAccess',
      apps: { shop: app('aws: {policies: [▸"arn:aws:iam::aws:policy/AdministratorAccess"]}') },
    },
    {
      when: 'actions that only know every resource',
      apps: {
        shop: app(
          'aws: {statements: [{actions: ["ec2:DescribeInstances", "cloudwatch:PutMetricData"], resources: ["*"]}]}',
        ),
      },
    },
    {
      when: 'actions and resources are named',
      apps: { shop: app('aws: {statements: [{actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"]}]}') },
    },
  ]),
  ...casesOf('aws-without-rights', [
    { when: 'there is no permission', apps: { shop: app('▸aws: {}') } },
    { when: 'there is one', apps: { shop: app('aws: {policies: ["arn:aws:iam::111122223333:policy/shop"]}') } },
  ]),
  ...casesOf('irsa-account', [
    { when: 'the account is missing', cluster: cluster('identity: ▸irsa') },
    { when: 'the account is there', cluster: cluster('identity: irsa\naccountId: "111122223333"') },
  ]),
  ...casesOf('aws-identity', [
    {
      when: 'a patch lets pods run as another account',
      apps: {
        shop: app(
          `aws: {policies: ["arn:aws:iam::111122223333:policy/shop"]}\n${patch('{spec: {template: {spec: {serviceAccountName: default}}}}')}`,
        ),
      },
      says: 'shop/default',
    },
    {
      when: 'a patch changes the role of the annotation',
      cluster: cluster('identity: irsa\naccountId: "111122223333"'),
      apps: {
        shop: app(
          `aws: ▸{policies: ["arn:aws:iam::111122223333:policy/shop"]}\n${quiet(patch('{metadata: {annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/other"}}}', 'ServiceAccount'))}`,
        ),
      },
    },
    {
      when: 'Pod Identity as rendered',
      apps: { shop: app('aws: {policies: ["arn:aws:iam::111122223333:policy/shop"]}') },
    },
    {
      when: 'IRSA as rendered',
      cluster: cluster('identity: irsa\naccountId: "111122223333"'),
      apps: { shop: app('aws: {policies: ["arn:aws:iam::111122223333:policy/shop"]}') },
    },
  ]),
  ...casesOf('pod-security', [
    {
      when: 'an app runs as root',
      apps: { shop: app('security: {runAsUser: ▸0}') },
      says: 'is restricted, so pods of Deployment shop are refused',
    },
    { when: 'an app adds a capability', apps: { shop: app('security: {capabilities: ▸[NET_ADMIN]}') } },
    {
      when: 'a patch mounts the node’s disk',
      apps: { shop: app(patch('{spec: {template: {spec: {volumes: [{name: host, hostPath: {path: /}}]}}}}')) },
      says: 'hostPath',
    },
    {
      when: 'a manifest’s Job says nothing about security',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: once, image: "busybox:1.38.0"}]}}}\n',
      ),
    },
    {
      when: 'the namespace is baseline',
      cluster: cluster('namespaces: {shop: {podSecurity: baseline}}'),
      apps: { shop: app('security: {runAsUser: 0}') },
    },
    {
      when: 'apps as rendered',
      apps: {
        shop: app(
          'scale: {min: 10, max: 20}\nrelease: {canary: [20%, 1m], analysis: {job: {}}}\nsecurity: {capabilities: [NET_BIND_SERVICE]}',
        ),
        tick: worker('name: tick\nkind: cronjob\nschedule: "0 3 * * *"'),
      },
    },
  ]),
  ...casesOf('network-policy-enforced', [
    {
      when: 'a patch turns it off',
      cluster: eksctl('▸{op: remove, path: /addons/0/configurationValues}'),
      apps: { shop: app() },
      says: 'does not enforce',
    },
    { when: 'the addon is as rendered', apps: { shop: app() } },
  ]),
  ...casesOf('network-path', [
    {
      when: 'a patch closes the callee to its caller',
      apps: {
        cart: app(patch('{spec: {ingress: null}}', 'NetworkPolicy'), 'cart'),
        shop: app('network: {calls: [cart]}'),
      },
      says: 'do not let in what the specs show (called by shop): 8080/TCP',
    },
    {
      when: 'a patch closes the way to DNS',
      apps: { shop: app(patch('{spec: {egress: null}}', 'NetworkPolicy')) },
      says: 'do not let out what the specs show (DNS)',
    },
    {
      when: 'a patch of the callee’s labels hides it',
      apps: {
        cart: app(quiet(patch('{spec: {template: {metadata: {labels: {app.kubernetes.io/name: other}}}}}')), 'cart'),
        shop: app('network: ▸{calls: [cart]}'),
      },
    },
    {
      when: 'calls, ingress, analysis and identity as rendered',
      apps: {
        cart: app(
          'aws: {policies: ["arn:aws:iam::111122223333:policy/cart"]}\nnetwork: {allowFrom: [{cidr: 10.0.0.0/8}, {namespace: monitoring, ports: [http]}]}',
          'cart',
        ),
        shop: app(
          'scale: {min: 10, max: 20}\nrelease: {canary: [20%, 1m], analysis: {job: {}}}\ningress: {host: a.example.com}\nnetwork: {calls: [cart], allowTo: [{cidr: 0.0.0.0/0, ports: [443]}]}',
        ),
      },
    },
  ]),
];
