import type { OwnedObject } from '../model/kube-object.js';
import { componentApplication } from '../model/application-names.js';
import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, maps, text } from './view/json.js';
import { didYouMean, enumeration } from './view/words.js';

interface Route {
  readonly ingress: OwnedObject;
  readonly host: string;
  readonly path: string;
  readonly index: number;
}

function routes(view: ClusterView): Route[] {
  return view.ofKind('Ingress').flatMap((ingress) =>
    maps(dig(ingress.object, 'spec', 'rules')).flatMap((rule, index) =>
      maps(map(rule['http'])['paths']).map(({ path }) => ({
        ingress,
        host: text(rule['host']) ?? '*',
        path: text(path) ?? '/',
        index,
      })),
    ),
  );
}

function hostField(view: ClusterView, { ingress, host }: Route): string {
  const app = view.appOf(ingress);
  if (app === undefined) return 'gitops.webhook.host';
  const index = app.ingress?.hosts.indexOf(host) ?? -1;
  return app.provenance.written('ingress.hosts') !== undefined && index !== -1
    ? `ingress.hosts.${index}`
    : 'ingress.host';
}

function loadBalancerOf({ ingress }: Route): string {
  const group = ingress.object.metadata.annotations?.['alb.ingress.kubernetes.io/group.name'];
  return group === undefined
    ? `${ingress.object.metadata.namespace ?? ''}/${ingress.object.metadata.name}`
    : `group ${group}`;
}

function ownerText(view: ClusterView, route: Route): string {
  return view.appOf(route.ingress)?.name ?? 'Argo CD’s webhook';
}

