import { closest } from '../diagnostic/closest.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { podIdentityAgent } from '../facts/eks.js';
import type { AppSpec } from '../spec/schema/app.js';
import { analysisCalls, type AnalysisCall } from './analysis-calls.js';
import type {
  NetworkPeer,
  NetworkRule,
  ResolvedApp,
  ResolvedCluster,
  ResolvedNetwork,
  ResolvedPort,
} from './resolved.js';

/** An app before its network rules are known: those need every app of the cluster. */
export type AppWithoutNetwork = Omit<ResolvedApp, 'network'>;

export interface NetworkInput {
  readonly app: AppWithoutNetwork;
  readonly spec: AppSpec;
}

type RulePort = NetworkRule['ports'][number];

/** Label by which an analysis Job's pods are told from the app's own. */
export function analysisPodLabels(app: string): Record<string, string> {
  return { 'app.kubernetes.io/name': `${app}-analysis` };
}

const rollouts: NetworkPeer = {
  kind: 'pods',
  namespace: 'argo-rollouts',
  labels: { 'app.kubernetes.io/name': 'argo-rollouts' },
};

function podsOf(app: AppWithoutNetwork): NetworkPeer {
  return { kind: 'pods', namespace: app.namespace, labels: app.selectorLabels };
}

function rulePort({ name, port, protocol }: Pick<ResolvedPort, 'name' | 'port' | 'protocol'>): RulePort {
  return { name, port, protocol };
}

/** Sidecars are init containers, whose ports the VPC CNI's controller does not know by name (LookupContainerPortAndName in pkg/k8s/pod_utils.go, v1.1.7). */
function sidecarPort({ port, protocol }: Pick<ResolvedPort, 'port' | 'protocol'>): RulePort {
  return { port, protocol };
}

