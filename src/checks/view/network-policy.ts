import type { ClusterView } from './cluster-view.js';
import { dig, list, map, maps, number, text, texts, type JsonMap } from './json.js';
import { labelSelectorMatches, type Labels } from './labels.js';

/** One end of a connection. */
export type Endpoint =
  | {
      readonly kind: 'pods';
      readonly namespace: string;
      readonly labels: Labels;
      /** Numbers by the names that a policy may use. */
      readonly ports?: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'cidr'; readonly cidr: string };

export interface ConnectionPort {
  readonly port: number;
  readonly protocol: string;
}

/** Pods as one end of a connection. */
export type PodsEndpoint = Extract<Endpoint, { kind: 'pods' }>;

/**
 * Whether the rendered NetworkPolicies let a connection through on one side: `Egress` of the pods that open it, or `Ingress` of
 * those that take it. Pods that no policy selects may do everything (networking.k8s.io/v1).
 */
export function lets(
  view: ClusterView,
  direction: 'Ingress' | 'Egress',
  own: PodsEndpoint,
  other: Endpoint,
  port: ConnectionPort | undefined,
): boolean {
  const policies = view
    .inNamespace('NetworkPolicy', own.namespace)
    .map(({ object }) => object)
    .filter((object) => {
      const spec = map(object['spec']);
      return labelSelectorMatches(map(spec['podSelector']), own.labels) && types(spec).includes(direction);
    });
  if (policies.length === 0) return true;
  const [rules, peers] = direction === 'Ingress' ? (['ingress', 'from'] as const) : (['egress', 'to'] as const);
  const target = direction === 'Ingress' ? own : other;
  return policies.some((object) =>
    maps(dig(object, 'spec', rules)).some(
      (rule) => allowsPeer(view, own.namespace, rule[peers], other) && allowsPort(rule['ports'], port, target),
    ),
  );
}

function types(spec: JsonMap): readonly string[] {
  const written = texts(spec['policyTypes']);
  if (written.length > 0) return written;
  return spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
}

/** No list of peers, or an empty one, means everybody. */
function allowsPeer(view: ClusterView, namespace: string, peers: unknown, other: Endpoint): boolean {
  if (list(peers).length === 0) return true;
  return maps(peers).some((peer) => {
    const block = map(peer['ipBlock']);
    if (other.kind === 'cidr') {
      const cidr = text(block['cidr']);
      const holes = texts(block['except']);
      return (
        cidr !== undefined &&
        contains(cidr, other.cidr) &&
        !holes.some((hole) => contains(hole, other.cidr) || contains(other.cidr, hole))
      );
    }
    // Pods have addresses of the VPC (VPC CNI), so that its range means them, too; which of a smaller one, nobody knows.
    if (peer['ipBlock'] !== undefined) {
      const cidr = text(block['cidr']);
      return cidr !== undefined && contains(cidr, view.cluster.vpc.cidr) && texts(block['except']).length === 0;
    }
    const inNamespace =
      peer['namespaceSelector'] === undefined
        ? other.namespace === namespace
        : labelSelectorMatches(map(peer['namespaceSelector']), namespaceLabels(view, other.namespace));
    return inNamespace && labelSelectorMatches(map(peer['podSelector']), other.labels);
  });
}

function namespaceLabels(view: ClusterView, name: string): Labels {
  const rendered = view.find('Namespace', undefined, name)?.object.metadata.labels ?? {};
  return { ...rendered, 'kubernetes.io/metadata.name': name };
}

/** `port` undefined: every port is asked for. */
function allowsPort(ports: unknown, port: ConnectionPort | undefined, target: Endpoint): boolean {
  if (list(ports).length === 0) return true;
  if (port === undefined) return false;
  return maps(ports).some((allowed) => {
    if ((text(allowed['protocol']) ?? 'TCP') !== port.protocol) return false;
    const { port: named, endPort } = allowed;
    if (named === undefined) return true;
    if (typeof named === 'string') return target.kind === 'pods' && target.ports?.[named] === port.port;
    const first = number(named) ?? 0;
    return port.port >= first && port.port <= (number(endPort) ?? first);
  });
}

/** Whether one IPv4 range holds all of another. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [range(outer), range(inner)];
  return a.from <= b.from && b.to <= a.to;
}

function range(cidr: string): { readonly from: number; readonly to: number } {
  const [address = '', prefix = '32'] = cidr.split('/');
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix));
  const from = Math.floor(start / size) * size;
  return { from, to: from + size - 1 };
}
