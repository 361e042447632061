import { request } from 'node:https';

import type { V1Pod } from '@kubernetes/client-node';

import { argocdProcess, argocdPrograms } from './argocd-parts.js';
import type { ArgocdWorkload } from './argocd-parts.js';
import type { Cluster } from './cluster.js';
import { containerOf } from './container.js';
import { RELEASE_HOST } from './pki.js';
import { startPodProcess } from './pod-process.js';
import type { ManagedProcess } from './process.js';
import { startRedis } from './redis.js';
import type { ReleaseMirror } from './release-mirror.js';
import { waitFor } from './wait.js';

/** The pods of Argo CD's workloads, by the name of the workload: one each, Running. */
export type ArgocdPods = Readonly<Record<ArgocdWorkload | 'argocd-redis', V1Pod>>;

/** A running Argo CD: the real parts at the addresses of their played pods, each under its own service account. */
export class Argocd {
  private readonly parts = new Map<ArgocdWorkload, ManagedProcess>();
  private readonly binFolder: string;
  private readonly hosts: Readonly<Record<string, string>>;

  constructor(
    private readonly cluster: Cluster,
    private readonly pods: ArgocdPods,
    mirror: ReleaseMirror,
  ) {
    this.binFolder = argocdPrograms(cluster);
    const services = Object.entries(pods).map(([name, pod]) => [name, pod.status?.podIP ?? '']);
    this.hosts = { ...Object.fromEntries(services), [RELEASE_HOST]: mirror.address } as Record<string, string>;
  }

  /** Starts redis and then the three parts; each is ready by its own rendered probe. */
  async start(env: Readonly<Record<string, string>>): Promise<void> {
    await startRedis(this.cluster, this.pods['argocd-redis'], `${this.binFolder}/argocd`);
    await this.startPart('argocd-repo-server', env);
    await Promise.all([this.startPart('argocd-application-controller', env), this.startPart('argocd-server', env)]);
  }

  /** Stops the application controller and the repo-server, and starts them with this environment on top of the rendered one. */
  async restart(env: Readonly<Record<string, string>>): Promise<void> {
    for (const workload of ['argocd-application-controller', 'argocd-repo-server'] as const)
      await this.parts.get(workload)?.stop();
    await this.startPart('argocd-repo-server', env);
    await this.startPart('argocd-application-controller', env);
  }

  /** What a part has written; for what it says of itself alone. */
  log(workload: ArgocdWorkload): string {
    return this.parts.get(workload)?.log() ?? '';
  }

  /** POST of a Git host's webhook: what it answers. */
  webhook(headers: Readonly<Record<string, string>>, body: object): Promise<number> {
    const host = this.pods['argocd-server'].status?.podIP ?? '';
    return httpsStatus({ host, port: 8080, path: '/api/webhook', method: 'POST', headers }, JSON.stringify(body));
  }

  private async startPart(workload: ArgocdWorkload, env: Readonly<Record<string, string>>): Promise<void> {
    const pod = this.pods[workload];
    const part = await startPodProcess(
      this.cluster,
      argocdProcess(this.cluster, workload, pod, { binFolder: this.binFolder, hosts: this.hosts, env }),
    );
    this.parts.set(workload, part);
    await waitFor(
      `${workload} to be ready`,
      () => {
        part.mustRun();
        return this.isReady(workload, pod);
      },
      { timeoutMs: 60_000 },
    );
  }

  private async isReady(workload: ArgocdWorkload, pod: V1Pod): Promise<boolean> {
    const { path = '/', port } = containerOf(pod, workload).readinessProbe?.httpGet ?? {};
    const host = pod.status?.podIP ?? '';
    if (workload === 'argocd-server') return (await httpsStatus({ host, port: 8080, path, method: 'GET' })) === 200;
    const [address, number] =
      workload === 'argocd-application-controller' ? ['127.0.0.1', this.cluster.site.slot.port(20)] : [host, port];
    return (await fetch(`http://${address}:${String(number)}${path}`)).ok;
  }
}

/** Runs Argo CD at the pods that kwok plays of it. */
export async function startArgocd(
  cluster: Cluster,
  pods: ArgocdPods,
  mirror: ReleaseMirror,
  env: Readonly<Record<string, string>> = {},
): Promise<Argocd> {
  const argocd = new Argocd(cluster, pods, mirror);
  await argocd.start(env);
  return argocd;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The status of a request over HTTPS, whatever the certificate says: Argo CD makes its own. */
function httpsStatus(target: Target, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request({ ...target, rejectUnauthorized: false, agent: false, timeout: 10_000 }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    req.on('timeout', () => req.destroy(new Error('no answer in 10 s')));
    req.on('error', reject);
    req.end(body);
  });
}