/** Requests from outside. */
export const ingressChecks: readonly Check[] = [
  {
    id: 'ingress-controller',
    title: 'an Ingress has a controller that serves it',
    why: 'An Ingress of another class, or without a controller, never gets an address, and nothing reports an error.',
    severity: 'error',
    *run(view) {
      const runs = view
        .ofKind('Application')
        .some(({ object }) => object.metadata.name === componentApplication('aws-load-balancer-controller'));
      for (const ingress of view.ofKind('Ingress')) {
        const name =
          text(dig(ingress.object, 'spec', 'ingressClassName')) ??
          ingress.object.metadata.annotations?.['kubernetes.io/ingress.class'];
        if (name === 'alb' && runs) continue;
        yield {
          message:
            name === 'alb'
              ? `Ingress ${ingress.object.metadata.name} needs the AWS Load Balancer Controller, which is not on this cluster`
              : `Ingress ${ingress.object.metadata.name} has ${name === undefined ? 'no class' : `class ${name}`}; the only controller here serves class alb`,
          hint:
            name === 'alb'
              ? 'use the ingress field of an app: it brings the controller'
              : 'use ingressClassName: alb, or the ingress field of the app',
          at: view.at(ingress, 'ingress', '/spec/ingressClassName'),
          ...(ingress.owner.kind === 'app' ? { app: ingress.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'ingress-host',
    title: 'a host and path belong to one app',
    why: 'Two load balancers, or two rules of one, for the same address: which app answers depends on DNS and order.',
    severity: 'error',
    *run(view) {
      const byAddress = new Map<string, Route[]>();
      for (const route of routes(view)) {
        const address = `${route.host}${route.path}`;
        byAddress.set(address, [...(byAddress.get(address) ?? []), route]);
      }
      for (const [address, same] of byAddress) {
        if (new Set(same.map(({ ingress }) => ingress)).size < 2) continue;
        for (const route of same) {
          const others = same.filter(({ ingress }) => ingress !== route.ingress);
          yield {
            message: `${address} is served by ${ownerText(view, route)} and by ${enumeration(others.map((other) => ownerText(view, other)))}`,
            hint: 'give one of them another host or path',
            at: view.at(route.ingress, hostField(view, route), `/spec/rules/${route.index}`),
            ...(route.ingress.owner.kind === 'app' ? { app: route.ingress.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'ingress-group',
    title: 'a host belongs to one load balancer',
    why: 'DNS points a host at one load balancer: the paths that another one serves are never reached.',
    severity: 'error',
    *run(view) {
      const byHost = new Map<string, Route[]>();
      for (const route of routes(view)) byHost.set(route.host, [...(byHost.get(route.host) ?? []), route]);
      for (const [host, same] of byHost) {
        const [first] = same;
        if (first === undefined) continue;
        for (const route of same.filter((candidate) => loadBalancerOf(candidate) !== loadBalancerOf(first))) {
          // The same path on both is what ingress-host is about.
          if (route.path === first.path) continue;
          yield {
            message: `${host} is on two load balancers: ${first.path} of ${ownerText(view, first)} and ${route.path} of ${ownerText(view, route)}`,
            hint: 'give both the same ingress.group, so that they share one',
            at: view.at(route.ingress, hostField(view, route), '/metadata/annotations'),
            ...(route.ingress.owner.kind === 'app' ? { app: route.ingress.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'ingress-backend',
    title: 'an Ingress sends to a Service and port that exist',
    why: 'The load balancer answers 503 for a backend that is not there.',
    severity: 'error',
    *run(view) {
      for (const ingress of view.ofKind('Ingress').filter(({ owner }) => owner.kind !== 'bootstrap')) {
        const { namespace } = ingress.object.metadata;
        const paths = maps(dig(ingress.object, 'spec', 'rules')).flatMap((rule) => maps(map(rule['http'])['paths']));
        for (const backend of [
          ...paths.map((path) => path['backend']),
          dig(ingress.object, 'spec', 'defaultBackend'),
        ]) {
          const service = map(dig(backend, 'service'));
          const name = text(service['name']);
          const port = map(service['port']);
          // The controller's own actions (redirects) are annotations, not Services.
          if (name === undefined || port['name'] === 'use-annotation') continue;
          const found = view.find('Service', namespace, name);
          const ports = maps(dig(found?.object, 'spec', 'ports'));
          if (
            ports.some(
              (candidate) =>
                candidate['port'] === port['number'] ||
                (port['name'] !== undefined && candidate['name'] === port['name']),
            )
          )
            continue;
          const wanted = text(port['name']) ?? String(port['number']);
          const services = view.inNamespace('Service', namespace).map(({ object }) => object.metadata.name);
          yield {
            message:
              found === undefined
                ? `Ingress ${ingress.object.metadata.name} sends to Service ${name}, which is not in namespace ${namespace ?? ''}`
                : `Ingress ${ingress.object.metadata.name} sends to port ${wanted} of Service ${name}, which it does not offer`,
            hint:
              found === undefined
                ? didYouMean(name, services, 'name a Service of the same namespace')
                : `it offers ${enumeration(ports.map((candidate) => `${text(candidate['name']) ?? 'unnamed'} (${String(candidate['port'])})`))}`,
            at: view.at(ingress, 'ingress.port', '/spec/rules'),
            ...(ingress.owner.kind === 'app' ? { app: ingress.owner.app } : {}),
          };
        }
      }
    },
  },
  {
    id: 'ingress-tls',
    title: 'a production app on the internet speaks HTTPS',
    why: 'Plain HTTP shows cookies, passwords and pages to every network on the way.',
    severity: 'warning',
    *run(view) {
      if (!view.cluster.production) return;
      for (const ingress of view.ofKind('Ingress').filter(({ owner }) => owner.kind === 'app')) {
        const annotations = ingress.object.metadata.annotations ?? {};
        const secure =
          annotations['alb.ingress.kubernetes.io/certificate-arn'] !== undefined ||
          /HTTPS/.test(annotations['alb.ingress.kubernetes.io/listen-ports'] ?? '');
        const app = view.appOf(ingress);
        if (app === undefined || secure || annotations['alb.ingress.kubernetes.io/scheme'] !== 'internet-facing')
          continue;
        yield {
          message: `${app.name} is on the internet without HTTPS`,
          hint: 'set ingress.certificateArn to an ACM certificate of its host',
          at: view.at(ingress, 'ingress', '/metadata/annotations'),
          app: app.name,
        };
      }
    },
  },
];
