import type { KubeObject } from '../../src/model/kube-object.js';

/**
 * A pure evaluator of NetworkPolicies (networking.k8s.io/v1 semantics): policies that select a pod are added up, and a pod that none
 * selects for a direction is open in it. A connection needs the caller's egress and the callee's ingress.
 */

type Labels = Readonly<Record<string, string>>;

export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Of the VPC's range, as the VPC CNI gives them: a rule by addresses admits pods, too. */
  readonly ip: string;
  /** Numbers of its containers' ports by name, where it has any: a policy may name them. */
  readonly ports?: Readonly<Record<string, number>>;
}

export type Endpoint = Pod | { readonly ip: string; readonly namespace?: undefined };

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly unknown[];
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly {
    readonly port?: number | string;
    readonly protocol?: string;
    readonly endPort?: number;
  }[];
}
interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

function selects(selector: Selector, labels: Labels): boolean {
  if (selector.matchExpressions !== undefined) throw new Error('the evaluator does not read matchExpressions');
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function address(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function within(cidr: string, ip: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address(base) / size) === Math.floor(address(ip) / size);
}

function matchesPeer(peer: Peer, other: Endpoint, policyNamespace: string): boolean {
  if (peer.ipBlock !== undefined) return within(peer.ipBlock.cidr, other.ip);
  if (other.namespace === undefined) return false;
  const namespaceFits =
    peer.namespaceSelector === undefined
      ? other.namespace === policyNamespace
      : selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace });
  return namespaceFits && (peer.podSelector === undefined || selects(peer.podSelector, other.labels));
}

function allows(
  policies: readonly KubeObject[],
  direction: 'Ingress' | 'Egress',
  pod: Pod,
  other: Endpoint,
  port: number,
  protocol: string,
): boolean {
  const selecting = policies.filter((policy) => {
    const spec = policy['spec'] as PolicySpec;
    return (
      policy.metadata.namespace === pod.namespace &&
      (spec.policyTypes ?? ['Ingress']).includes(direction) &&
      selects(spec.podSelector, pod.labels)
    );
  });
  if (selecting.length === 0) return true;
  return selecting.some((policy) => {
    const spec = policy['spec'] as PolicySpec;
    const rules = (direction === 'Ingress' ? spec.ingress : spec.egress) ?? [];
    return rules.some((rule) => {
      const peers = direction === 'Ingress' ? rule.from : rule.to;
      const peerFits = peers === undefined || peers.some((peer) => matchesPeer(peer, other, pod.namespace));
      const portFits =
        rule.ports === undefined ||
        rule.ports.some((allowed) => {
          const opened = numberOf(allowed.port, direction === 'Ingress' ? pod : other);
          return (allowed.port === undefined || opened === port) && (allowed.protocol ?? 'TCP') === protocol;
        });
      return peerFits && portFits;
    });
  });
}

/** A port's number on whoever is asked: a name is what each pod says that it is, and nothing to an address alone. */
function numberOf(port: number | string | undefined, asked: Endpoint): number | undefined {
  if (typeof port !== 'string') return port;
  return asked.namespace === undefined ? undefined : asked.ports?.[port];
}

/** Whether a connection from one end to a port of the other gets through every policy of both sides. */
export function connects(
  policies: readonly KubeObject[],
  from: Endpoint,
  to: Endpoint,
  port: number,
  protocol = 'TCP',
): boolean {
  const egress = from.namespace === undefined || allows(policies, 'Egress', from, to, port, protocol);
  const ingress = to.namespace === undefined || allows(policies, 'Ingress', to, from, port, protocol);
  return egress && ingress;
}
