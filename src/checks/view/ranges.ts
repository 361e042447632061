import type { ClusterView } from './cluster-view.js';
import { dig, maps, text } from './json.js';
import { contains, lets, type ConnectionPort, type PodsEndpoint } from './network-policy.js';

/** Every range that an egress rule of a namespace names: the only ones that a policy there may open. */
function namedRanges(view: ClusterView, namespace: string): string[] {
  return view
    .inNamespace('NetworkPolicy', namespace)
    .flatMap(({ object }) => maps(dig(object, 'spec', 'egress')))
    .flatMap((rule) => maps(rule['to']))
    .flatMap((peer) => text(dig(peer, 'ipBlock', 'cidr')) ?? []);
}

function overlap(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** Whether pods may open a connection to at least a part of a range: all of IPv4 where none is given. */
export function reachesSome(view: ClusterView, own: PodsEndpoint, port: ConnectionPort, range = '0.0.0.0/0'): boolean {
  const parts = [range, ...namedRanges(view, own.namespace).filter((named) => overlap(named, range))];
  return parts.some((cidr) => lets(view, 'Egress', own, { kind: 'cidr', cidr }, port));
}
