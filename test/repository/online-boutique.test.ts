import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../src/model/kube-object.js';
import { clusterNamed, renderOwnRepository, repositoryRoot } from '../support/rendering.js';
import { asMap, type Json } from '../support/workloads.js';

/**
 * Every field of every upstream object stands in what we render for it, or here, with the reason. An entry that no field needs any
 * more fails the test as well.
 */
const intended: readonly { readonly field: RegExp; readonly why: string }[] = [
  { field: /containers\.app\.name$/, why: 'an app’s own container bears the app’s name, not server, main or redis' },
  {
    field: /(^|\.)labels\.app$|matchLabels\.app$|^Service\/.*selector\.app$/,
    why: 'Kubernetes’ recommended labels (app.kubernetes.io/name) say the same',
  },
  { field: /annotations\.sidecar\.istio\.io\/rewriteAppHTTPProbers$/, why: 'there is no Istio' },
  { field: /terminationGracePeriodSeconds$/, why: '5 s are too few for open requests; 60 s fit a Spot notice' },
  { field: /resources\.limits\.cpu$/, why: 'a CPU limit throttles on idle nodes (docs/spec.md, resources.cpuLimit)' },
  {
    field: /securityContext\.privileged$/,
    why: 'false is Kubernetes’ default, and Pod Security restricted refuses true',
  },
  { field: /spec\.restartPolicy$/, why: 'Always is the only value that a Deployment may have' },
  { field: /^Deployment\/redis-cart.*image$/, why: 'pinned: upstream’s tag alpine moves' },
  { field: /^Service\/frontend-external\./, why: 'an Ingress on one load balancer instead of a LoadBalancer Service' },
];

const upstream = parseAllDocuments(
  readFileSync(join(repositoryRoot, 'test/fixtures/upstream/online-boutique-0.10.6.yaml'), 'utf8'),
)
  .map((document) => document.toJS() as KubeObject | null)
  .filter((object): object is KubeObject => object !== null);

/** Lists become maps by what names their entries, so that order and our own additions do not matter; port names become numbers. */
function keyed(list: readonly Json[], ports: ReadonlyMap<string, number>, at: string): Json {
  const entries = list.map((item, index): [string, unknown] => {
    // Upstream calls its main container server, redis or main; ours bears the app's name.
    if (at.endsWith('.containers')) return [index === 0 ? 'app' : String(item['name']), normal(item, ports, at)];
    const key = item['mountPath'] ?? item['containerPort'] ?? item['port'] ?? item['name'] ?? index;
    return [typeof key === 'string' ? key : JSON.stringify(key), normal(item, ports, at)];
  });
  return Object.fromEntries(entries);
}

function normal(value: unknown, ports: ReadonlyMap<string, number>, at: string): unknown {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'object') ? keyed(value as Json[], ports, at) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]): [string, unknown] => {
      const isPort = (key === 'port' || key === 'targetPort') && typeof inner === 'string';
      return [key, isPort ? (ports.get(inner) ?? inner) : normal(inner, ports, `${at}.${key}`)];
    }),
  );
}

function leaves(value: unknown, path: string): [string, unknown][] {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  return entries.length === 0 ? [[path, {}]] : entries.flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

function portNumbers(objects: readonly KubeObject[], app: string): Map<string, number> {
  const text = JSON.stringify(
    objects.filter(({ kind, metadata }) => metadata.name === app && ['Deployment', 'Rollout'].includes(kind)),
  );
  const found = [
    ...text.matchAll(/"containerPort":(\d+),"name":"([a-z0-9-]+)"|"name":"([a-z0-9-]+)"[^{}]*"containerPort":(\d+)/g),
  ];
  return new Map(found.map((match) => [match[2] ?? match[3] ?? '', Number(match[1] ?? match[4])]));
}

describe('Online Boutique 0.10.6', () => {
  let ours: readonly KubeObject[] = [];
  beforeAll(async () => {
    ours = clusterNamed(await renderOwnRepository(), 'staging').objects.map(({ object }) => object);
  });

  const counterpart = (object: KubeObject): KubeObject | undefined => {
    const kinds = object.kind === 'Deployment' ? ['Deployment', 'Rollout'] : [object.kind];
    return ours.find(
      ({ kind, metadata }) =>
        kinds.includes(kind) && metadata.name === object.metadata.name && metadata.namespace === 'boutique',
    );
  };

  /** Fields of upstream that ours lack or hold otherwise, `<Kind>/<name>.<path>`. */
  const differences = (): string[] =>
    upstream.flatMap((object) => {
      const name = `${object.kind}/${object.metadata.name}`;
      const mine = counterpart(object);
      const ports = portNumbers(ours, object.metadata.name);
      const { kind, apiVersion, ...body } = object;
      expect(typeof kind + typeof apiVersion).toBe('stringstring');
      const theirs = leaves(normal(body, new Map(), ''), name);
      if (mine === undefined) return theirs.map(([path]) => path);
      const have = new Map(leaves(normal(mine, ports, ''), name).map(([path, value]) => [path, JSON.stringify(value)]));
      return theirs.filter(([path, value]) => have.get(path) !== JSON.stringify(value)).map(([path]) => path);
    });

  test('has twelve workloads, and each is rendered', () => {
    const workloads = upstream.filter(({ kind }) => kind === 'Deployment');
    expect(workloads).toHaveLength(12);
    expect(
      workloads.filter((object) => counterpart(object) === undefined).map(({ metadata }) => metadata.name),
    ).toEqual([]);
  });

  test('is rendered field by field, but for the intended differences', () => {
    const unexplained = differences().filter((path) => !intended.some(({ field }) => field.test(path)));
    expect(unexplained).toEqual([]);
  });

  test('needs every intended difference', () => {
    const found = differences();
    expect(intended.filter(({ field }) => !found.some((path) => field.test(path))).map(({ why }) => why)).toEqual([]);
  });

  test('would show a field that is lost', () => {
    const object = upstream.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'cartservice');
    const container = (asMap(asMap(asMap(object?.['spec'])['template'])['spec'])['containers'] as Json[])[0];
    const lost = leaves(normal({ ...container, env: [] }, new Map(), '.containers'), 'x');
    const whole = leaves(normal(container, new Map(), '.containers'), 'x');
    expect(whole.filter(([path]) => !lost.some(([other]) => other === path)).map(([path]) => path)).toContain(
      'x.env.REDIS_ADDR.value',
    );
  });
});
