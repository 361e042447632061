import { app, casesOf, configMap, eksctl, manifest, patch, quiet, withManifest } from './case.js';

export const objectsCases = [
  ...casesOf('duplicate-object', [
    {
      when: 'a manifest is what the app renders',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app.kubernetes.io/name: shop}, ports: [{port: 8080}]}\n',
      ),
      says: 'Service shop is rendered by app shop',
    },
    {
      when: 'objects of one name in two namespaces',
      apps: { shop: withManifest(), cart: app('', 'cart') },
      manifests: manifest(quiet(configMap('same'))),
    },
  ]),
  ...casesOf('namespace-exists', [
    {
      when: 'a manifest names a namespace that is not there',
      apps: { shop: withManifest() },
      manifests: manifest('▸apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: shopp}\n'),
      says: 'namespace shopp',
    },
    { when: 'a manifest names none', apps: { shop: withManifest() }, manifests: manifest(quiet(configMap('x'))) },
  ]),
  ...casesOf('own-namespace', [
    {
      when: 'a manifest is in another app’s namespace',
      apps: { shop: withManifest(), cart: app('', 'cart') },
      manifests: manifest('▸apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: cart}\n'),
      says: 'instead of shop',
    },
    {
      when: 'it is in its own',
      apps: { shop: withManifest() },
      manifests: manifest('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: shop}\n'),
    },
  ]),
  ...casesOf('cluster-scoped-object', [
    {
      when: 'a manifest is a ClusterRole',
      apps: { shop: withManifest() },
      manifests: manifest('▸apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: x}\n'),
      says: 'ClusterRole x is cluster-scoped',
    },
    {
      when: 'a manifest is a Role',
      apps: { shop: withManifest() },
      manifests: manifest('apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x}\n'),
    },
  ]),
  ...casesOf('api-version', [
    {
      when: 'a manifest uses an apiVersion that is gone',
      apps: { shop: withManifest() },
      manifests: manifest('▸apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: x}\n'),
      says: 'does not serve CronJob as batch/v1beta1',
    },
    {
      when: 'a manifest uses one that is served',
      apps: { shop: withManifest() },
      manifests: manifest('apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x}\n'),
    },
  ]),
  ...casesOf('custom-resource', [
    {
      when: 'nobody installs the kind',
      apps: { shop: withManifest() },
      manifests: manifest('▸apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: x}\n'),
      says: 'ServiceMonitor of monitoring.coreos.com',
    },
    {
      when: 'Argo Rollouts and EKS install the kinds',
      apps: { shop: withManifest() },
      manifests: manifest('apiVersion: vpcresources.k8s.aws/v1beta1\nkind: SecurityGroupPolicy\nmetadata: {name: x}\n'),
    },
  ]),
  ...casesOf('object-schema', [
    {
      when: 'a patch adds an unknown field',
      apps: { shop: app(patch('{spec: {template: {spec: {hostNetwrk: true}}}}')) },
      says: 'has no field hostNetwrk',
    },
    {
      when: 'a patch gives text for a number',
      apps: { shop: app(patch('{spec: {minReadySeconds: soon}}')) },
      says: 'must be a whole number, not text',
    },
    {
      when: 'a manifest lacks a field',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: x}\nspec: {maxReplicas: 3}\n',
      ),
      says: 'lacks scaleTargetRef',
    },
    {
      when: 'a patch of a Rollout is well-formed',
      apps: {
        shop: app(
          `scale: {min: 10, max: 20}\nrelease: {canary: [20%, 1m]}\n${quiet(patch('{spec: {template: {spec: {hostname: shop}}}}', 'Rollout'))}`,
        ),
      },
    },
    {
      when: 'a manifest is well-formed',
      apps: { shop: withManifest() },
      manifests: manifest(quiet(configMap('x', 'data: {a: b}\n'))),
    },
  ]),
  ...casesOf('cluster-config-schema', [
    {
      when: 'a patch adds an unknown field',
      cluster: eksctl('▸{op: add, path: /vpc/natt, value: {}}'),
      says: 'has no field natt',
    },
    {
      when: 'a patch is well-formed',
      cluster: eksctl('{op: add, path: /metadata/annotations, value: {team: platform}}'),
    },
  ]),
];
