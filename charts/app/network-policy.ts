import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { analysisPodLabels } from '../../src/model/network.js';
import type { NetworkPeer, NetworkRule, ResolvedAnalysis, ResolvedApp } from '../../src/model/resolved.js';
import { present, unlessEmpty } from '../present.js';
import { analysisName } from './analysis.js';
import { objectMeta, podSelector } from './object-meta.js';

/** The app's one NetworkPolicy: nothing in either direction but what the model lists. */
export function addNetworkPolicy(chart: Chart, app: ResolvedApp): void {
  const { ingress, egress } = app.network;
  new k8s.KubeNetworkPolicy(chart, 'network-policy', {
    metadata: objectMeta(app),
    spec: present<k8s.NetworkPolicySpec>({
      podSelector: podSelector(app),
      policyTypes: ['Ingress', 'Egress'],
      ingress: unlessEmpty(inFixedOrder(rules(ingress, (peers, ports) => ({ from: peers, ...ports })))),
      egress: unlessEmpty(inFixedOrder(rules(egress, (peers, ports) => ({ to: peers, ...ports })))),
    }),
  });
}

/** The NetworkPolicy of the analysis Job's pods: to the app's pods and to DNS, from nobody. */
export function addAnalysisNetworkPolicy(
  chart: Chart,
  app: ResolvedApp,
  analysis: Extract<ResolvedAnalysis, { kind: 'job' }>,
): void {
  const toApp: NetworkRule = {
    reason: 'the app under analysis',
    peers: [{ kind: 'pods', namespace: app.namespace, labels: app.selectorLabels }],
    ports: app.ports.filter(({ servicePort }) => servicePort === analysis.servicePort),
  };
  const egress = [...app.network.egress.filter(({ reason }) => reason === 'DNS'), toApp];
  new k8s.KubeNetworkPolicy(chart, 'analysis-network-policy', {
    metadata: objectMeta(app, analysisName(app)),
    spec: {
      podSelector: { matchLabels: analysisPodLabels(app.name) },
      policyTypes: ['Ingress', 'Egress'],
      egress: inFixedOrder(rules(egress, (peers, ports) => ({ to: peers, ...ports }))),
    },
  });
}

function rules<Rule>(
  resolved: readonly NetworkRule[],
  rule: (peers: k8s.NetworkPolicyPeer[], ports: Pick<k8s.NetworkPolicyIngressRule, 'ports'>) => Rule,
): Rule[] {
  return (
    resolved
      // A rule without peers would mean everybody, which nobody asked for.
      .filter(({ peers }) => peers.length > 0)
      .map(({ peers, ports }) =>
        rule(
          inFixedOrder(peers.map(networkPeer)),
          present({ ports: unlessEmpty(inFixedOrder(ports.map(networkPort))) }),
        ),
      )
  );
}

function networkPeer(peer: NetworkPeer): k8s.NetworkPolicyPeer {
  if (peer.kind === 'cidr') return { ipBlock: { cidr: peer.cidr } };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
    // Empty labels: every pod of the namespace.
    podSelector: Object.keys(peer.labels).length === 0 ? {} : { matchLabels: { ...peer.labels } },
  };
}

/**
 * By name where it has one, as in the Service: while a release changes a port's number, old pods and new ones are both reached. By number the
 * policies would cut the old ones off, and the VPC CNI the Service's address with them (hasTargetPortBypass in pkg/resolvers/endpoints.go of
 * aws/amazon-network-policy-controller-k8s v1.1.7). A caller is let out to each pod's own number; let in at the numbers of all pods of the app.
 */
function networkPort({ name, port, protocol }: NetworkRule['ports'][number]): k8s.NetworkPolicyPort {
  return { port: name === undefined ? k8s.IntOrString.fromNumber(port) : k8s.IntOrString.fromString(name), protocol };
}

/** Rules, peers and ports are sets: sorted, so that a line that moves in a spec moves nothing here, and each once. */
function inFixedOrder<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
