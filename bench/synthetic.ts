import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const clusters = ['prod', 'staging', 'dev'];

/** Writes a repository of that many apps, each on three clusters, below a folder. The same number gives the same bytes. */
export function writeSyntheticRepository(root: string, apps: number): void {
  for (const folder of ['clusters', 'apps']) mkdirSync(join(root, folder), { recursive: true });
  for (const name of clusters) writeFileSync(join(root, 'clusters', `${name}.yaml`), clusterSpec(name, apps));
  for (let i = 0; i < apps; i += 1) writeFileSync(join(root, 'apps', `${appName(i)}.yaml`), appSpec(i));
}

function clusterSpec(name: string, apps: number): string {
  // Room for every app at its maximum, so that no check has to say that there is none.
  const nodes = Math.min(1000, Math.max(6, Math.ceil(apps / 2)));
  return `name: ${name}
region: us-east-1
kubernetesVersion: "1.35"
production: ${String(name === 'prod')}
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.2xlarge], min: ${Math.ceil(nodes / 2)}, max: ${nodes}}
  - {name: burst, capacity: spot, instanceTypes: [m6i.2xlarge, m5.2xlarge, m6a.2xlarge, m5a.2xlarge], min: 0, max: ${nodes}}
gitops: {repository: https://github.com/acme/platform.git, branch: main}
`;
}

function appName(i: number): string {
  return `app-${String(i).padStart(4, '0')}`;
}

/** Ten sorts of app in turn, each with something that the others have not. */
const sorts: readonly ((i: number) => string)[] = [
  () => 'port: 8080\nhealth: /healthz\n',
  () => 'port: 8080\nhealth: {readiness: /ready, liveness: /live}\nscale: {min: 2, max: 6, cpu: 60%}\n',
  () => 'port: 9090\nhealth: /healthz\nscale: {min: 3, max: 9}\nrelease: {canary: [10%, 2m, 50%, 5m]}\n',
  (i) => `port: 8080\nhealth: /healthz\ningress: {host: app-${i}.example.com}\ntermination: {preStop: 20s}\n`,
  () => 'kind: worker\ncommand: [work, --queue, jobs]\ncapacity: prefer-spot\n',
  () => 'kind: cronjob\nschedule: "0 3 * * *"\n',
  () => 'ports: [{name: http, port: 8080}, {name: metrics, port: 9090}]\nhealth: /healthz\ncapacity: on-demand\n',
  () => 'port: 8080\nhealth: /healthz\nfiles: {/etc/app/config.yaml: "level: info\\nmode: fast\\n"}\n',
  (i) =>
    `port: 8080\nhealth: /healthz\nnetwork: {calls: [${appName(i - 8)}, ${appName(i - 7)}]}\nenv: {UPSTREAM: http://${appName(i - 8)}, LEVEL: info}\n`,
  () =>
    'port: 8080\nhealth: /healthz\naws: {statements: [{actions: [s3:GetObject], resources: ["arn:aws:s3:::acme-data/*"]}]}\n',
];

function appSpec(i: number): string {
  const own = sorts[i % sorts.length]?.(i) ?? '';
  return `name: ${appName(i)}
image: ghcr.io/acme/${appName(i)}:1.${i % 20}.0
resources: {cpu: 50m, memory: 64Mi}
${own}clusters:
  prod: {}
  staging: {resources: {cpu: 25m}}
  dev: {}
`;
}
