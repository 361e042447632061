import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { KubernetesObject, V1Node } from '@kubernetes/client-node';

import { startApiserver } from './apiserver.js';
import type { ApiserverOptions } from './apiserver.js';
import { apply } from './apply.js';
import { startControllerManager } from './controller-manager.js';
import type { ControllerManagerOptions } from './controller-manager.js';
import { atTheEnd } from './ending.js';
import { startEtcd } from './etcd.js';
import { keepFigures } from './figures.js';
import { writeKubeconfig } from './kubeconfig.js';
import { runKubectl } from './kubectl.js';
import type { KubectlResult } from './kubectl.js';
import { startKwok } from './kwok.js';
import type { KwokOptions } from './kwok.js';
import { nodeObject } from './nodes.js';
import type { KwokNode } from './nodes.js';
import { builtFiles } from './parts.js';
import { createPki } from './pki.js';
import type { ManagedProcess } from './process.js';
import { Reader, queryOf } from './read.js';
import { startScheduler } from './scheduler.js';
import { site } from './site.js';
import type { Site } from './site.js';
import { takeSlot } from './slot.js';
import { waitFor } from './wait.js';

/** The parts beside etcd and the API server, which are always there. */
export type Component = 'controller-manager' | 'scheduler' | 'kwok';

/** What to start. */
export interface ClusterOptions {
  /** Names its folders; unique among clusters that run at the same time. */
  readonly name: string;
  readonly nodes?: readonly KwokNode[];
  /** All of them unless said. */
  readonly components?: readonly Component[];
  readonly apiserver?: ApiserverOptions;
  readonly controllerManager?: ControllerManagerOptions;
  readonly kwok?: KwokOptions;
}

/** A running cluster on loopback. */
export class Cluster {
  /** The administrator's kubeconfig. */
  readonly kubeconfig: string;
  private readonly parts: ManagedProcess[] = [];
  private readonly reader: Reader;
  private readonly forget: () => void;
  private bootSeconds: number | undefined;

  constructor(readonly site: Site) {
    this.kubeconfig = writeKubeconfig(join(site.folder, 'admin.kubeconfig'), site.server, site.pki.ca, site.pki.admin);
    this.reader = new Reader(site);
    this.forget = atTheEnd(() => {
      this.removeData();
    });
  }

