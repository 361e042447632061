/** Whole specs for docs/spec.md: together one repository. Tests render it, and hold each against the JSON Schemas. */
export interface Example {
  readonly kind: 'app' | 'cluster';
  readonly title: string;
  readonly text: string;
}

export const examples: readonly Example[] = [
  {
    kind: 'cluster',
    title: 'A cluster with on-demand nodes for the base and Spot for the rest',
    text: `# yaml-language-server: $schema=../schemas/cluster.json
name: prod
region: us-east-1
kubernetesVersion: "1.35"
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}
  - {name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 20}
gitops: {repository: https://github.com/acme/platform.git}
endpoint: {publicCidrs: [203.0.113.0/24]}
access:
  - {principalArn: arn:aws:iam::111122223333:role/platform-team, policy: cluster-admin}
`,
  },
  {
    kind: 'cluster',
    title: 'A smaller one to try things on',
    text: `# yaml-language-server: $schema=../schemas/cluster.json
name: staging
region: us-east-1
kubernetesVersion: "1.35"
production: false
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 4}
  - {name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 6}
gitops: {repository: https://github.com/acme/platform.git}
endpoint: {publicCidrs: [203.0.113.0/24]}
`,
  },
  {
    kind: 'app',
    title: 'A web service that grows onto Spot, with a gradual release',
    text: `# yaml-language-server: $schema=../schemas/app.json
name: shop
image: ghcr.io/acme/shop:1.4.2
port: 8080
health: {readiness: /readyz, liveness: /healthz, readyAfter: 15s}
resources: {cpu: 250m, memory: 256Mi}
scale: {min: 3, max: 30, cpu: 60%}
release:
  canary: [25%, 2m, 50%, 5m]
  analysis: {job: {path: /healthz, maxErrors: 1%}}
ingress:
  host: shop.example.com
  certificateArn: arn:aws:acm:us-east-1:111122223333:certificate/6b0b9a5e-5d1e-4f0a-9c36-2f1f5a0f7a11
env:
  LOG_LEVEL: info
  DATABASE_URL: {secret: {name: shop-database, key: url}}
  POD_IP: {field: status.podIP}
externalSecrets:
  - {name: shop-database, keys: [url], source: "AWS Secrets Manager shop/db, by External Secrets"}
network:
  calls: [cart]
  allowTo:
    - {cidr: 10.0.0.0/16, ports: [5432]}
delivery: {bumps: staging}
clusters:
  prod: {}
  staging:
    scale: {min: 1, max: 3}
    release: {canary: [50%, 2m]}
    ingress: {host: shop.staging.example.com, certificateArn: null}
    env: {LOG_LEVEL: debug}
`,
  },
  {
    kind: 'app',
    title: 'The service that it calls, for its callers alone',
    text: `# yaml-language-server: $schema=../schemas/app.json
name: cart
image: ghcr.io/acme/cart:3.0.4
port: 8080
health: /healthz
resources: {cpu: 100m, memory: 128Mi}
clusters: {prod: {}, staging: {}}
`,
  },
  {
    kind: 'app',
    title: 'A worker with config files, an AWS permission and scratch space',
    text: `# yaml-language-server: $schema=../schemas/app.json
name: mailer
kind: worker
image: ghcr.io/acme/mailer:2.0.1
args: [--queue, outgoing]
files:
  /etc/mailer/config.yaml: |
    retries: 3
volumes:
  - {name: spool, path: /var/spool/mailer, emptyDir: {sizeLimit: 1Gi}}
aws:
  statements:
    - actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      resources: ["arn:aws:sqs:us-east-1:111122223333:outgoing"]
network:
  allowTo:
    - {cidr: 0.0.0.0/0, ports: [443, 587]}
capacity: prefer-spot
termination: {gracePeriod: 90s, work: 80s}
clusters: {prod: {}}
`,
  },
  {
    kind: 'app',
    title: 'A job for every night',
    text: `# yaml-language-server: $schema=../schemas/app.json
name: report
kind: cronjob
image: ghcr.io/acme/report:0.9.0
schedule: {cron: "30 2 * * mon-fri", timeZone: Europe/Berlin, activeDeadline: 2h}
resources: {cpu: 500m, memory: 1Gi}
clusters: {prod: {}}
`,
  },
];
