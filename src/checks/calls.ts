import type { OwnedObject } from '../model/kube-object.js';
import type { ResolvedApp } from '../model/resolved.js';
import type { Check } from './check.js';
import { addressesIn, type ClusterAddress } from './view/addresses.js';
import type { ClusterView } from './view/cluster-view.js';
import { endpointOf } from './view/endpoints.js';
import { dig, maps, number, text, texts } from './view/json.js';
import { serviceSelectorMatches } from './view/labels.js';
import { lets } from './view/network-policy.js';
import { containerPorts, type PodContainer, type PodTemplate } from './view/pods.js';

/** A text of a container that may name an address, and where it is written. */
interface NamedText {
  readonly value: string;
  readonly variable?: string;
  readonly field: string;
  readonly inContainer: string;
}

function* textsOf({ spec }: PodContainer): Generator<NamedText> {
  for (const [index, variable] of maps(spec['env']).entries()) {
    const [name, value] = [text(variable['name']) ?? '', text(variable['value'])];
    if (value !== undefined) yield { value, variable: name, field: `env.${name}`, inContainer: `env/${index}` };
  }
  for (const part of ['command', 'args']) {
    for (const [index, value] of texts(spec[part]).entries())
      yield { value, field: `${part}.${index}`, inContainer: `${part}/${index}` };
  }
}

interface ServicePort {
  readonly port: number;
  readonly protocol: string;
  /** Number on the container. */
  readonly target: number;
}

/** The port of a Service on the pods of one template. */
function servicePorts(service: OwnedObject, template: PodTemplate): ServicePort[] {
  const declared = template.containers.flatMap(containerPorts);
  return maps(dig(service.object, 'spec', 'ports')).flatMap((written) => {
    const port = number(written['port']) ?? 0;
    const target = written['targetPort'] ?? port;
    const onContainer =
      typeof target === 'string' ? declared.find(({ name }) => name === target)?.port : number(target);
    const protocol = text(written['protocol']) ?? 'TCP';
    return onContainer === undefined ? [] : [{ port, protocol, target: onContainer }];
  });
}

/** Templates of workloads whose pods a Service sends to. */
function templatesBehind(view: ClusterView, service: OwnedObject): PodTemplate[] {
  const selector = dig(service.object, 'spec', 'selector');
  return view
    .templatesIn(service.object.metadata.namespace)
    .filter((template) => template.purpose !== 'analysis' && serviceSelectorMatches(selector, template.labels));
}

type Side = 'out' | 'in' | 'open';

/** Which side keeps a caller from a Service's port: `open` where none does. Without a port, one open port is enough. */
function closedSide(
  view: ClusterView,
  caller: PodTemplate,
  service: OwnedObject,
  wanted: number | undefined,
): Side | undefined {
  const own = endpointOf(caller);
  let closed: Side | undefined;
  for (const template of templatesBehind(view, service)) {
    const callee = endpointOf(template);
    for (const { port, protocol, target } of servicePorts(service, template)) {
      if (wanted !== undefined && port !== wanted) continue;
      const connection = { port: target, protocol };
      if (!lets(view, 'Egress', own, callee, connection)) closed = 'out';
      else if (!lets(view, 'Ingress', callee, own, connection)) closed ??= 'in';
      else return 'open';
    }
  }
  return closed;
}

function sentence(caller: ResolvedApp, callee: ResolvedApp, { written }: ClusterAddress, side: Side): string {
  return side === 'out'
    ? `${caller.name} is given ${written}, but its NetworkPolicy does not let it call ${callee.name}`
    : `${caller.name} is given ${written}, but the NetworkPolicy of ${callee.name} does not let it in`;
}

/** Calls that a spec shows without saying so. */
export const callChecks: readonly Check[] = [
  {
    id: 'call-not-allowed',
    title: 'an app may call the apps whose addresses it is given',
    why: 'Traffic between apps is closed by default, on both sides: the call ends in a timeout, and nothing is logged.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          for (const { value, variable, field, inContainer } of textsOf(container)) {
            for (const address of addressesIn(value, template.namespace, variable)) {
              const service = view.find('Service', address.namespace, address.service);
              const callee = service && view.appOf(service);
              if (service === undefined || callee === undefined || callee === app) continue;
              const side = closedSide(view, template, service, address.port);
              if (side === undefined || side === 'open') continue;
              yield {
                message: sentence(app, callee, address, side),
                hint: view.isRaw(template.owned)
                  ? `network.calls is for the app’s own pods: let these in by network.allowFrom of ${callee.name}, and out by a NetworkPolicy beside them`
                  : `add ${callee.name} to network.calls of ${app.name}: that opens both sides`,
                at: view.atContainer(template, container, field, inContainer),
                app: app.name,
              };
            }
          }
        }
      }
    },
  },
];