  /** kubectl's standard output, as the administrator; throws with its standard error. */
  async kubectl(args: readonly string[], input?: string): Promise<string> {
    const { status, stdout, stderr } = await this.tryKubectl(args, input);
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`);
    return stdout;
  }

  /** kubectl with whatever comes of it. */
  readonly tryKubectl = (args: readonly string[], input?: string): Promise<KubectlResult> =>
    runKubectl(this.site.file('kubectl'), args, {
      kubeconfig: this.kubeconfig,
      home: this.site.folder,
      ...(input === undefined ? {} : { input }),
    });

  /**
   * Objects as the API server has them, fields that the typed client would drop included: a list's items or the one
   * object of `kubectl get ARGS --output=json`. Times are strings. kubectl itself is asked only for what the reader
   * does not know.
   */
  async get<T extends KubernetesObject>(...args: string[]): Promise<T[]> {
    const query = queryOf(args);
    if (query !== undefined) return (await this.reader.get(query)) as T[];
    const answer = JSON.parse(await this.kubectl(['get', ...args, '--output=json'])) as { kind: string; items?: T[] };
    return answer.items ?? [answer as T];
  }

  /** Waits until every CustomResourceDefinition is served; `kubectl wait` fails on one that has no status yet. */
  async crdsServed(): Promise<void> {
    await waitFor('every CRD to be served', () => this.reader.servesEveryCrd(), { timeoutMs: 60_000, intervalMs: 250 });
  }

  /** Creates nodes for kwok to play, and waits until they are Ready. */
  async addNodes(nodes: readonly KwokNode[]): Promise<void> {
    await apply(this, { objects: nodes.map(nodeObject) });
    await waitFor(`${nodes.length} nodes to be Ready`, async () => {
      const ready = new Set((await this.get<V1Node>('nodes')).filter(isReady).map((node) => node.metadata?.name));
      return nodes.every((node) => ready.has(node.name));
    });
  }

  /** A kubeconfig that speaks as a service account: what it may do is what its RBAC says. */
  async serviceAccountKubeconfig(namespace: string, name: string): Promise<string> {
    const token = await this.serviceAccountToken(namespace, name);
    return writeKubeconfig(
      join(this.site.folder, `${namespace}.${name}.kubeconfig`),
      this.site.server,
      this.site.pki.ca,
      { token },
    );
  }

  /** A token of a service account, good for a day. */
  async serviceAccountToken(namespace: string, name: string): Promise<string> {
    return (await this.kubectl(['create', 'token', name, `--namespace=${namespace}`, '--duration=24h'])).trim();
  }

  /** Counts a process to this cluster: it stops with it, in reverse order. */
  adopt<P extends ManagedProcess>(part: P): P {
    this.parts.push(part);
    return part;
  }

  /** Says how long it took to be ready; only a cluster that has been ready leaves figures behind. */
  booted(seconds: number): void {
    this.bootSeconds = seconds;
  }

  /** The parts that run, with their memory in bytes. */
  memory(): { name: string; residentBytes: number; peakBytes: number }[] {
    return this.parts.flatMap((part) => {
      const memory = part.memory();
      return memory === undefined ? [] : [{ name: part.name, ...memory }];
    });
  }

  /** Everything that the part of that name has written so far. */
  logOf(name: string): string {
    const part = this.parts.find((it) => it.name === name);
    if (part === undefined) throw new Error(`cluster ${this.site.name} runs no ${name}`);
    return part.log();
  }

  /** The last lines of every part's log, for a test that failed. */
  logTails(lines = 15): string {
    const tail = (part: ManagedProcess): string =>
      `--- ${this.site.name}/${part.name} (${part.logFile})\n${part.logTail(lines)}`;
    return this.parts.map(tail).join('\n');
  }

  /**
   * Ends everything that it started; logs stay, data goes. All at once and without their goodbyes: nothing of it is
   * used again, and in good order the API server alone takes seconds to leave its watches.
   */
  async stop(): Promise<void> {
    if (this.bootSeconds !== undefined) keepFigures(this.site, this.bootSeconds, this.memory());
    this.reader.close();
    await Promise.all(this.parts.map((part) => part.kill()));
    await this.site.slot.release();
    this.removeData();
    this.forget();
  }

  private removeData(): void {
    rmSync(this.site.folder, { recursive: true, force: true });
  }
}

/** Boots a control plane (and kwok); it is ready when the returned promise resolves. Stops what it started if it fails. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const started = Date.now();
  const files = builtFiles();
  const slot = await takeSlot();
  const folder = mkdtempSync(join(tmpdir(), `spillway-${options.name}-`));
  const logFolder = join(process.cwd(), '.build', 'cluster', options.name);
  rmSync(logFolder, { recursive: true, force: true });
  mkdirSync(logFolder, { recursive: true });
  const pki = await createPki(join(folder, 'pki'));
  const cluster = new Cluster(site({ name: options.name, folder, logFolder, slot, pki, files }));
  try {
    await startParts(cluster, options);
    cluster.booted((Date.now() - started) / 1000);
    return cluster;
  } catch (error) {
    const tails = cluster.logTails();
    await cluster.stop();
    throw new Error(
      `cluster ${options.name} did not start: ${error instanceof Error ? error.message : String(error)}\n${tails}`,
      { cause: error },
    );
  }
}

async function startParts(cluster: Cluster, options: ClusterOptions): Promise<void> {
  const { components = ['controller-manager', 'scheduler', 'kwok'] } = options;
  cluster.adopt(await startEtcd(cluster.site));
  cluster.adopt(await startApiserver(cluster.site, options.apiserver));
  if (components.includes('controller-manager'))
    cluster.adopt(startControllerManager(cluster.site, options.controllerManager));
  if (components.includes('scheduler')) cluster.adopt(startScheduler(cluster.site));
  if (components.includes('kwok')) cluster.adopt(startKwok(cluster.site, cluster.kubeconfig, options.kwok));
  if (components.includes('controller-manager'))
    await waitFor('the controllers to serve namespace default', () =>
      cluster.get('serviceaccount', 'default', '--namespace=default'),
    );
  if (options.nodes !== undefined) await cluster.addNodes(options.nodes);
}

function isReady(node: V1Node): boolean {
  return node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
