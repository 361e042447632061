import { app, casesOf, cluster, jsonPatch, patch } from './case.js';

export const portsCases = [
  ...casesOf('container-port-unique', [
    {
      when: 'a number is there twice',
      apps: {
        shop: app('ports:\n  - {name: http, port: 8080}\n  - ▸{name: more, port: 8080, servicePort: 81}').replace(
          'port: 8080\n',
          '',
        ),
      },
      says: 'port 8080/TCP of container shop is there twice',
    },
    {
      when: 'a sidecar takes the app’s port',
      apps: { shop: app('sidecars: [{name: proxy, image: "envoy:1.2", port: ▸8080}]') },
      says: 'also a port of container shop',
    },
    {
      when: 'one number in two protocols',
      apps: {
        shop: app('ports: [{name: dns, port: 53}, {name: dns-udp, port: 53, protocol: UDP}]').replace(
          'port: 8080\n',
          '',
        ),
      },
    },
  ]),
  ...casesOf('service-port-unique', [
    {
      when: 'two ports are offered under one number',
      apps: {
        shop: app(
          'ports:\n  - {name: http, port: 8080, servicePort: 80}\n  - ▸{name: more, port: 8081, servicePort: 80}',
        ).replace('port: 8080\n', ''),
      },
      says: 'offers port 80/TCP twice',
    },
    {
      when: 'numbers differ',
      apps: {
        shop: app(
          'ports: [{name: http, port: 8080, servicePort: 80}, {name: more, port: 8081, servicePort: 81}]',
        ).replace('port: 8080\n', ''),
      },
    },
  ]),
  ...casesOf('probe-port', [
    {
      when: 'a patch names a port that is not there',
      apps: {
        shop: app(
          jsonPatch('{op: replace, path: /spec/template/spec/containers/0/readinessProbe/httpGet/port, value: htttp}'),
        ),
      },
      says: 'htttp',
    },
    { when: 'probes ask the app’s port', apps: { shop: app() } },
  ]),
  ...casesOf('probe-port-declared', [
    {
      when: 'a patch asks an undeclared number',
      apps: {
        shop: app(
          jsonPatch('{op: replace, path: /spec/template/spec/containers/0/readinessProbe/httpGet/port, value: 8081}'),
        ),
      },
      says: 'asks port 8081',
    },
    { when: 'gRPC asks the declared number', apps: { shop: app('health: {readiness: {grpc: {}}}') } },
  ]),
  ...casesOf('service-target-port', [
    {
      when: 'a patch sends to a port that pods do not have',
      apps: { shop: app(jsonPatch('{op: replace, path: /spec/ports/0/targetPort, value: web}', 'Service')) },
      says: 'sends to port web',
    },
    { when: 'the Service is as rendered', apps: { shop: app() } },
  ]),
  ...casesOf('ingress-controller', [
    {
      when: 'a patch asks for another class',
      apps: {
        shop: app(`ingress: {host: shop.example.com}\n${patch('{spec: {ingressClassName: nginx}}', 'Ingress')}`),
      },
      says: 'class nginx',
    },
    {
      when: 'a manifest brings an Ingress, and no app does',
      apps: { shop: app('manifests: [apps/extra/ingress.yaml]') },
      manifests: {
        'apps/extra/ingress.yaml':
          '▸apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: own}\nspec: {ingressClassName: alb, defaultBackend: {service: {name: shop, port: {number: 8080}}}}\n',
      },
      says: 'is not on this cluster',
    },
    { when: 'an app has an ingress', apps: { shop: app('ingress: {host: shop.example.com}') } },
  ]),
  ...casesOf('ingress-host', [
    {
      when: 'two apps serve one host',
      apps: {
        shop: app('ingress: {host: ▸shop.example.com}'),
        cart: app('ingress: {host: ▸x.example.com}', 'cart').replace('x.example.com', 'shop.example.com'),
      },
      says: 'is served by cart and by shop',
    },
    {
      when: 'an app has the webhook’s host and path',
      cluster: cluster(
        'gitops: {repository: "https://github.com/acme/platform.git", webhook: {host: ▸ci.example.com}}',
      ),
      apps: { shop: app('ingress: {host: ▸ci.example.com, path: /api/webhook}') },
    },
    {
      when: 'hosts differ',
      apps: { shop: app('ingress: {host: shop.example.com}'), cart: app('ingress: {host: cart.example.com}', 'cart') },
    },
    {
      when: 'two paths of a group',
      apps: {
        shop: app('ingress: {host: a.example.com, group: web}'),
        cart: app('ingress: {host: a.example.com, path: /cart, group: web}', 'cart'),
      },
    },
  ]),
  ...casesOf('ingress-group', [
    {
      when: 'two paths of a host are on two load balancers',
      apps: {
        shop: app('ingress: {host: ▸a.example.com}'),
        cart: app('ingress: {host: a.example.com, path: /cart}', 'cart'),
      },
      says: 'two load balancers',
    },
    {
      when: 'they share one',
      apps: {
        shop: app('ingress: {host: a.example.com, group: web}'),
        cart: app('ingress: {host: a.example.com, path: /cart, group: web}', 'cart'),
      },
    },
  ]),
  ...casesOf('ingress-backend', [
    {
      when: 'a patch names a port that is not offered',
      apps: {
        shop: app(
          `ingress: {host: shop.example.com}\n${jsonPatch('{op: replace, path: /spec/rules/0/http/paths/0/backend/service/port, value: {number: 81}}', 'Ingress')}`,
        ),
      },
      says: 'port 81 of Service shop',
    },
    {
      when: 'a patch names another Service',
      apps: {
        shop: app(
          `ingress: {host: shop.example.com}\n${jsonPatch('{op: replace, path: /spec/rules/0/http/paths/0/backend/service/name, value: shopp}', 'Ingress')}`,
        ),
      },
      says: 'which is not in namespace shop',
    },
    {
      when: 'the Ingress is as rendered',
      apps: {
        shop: app(
          'ingress: {host: shop.example.com, certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a"}',
        ),
      },
    },
  ]),
  ...casesOf('ingress-tls', [
    {
      when: 'an app is on the internet without a certificate',
      apps: { shop: app('ingress: ▸{host: shop.example.com}') },
    },
    {
      when: 'it has a certificate',
      apps: {
        shop: app(
          'ingress: {host: shop.example.com, certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a"}',
        ),
      },
    },
    { when: 'it is internal', apps: { shop: app('ingress: {host: shop.example.com, scheme: internal}') } },
  ]),
];