/** CoreDNS as EKS's addon labels it (`k8s-app: kube-dns`). */
const dns: NetworkRule = {
  reason: 'DNS',
  peers: [{ kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

interface Call {
  readonly caller: AppWithoutNetwork;
  readonly callee: AppWithoutNetwork;
  readonly ports: readonly RulePort[];
}

/** Every call that the specs name, with the callee's container ports; what names no app or no port is a diagnostic. */
function resolveCalls(
  inputs: readonly NetworkInput[],
  unreadable: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): Call[] {
  const byName = new Map(inputs.map(({ app }) => [app.name, app]));
  return inputs.flatMap(({ app: caller, spec }) =>
    (spec.network?.calls ?? []).flatMap((written, index): Call[] => {
      const { app: name, ports } = typeof written === 'string' ? { app: written, ports: undefined } : written;
      const path = typeof written === 'string' ? `network.calls.${index}` : `network.calls.${index}.app`;
      const callee = byName.get(name);
      if (callee === undefined) {
        if (unreadable.has(name)) return [];
        const guess = closest(name, byName.keys());
        diagnostics.push({
          code: 'call-to-unknown-app',
          severity: 'error',
          message: `${caller.name} calls ${name}, but no app of that name is on cluster ${caller.cluster}`,
          hint:
            guess === undefined
              ? `add ${caller.cluster} to the clusters of ${name}, or use allowTo for what is outside`
              : `did you mean ${guess}?`,
          at: caller.provenance.at(path),
        });
        return [];
      }
      const wanted = ports?.map((reference, portIndex) => {
        const found = callee.ports.find(
          (port) => port.name === reference || port.port === reference || port.servicePort === reference,
        );
        if (found === undefined) {
          diagnostics.push({
            code: 'unknown-port',
            severity: 'error',
            message: `${name} has no port ${JSON.stringify(reference)}`,
            hint: `its ports are ${callee.ports.map((port) => `${port.name} (${port.port})`).join(', ') || 'none'}`,
            at: caller.provenance.at(`network.calls.${index}.ports.${portIndex}`),
          });
        }
        return found;
      });
      const found = (wanted ?? callee.ports).filter((port) => port !== undefined);
      if (wanted === undefined && found.length === 0) {
        diagnostics.push({
          code: 'call-to-portless-app',
          severity: 'error',
          message: `${caller.name} calls ${name}, which has no ports`,
          hint: `give ${name} a port, or take the line out`,
          at: caller.provenance.at(path),
        });
      }
      return found.length === 0 ? [] : [{ caller, callee, ports: found.map(rulePort) }];
    }),
  );
}

/** Ports of this app that `allowFrom` names; all of them where it names none. */
function ownPorts(
  app: AppWithoutNetwork,
  references: readonly (string | number)[] | undefined,
  path: string,
  diagnostics: Diagnostic[],
): RulePort[] {
  if (references === undefined) return [];
  return references.flatMap((reference, index) => {
    const sidecarPorts = app.sidecars.flatMap((sidecar) => sidecar.ports);
    const all = [...app.ports, ...sidecarPorts];
    const found = all.find(
      (port) => port.name === reference || port.port === reference || port.servicePort === reference,
    );
    if (found !== undefined) return [sidecarPorts.includes(found) ? sidecarPort(found) : rulePort(found)];
    diagnostics.push({
      code: 'unknown-port',
      severity: 'error',
      message: `${app.name} has no port ${JSON.stringify(reference)}`,
      hint: `its ports are ${all.map((port) => `${port.name} (${port.port})`).join(', ') || 'none'}`,
      at: app.provenance.at(`${path}.ports.${index}`),
    });
    return [];
  });
}

function writtenPort(written: string | number): RulePort {
  const [port, protocol] = String(written).split('/');
  return { port: Number(port), protocol: protocol === 'UDP' ? 'UDP' : 'TCP' };
}

function ingressRules(
  { app, spec }: NetworkInput,
  calls: readonly Call[],
  analyses: readonly AnalysisCall<AppWithoutNetwork>[],
  cluster: ResolvedCluster['vpc'],
  diagnostics: Diagnostic[],
): NetworkRule[] {
  const rules: NetworkRule[] = calls
    .filter((call) => call.callee === app)
    .map((call) => ({ reason: `called by ${call.caller.name}`, peers: [podsOf(call.caller)], ports: call.ports }));
  if (app.ingress !== undefined) {
    rules.push({
      reason: 'load balancer',
      peers: [{ kind: 'cidr', cidr: cluster.cidr }],
      ports: [{ name: app.ingress.portName, port: app.ingress.containerPort, protocol: 'TCP' }],
    });
  }
  const analysis = app.release.canary?.analysis;
  if (analysis?.kind === 'job') {
    rules.push({
      reason: 'analysis job',
      peers: [{ kind: 'pods', namespace: app.namespace, labels: analysisPodLabels(app.name) }],
      ports: app.ports.filter((port) => port.servicePort === analysis.servicePort).map(rulePort),
    });
  }
  for (const { released, port } of analyses.filter(({ callee }) => callee === app)) {
    const whose = released === app ? '' : ` of ${released.name}`;
    rules.push({ reason: `web analysis${whose} by argo-rollouts`, peers: [rollouts], ports: [rulePort(port)] });
  }
  (spec.network?.allowFrom ?? []).forEach((allowed, index) => {
    const ports = ownPorts(app, allowed.ports, `network.allowFrom.${index}`, diagnostics);
    const peer: NetworkPeer =
      'cidr' in allowed
        ? { kind: 'cidr', cidr: allowed.cidr }
        : { kind: 'pods', namespace: allowed.namespace, labels: allowed.labels ?? {} };
    rules.push({ reason: `network.allowFrom ${index + 1}`, peers: [peer], ports });
  });
  return rules;
}

function egressRules(
  { app, spec }: NetworkInput,
  calls: readonly Call[],
  identity: ResolvedCluster['identity'],
): NetworkRule[] {
  const rules: NetworkRule[] = [dns];
  if (app.aws !== undefined && identity === 'pod-identity') {
    rules.push({
      reason: 'EKS Pod Identity agent',
      peers: [{ kind: 'cidr', cidr: `${podIdentityAgent.ipv4}/32` }],
      ports: [{ port: podIdentityAgent.port, protocol: 'TCP' }],
    });
  }
  for (const call of calls) {
    if (call.caller === app)
      rules.push({ reason: `calls ${call.callee.name}`, peers: [podsOf(call.callee)], ports: call.ports });
  }
  for (const [index, allowed] of (spec.network?.allowTo ?? []).entries()) {
    rules.push({
      reason: `network.allowTo ${index + 1}`,
      peers: [{ kind: 'cidr', cidr: allowed.cidr }],
      ports: allowed.ports.map(writtenPort),
    });
  }
  return rules;
}

/**
 * The network rules of every app of a cluster, by app name: one line `calls` opens the caller's egress and the callee's ingress.
 * `unreadable` are apps whose specs have errors of their own: calls to them are not held against the caller.
 */
export function resolveNetworks(
  inputs: readonly NetworkInput[],
  cluster: Pick<ResolvedCluster, 'vpc' | 'identity'>,
  unreadable: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): Map<string, ResolvedNetwork> {
  const calls = resolveCalls(inputs, unreadable, diagnostics);
  const analyses = analysisCalls(
    inputs.map(({ app }) => app),
    diagnostics,
  );
  return new Map(
    inputs.map((input) => [
      input.app.name,
      {
        ingress: ingressRules(input, calls, analyses, cluster.vpc, diagnostics),
        egress: egressRules(input, calls, cluster.identity),
      },
    ]),
  );
}
