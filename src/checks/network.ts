import type { NetworkPeer, NetworkRule, ResolvedApp } from '../model/resolved.js';
import type { Check } from './check.js';
import { addon } from './view/groups.js';
import type { ClusterView } from './view/cluster-view.js';
import { endpointOf, ownTemplate } from './view/endpoints.js';
import { text } from './view/json.js';
import { lets, type ConnectionPort, type PodsEndpoint } from './view/network-policy.js';
import { enumeration } from './view/words.js';

/** The pods of an app as they are rendered: patches may have changed their labels. */
function podsOf(view: ClusterView, app: ResolvedApp): PodsEndpoint | undefined {
  const template = ownTemplate(view, app);
  return template && endpointOf(template);
}

/** The app whose pods a peer means, if it is one of the cluster. */
function appBehind(view: ClusterView, peer: NetworkPeer): ResolvedApp | undefined {
  if (peer.kind !== 'pods') return undefined;
  return view.cluster.apps.find(
    (app) =>
      app.namespace === peer.namespace &&
      Object.keys(peer.labels).length > 0 &&
      Object.entries(peer.labels).every(([name, value]) => app.selectorLabels[name] === value),
  );
}

/** A rule without ports opens all of them, so that it is asked for as such. */
function portsOf({ ports }: NetworkRule): readonly (ConnectionPort | undefined)[] {
  return ports.length === 0 ? [undefined] : ports;
}

function portText(port: ConnectionPort | undefined): string {
  return port === undefined ? 'every port' : `${port.port}/${port.protocol}`;
}

/** Network policies: enforced, and open where they must be. */
export const networkChecks: readonly Check[] = [
  {
    id: 'network-policy-enforced',
    title: 'NetworkPolicies are enforced',
    why: 'Without enableNetworkPolicy the VPC CNI accepts every policy and enforces none: all pods reach all pods, and it looks as if they did not.',
    severity: 'error',
    *run(view) {
      const policies = view.ofKind('NetworkPolicy');
      if (policies.length === 0) return;
      const cni = addon(view.clusterConfig, 'vpc-cni');
      const values = text(cni?.['configurationValues']) ?? JSON.stringify(cni?.['configurationValues'] ?? '');
      if (/["']?enableNetworkPolicy["']?\s*:\s*["']?true/.test(values)) return;
      const index = view.cluster.eksctlPatches.findIndex(({ path }) => path.startsWith('/addons'));
      yield {
        message: `the cluster has ${policies.length} NetworkPolicies, but addon vpc-cni does not enforce them`,
        hint: 'keep configurationValues: {"enableNetworkPolicy": "true"} of addon vpc-cni in the ClusterConfig',
        at: view.cluster.provenance.at(index === -1 ? 'name' : ['eksctl', 'patches', index]),
      };
    },
  },
  {
    id: 'network-path',
    title: 'every connection that the specs show gets through the NetworkPolicies of both sides',
    why: 'A policy that lacks one caller drops its packets: the call ends in a timeout, and nothing is logged.',
    severity: 'error',
    *run(view) {
      for (const app of view.cluster.apps) {
        const own = podsOf(view, app);
        if (own === undefined) continue;
        for (const [direction, rules] of [
          ['Egress', app.network.egress],
          ['Ingress', app.network.ingress],
        ] as const) {
          for (const rule of rules) {
            for (const peer of rule.peers) {
              const other = appBehind(view, peer);
              const end = (other === undefined ? undefined : podsOf(view, other)) ?? peer;
              const closed = portsOf(rule).filter((port) => !lets(view, direction, own, end, port));
              if (closed.length > 0) {
                yield {
                  message: `the NetworkPolicies of ${app.name} do not let ${direction === 'Egress' ? 'out' : 'in'} what the specs show (${rule.reason}): ${enumeration(closed.map(portText))}`,
                  hint: 'keep the rendered rules and labels, and add your own beside them (network.allowTo, network.allowFrom)',
                  at: policyPosition(view, app),
                  app: app.name,
                };
              }
              // The callee's own rules are walked when it is its turn; a caller that it does not list shows here.
              if (direction === 'Ingress' || other === undefined || end.kind !== 'pods') continue;
              const shut = portsOf(rule).filter((port) => !lets(view, 'Ingress', end, own, port));
              if (shut.length === 0 || other.network.ingress.some(({ reason }) => reason === `called by ${app.name}`))
                continue;
              yield {
                message: `${app.name} calls ${other.name}, whose NetworkPolicies do not let it in: ${enumeration(shut.map(portText))}`,
                hint: `name ${app.name} under network.allowFrom of ${other.name}, or call it by network.calls`,
                at: policyPosition(view, other),
                app: other.name,
              };
            }
          }
        }
      }
    },
  },
];

function policyPosition(view: ClusterView, app: ResolvedApp) {
  const policy = view.find('NetworkPolicy', app.namespace, app.name);
  return policy === undefined ? app.provenance.at('network') : view.at(policy, 'network', '/spec');
}
