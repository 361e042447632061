import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

import type { KubernetesObject } from '@kubernetes/client-node';

import type { Site } from './site.js';

/** What `kubectl get` would be asked for, as far as waits need it. */
export interface Query {
  readonly resource: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly selector?: string;
}

/** One resource that the API server serves. */
interface Served {
  /** Such as /apis/apps/v1. */
  readonly root: string;
  /** In the plural, as paths have it. */
  readonly resource: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
}

interface Discovery {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly responseKind: { readonly kind: string };
        readonly scope: 'Namespaced' | 'Cluster';
        readonly singularResource: string;
        readonly shortNames?: readonly string[];
      }[];
    }[];
  }[];
}

const DISCOVERY = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const METADATA = 'application/json;g=meta.k8s.io;v=v1;as=PartialObjectMetadataList';

/**
 * The query of `kubectl get ARGS`, or undefined where ARGS say more than this reader knows; kubectl then has to answer.
 * @param args such as ['pods', '--namespace=shop', '--selector=app=shop']
 */
export function queryOf(args: readonly string[]): Query | undefined {
  const query: { -readonly [K in keyof Query]: Query[K] } = { resource: '' };
  const words: string[] = [];
  for (const arg of args) {
    const [, flag, value = ''] = /^--(namespace|selector)=(.+)$/.exec(arg) ?? [];
    if (flag === 'namespace') query.namespace = value;
    else if (flag === 'selector') query.selector = value;
    else if (arg === '--all-namespaces') query.allNamespaces = true;
    else if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(arg)) words.push(arg);
    else return undefined;
  }
  const [resource, name, ...more] = words;
  if (resource === undefined || more.length > 0) return undefined;
  return { ...query, resource, ...(name === undefined ? {} : { name }) };
}

/**
 * Reads objects over one kept connection as the administrator. Waits look several times a second; a kubectl for each
 * look costs a quarter of a second of CPU, of which the rig has little.
 */
export class Reader {
  private readonly agent: Agent;
  private served = new Map<string, Served>();

  constructor(private readonly site: Site) {
    const { pki } = site;
    const [ca, cert, key] = [pki.ca, pki.admin.cert, pki.admin.key].map((file) => readFileSync(file));
    this.agent = new Agent({ keepAlive: true, ca, cert, key });
  }

  /** The objects of a list, or the one named; an error of the API server is thrown in its own words. */
  async get(query: Query): Promise<KubernetesObject[]> {
    const served = await this.find(query.resource);
    const answer = (await this.json(pathOf(served, query))) as KubernetesObject & { items?: KubernetesObject[] };
    if (query.name !== undefined) return [answer];
    // Items of a list do not say what they are.
    return (answer.items ?? []).map((item) => ({ ...item, apiVersion: served.apiVersion, kind: served.kind }));
  }

  /**
   * Whether every CustomResourceDefinition that is there is served by now. Without reading one of them: they are
   * megabytes, and an API server that has to write them out several times a second does nothing else.
   */
  async servesEveryCrd(): Promise<boolean> {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const list = (await this.json(path, METADATA)) as { items: { metadata: { name: string } }[] | null };
    const items = list.items ?? [];
    const isServed = ({ metadata }: { metadata: { name: string } }): boolean => this.served.has(metadata.name);
    if (!items.every(isServed)) this.served = await this.discover();
    return items.every(isServed);
  }

  close(): void {
    this.agent.destroy();
  }

  private async find(resource: string): Promise<Served> {
    const name = resource.toLowerCase();
    // What is not known yet may have been added since, by a CRD.
    if (!this.served.has(name)) this.served = await this.discover();
    const found = this.served.get(name);
    if (found === undefined) throw new Error(`the server doesn't have a resource type "${resource}"`);
    return found;
  }

  /** Every resource by all of its names; where two groups share one, the API server's order of groups decides. */
  private async discover(): Promise<Map<string, Served>> {
    const found = new Map<string, Served>();
    for (const root of ['/api', '/apis']) {
      const { items } = (await this.json(root, DISCOVERY)) as Discovery;
      for (const { metadata, versions } of items)
        for (const { version, resources = [] } of versions)
          for (const { resource, responseKind, scope, singularResource, shortNames = [] } of resources) {
            const group = metadata?.name ?? '';
            const apiVersion = group === '' ? version : `${group}/${version}`;
            const names = [resource, singularResource, responseKind.kind.toLowerCase(), ...shortNames];
            const one: Served = {
              root: `${root}/${apiVersion}`,
              resource,
              kind: responseKind.kind,
              apiVersion,
              namespaced: scope === 'Namespaced',
            };
            for (const name of [...names, `${resource}.${group}`]) if (!found.has(name)) found.set(name, one);
          }
    }
    return found;
  }

  private json(path: string, accept = 'application/json'): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers = { Accept: accept };
      const req = request(`${this.site.server}${path}`, { agent: this.agent, headers, timeout: 10_000 }, (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        res.on('error', reject);
        res.on('end', () => {
          try {
            const answer = JSON.parse(text) as { message?: string };
            if (res.statusCode === 200) resolve(answer);
            else reject(new Error(`GET ${path}: ${answer.message ?? String(res.statusCode)}`));
          } catch {
            reject(new Error(`GET ${path}: ${String(res.statusCode)} ${text.slice(0, 200)}`));
          }
        });
      });
      req.on('timeout', () => req.destroy(new Error(`GET ${path}: no answer in 10 s`)));
      req.on('error', reject);
      req.end();
    });
  }
}

function pathOf(
  { root, resource, namespaced }: Served,
  { name, namespace = 'default', allNamespaces, selector }: Query,
): string {
  const where = namespaced && allNamespaces !== true ? `/namespaces/${namespace}` : '';
  const which = name === undefined ? '' : `/${name}`;
  const query = selector === undefined ? '' : `?labelSelector=${encodeURIComponent(selector)}`;
  return `${root}${where}/${resource}${which}${query}`;
}
