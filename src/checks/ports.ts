import type { OwnedObject } from '../model/kube-object.js';
import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, maps, number, text, type JsonMap } from './view/json.js';
import { serviceSelectorMatches } from './view/labels.js';
import { containerPorts, type ContainerPort, type PodContainer, type PodTemplate } from './view/pods.js';
import { didYouMean, enumeration } from './view/words.js';

const probes = [
  { field: 'readinessProbe', spec: 'health.readiness', sidecarSpec: 'readiness' },
  { field: 'livenessProbe', spec: 'health.liveness', sidecarSpec: 'readiness' },
  { field: 'startupProbe', spec: 'health.startup', sidecarSpec: 'startup' },
] as const;

function portText({ name, port }: ContainerPort): string {
  return name === undefined ? String(port) : `${name} (${port})`;
}

function known(ports: readonly ContainerPort[]): string {
  return ports.length === 0 ? 'it declares no ports' : `its ports are ${enumeration(ports.map(portText))}`;
}

/** The port that a probe asks, if it asks one. */
function probedPort(probe: JsonMap): unknown {
  return dig(probe, 'httpGet', 'port') ?? dig(probe, 'tcpSocket', 'port') ?? dig(probe, 'grpc', 'port');
}

function templatesBehind(view: ClusterView, service: OwnedObject): PodTemplate[] {
  const { namespace } = service.object.metadata;
  const selector = dig(service.object, 'spec', 'selector');
  return view
    .templatesIn(namespace)
    .filter((template) => template.purpose !== 'analysis' && serviceSelectorMatches(selector, template.labels));
}

function ofRole(template: PodTemplate, role: PodContainer['role']): PodContainer[] {
  return template.containers.filter((container) => container.role === role);
}

/** Where a port of a container is written. */
function atPort(view: ClusterView, template: PodTemplate, container: PodContainer, index: number) {
  const app = view.appOf(template.owned);
  const isMain = app?.container.name === container.name;
  const field = isMain ? (app.provenance.written('ports') === undefined ? 'port' : `ports.${index}`) : 'port';
  return view.atContainer(template, container, field, 'ports');
}

/** Every port that a probe of an app's container asks, by name or number, with the line that says so. */
function* probedPorts(view: ClusterView) {
  for (const { app, template } of view.appTemplates()) {
    for (const container of template.containers) {
      const ports = containerPorts(container);
      for (const { field, spec, sidecarSpec } of probes) {
        const port = probedPort(map(container.spec[field]));
        const at = view.atContainer(
          template,
          container,
          container.name === app.container.name ? spec : sidecarSpec,
          field,
        );
        yield { field, container, port, ports, at, app: app.name };
      }
    }
  }
}

/** Ports, and what names them. */
export const portChecks: readonly Check[] = [
  {
    id: 'container-port-unique',
    title: 'ports of a pod have different names and numbers',
    why: 'All containers of a pod share one network: the second one to listen on a number dies, and a name that is there twice means only one of them.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        const names = new Map<string, string>();
        const numbers = new Map<string, string>();
        // The app's own ports come first: what clashes with them is the sidecar's.
        for (const container of [...ofRole(template, 'main'), ...ofRole(template, 'sidecar')]) {
          for (const [index, port] of containerPorts(container).entries()) {
            const key = `${port.port}/${port.protocol}`;
            const byName = port.name === undefined ? undefined : names.get(port.name);
            const byNumber = numbers.get(key);
            numbers.set(key, byNumber ?? container.name);
            if (port.name !== undefined) names.set(port.name, byName ?? container.name);
            if (byName === undefined && byNumber === undefined) continue;
            const other = byNumber ?? byName ?? '';
            yield {
              message: `${byNumber === undefined ? `port name ${port.name ?? ''}` : `port ${key}`} of container ${container.name} is ${other === container.name ? 'there twice' : `also a port of container ${other}`}`,
              hint: 'give each port of the pod its own name and number',
              at: atPort(view, template, container, index),
              app: app.name,
            };
          }
        }
      }
    },
  },
  {
    id: 'service-port-unique',
    title: 'ports of a Service have different numbers',
    why: 'The API server refuses a Service that offers one number twice.',
    severity: 'error',
    *run(view) {
      for (const service of view.ofKind('Service')) {
        const offered = new Set<string>();
        for (const [index, port] of maps(dig(service.object, 'spec', 'ports')).entries()) {
          const key = `${number(port['port']) ?? 0}/${text(port['protocol']) ?? 'TCP'}`;
          if (!offered.has(key)) {
            offered.add(key);
            continue;
          }
          yield {
            message: `Service ${service.object.metadata.name} offers port ${key} twice`,
            hint: 'give one of them another servicePort',
            at: view.at(service, `ports.${index}`, `/spec/ports/${index}`),
            ...(service.owner.kind === 'app' ? { app: service.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'probe-port',
    title: 'probes ask ports that exist',
    why: 'A name that no port of the container has is an error at every probe: the pod never becomes ready, or is restarted for ever.',
    severity: 'error',
    *run(view) {
      for (const { field, container, port, ports, at, app } of probedPorts(view)) {
        if (typeof port !== 'string' || ports.some(({ name }) => name === port)) continue;
        const names = ports.flatMap(({ name }) => name ?? []);
        yield {
          message: `${field} of container ${container.name} asks port ${port}, which the container does not have`,
          hint: didYouMean(port, names, known(ports)),
          at,
          app,
        };
      }
    },
  },
  {
    id: 'probe-port-declared',
    title: 'probes ask ports that the container declares',
    why: 'A number that is declared nowhere is mostly a typing error, or a port that moved and took the probe not along.',
    severity: 'warning',
    *run(view) {
      for (const { field, container, port, ports, at, app } of probedPorts(view)) {
        if (typeof port !== 'number' || ports.some((declared) => declared.port === port)) continue;
        yield {
          message: `${field} of container ${container.name} asks port ${port}, which the container does not declare`,
          hint: known(ports),
          at,
          app,
        };
      }
    },
  },
  {
    id: 'service-target-port',
    title: 'a Service sends to ports that its pods have',
    why: 'Traffic to a port where nothing listens is refused, while every pod looks ready.',
    severity: 'error',
    *run(view) {
      for (const service of view.ofKind('Service')) {
        const templates = templatesBehind(view, service);
        for (const [index, port] of maps(dig(service.object, 'spec', 'ports')).entries()) {
          const target = port['targetPort'] ?? port['port'];
          for (const template of templates) {
            const ports = template.containers.flatMap(containerPorts);
            if (ports.some(({ name, port: declared }) => target === name || target === declared)) continue;
            yield {
              message: `Service ${service.object.metadata.name} sends to port ${String(target)}, which pods of ${view.nameOf(template.owned)} do not have`,
              hint: didYouMean(
                String(target),
                ports.flatMap(({ name }) => name ?? []),
                known(ports),
              ),
              at: view.at(service, `ports.${index}`, `/spec/ports/${index}`),
              ...(service.owner.kind === 'app' ? { app: service.owner.app } : {}),
            };
          }
        }
      }
    },
  },
];
