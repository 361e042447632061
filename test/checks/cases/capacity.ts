import { app, casesOf, cluster, nodeGroups, worker } from './case.js';

const small = 'name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 2';
const patch = (merge: string, kind = 'Deployment') => `patches:\n  - ▸{target: {kind: ${kind}}, merge: ${merge}}\n`;
const podPatch = (spec: string) => patch(`{spec: {template: {spec: ${spec}}}}`);
const quietPodPatch = (spec: string) => podPatch(spec).replace('▸', '');

export const capacityCases = [
  ...casesOf('node-room', [
    { when: 'a type has fewer pod addresses than DaemonSets', cluster: nodeGroups('base', 'name: tiny, capacity: spot, instanceTypes: [▸t3.nano], min: 0, max: 2'), says: 't3.nano has no room' },
    { when: 'a usual type' },
  ]),
  ...casesOf('pod-fits', [
    { when: 'a pod asks for more CPU than a node has', apps: { shop: app('resources: {cpu: ▸"4", memory: 64Mi}') }, says: 'asks for 4 CPU' },
    { when: 'a pod asks for more memory than a node has', apps: { shop: app('resources: {cpu: 100m, memory: ▸16Gi}') } },
    { when: 'a sidecar makes it too large', apps: { shop: app('resources: {cpu: ▸"1", memory: 64Mi}\nsidecars: [{name: proxy, image: "envoy:1.2", resources: {cpu: "1"}}]') } },
    { when: 'only a Spot group is large enough, and the app may use it', cluster: nodeGroups('base', 'name: big, capacity: spot, instanceTypes: [m6i.2xlarge, m5.2xlarge, m6a.2xlarge, m5a.2xlarge], min: 0, max: 4'), apps: { shop: app('resources: {cpu: "4", memory: 64Mi}') } },
    { when: 'only a Spot group is large enough, and the app must not use it', cluster: nodeGroups('base', 'name: big, capacity: spot, instanceTypes: [m6i.2xlarge, m5.2xlarge, m6a.2xlarge, m5a.2xlarge], min: 0, max: 4'), apps: { shop: app('capacity: on-demand\nresources: {cpu: ▸"4", memory: 64Mi}') }, says: 'm6i.large of base' },
    { when: 'a pod has room', apps: { shop: app('resources: {cpu: "1", memory: 1Gi}') } },
  ]),
  ...casesOf('minimum-fits', [
    { when: 'the minimum needs one more node', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: ▸2, max: 6'), apps: { shop: app('resources: {cpu: "1", memory: 64Mi}\nscale: {min: 3, max: 3}') }, says: 'm6i.large in base' },
    { when: 'the minimum fits', apps: { shop: app() } },
  ]),
  ...casesOf('minimum-exceeds', [
    { when: 'no number of nodes carries the minimum', cluster: nodeGroups(small).replace('nodeGroups:\n  -', 'nodeGroups:\n  ▸-'), apps: { shop: app('resources: {cpu: "1", memory: 64Mi}\nscale: {min: 5, max: 5}') }, says: 'of shop stay pending' },
    { when: 'it fits on more nodes', cluster: nodeGroups('base'), apps: { shop: app('resources: {cpu: "1", memory: 64Mi}\nscale: {min: 5, max: 5}') } },
  ]),
  ...casesOf('maximum-fits', [
    { when: 'the maximum of an app needs more nodes than the groups may have', cluster: nodeGroups(small).replace('nodeGroups:\n  -', 'nodeGroups:\n  ▸-'), apps: { shop: app('scale: {min: 2, max: 60}') }, says: 'of shop stay pending' },
    { when: 'the groups may grow that far', apps: { shop: app('scale: {min: 2, max: 60}') } },
  ]),
  ...casesOf('overflow-toleration', [
    { when: 'a patch adds the toleration', apps: { shop: app(podPatch('{tolerations: [{key: node-lifecycle, operator: Exists}]}')) }, says: 'capacity: overflow'.replace('capacity: ', '') },
    { when: 'a patch tolerates everything', apps: { shop: app(podPatch('{tolerations: [{operator: Exists}]}')) } },
    { when: 'a patch tolerates something else', apps: { shop: app(quietPodPatch('{tolerations: [{key: team, operator: Exists}]}')) } },
    { when: 'the app prefers Spot', apps: { shop: app('capacity: prefer-spot') } },
  ]),
  ...casesOf('placement', [
    { when: 'a patch removes an overflow app’s preference', apps: { shop: app(podPatch('{affinity: null}')) }, says: 'has gone' },
    { when: 'a patch removes an on-demand app’s requirement', apps: { shop: app(`capacity: on-demand\n${podPatch('{affinity: null}')}`) }, says: 'may run on Spot' },
    { when: 'a patch removes a prefer-spot app’s toleration', apps: { shop: app(`capacity: ▸prefer-spot\n${quietPodPatch('{tolerations: null}')}`) }, says: 'do not tolerate' },
    { when: 'a patch adds another affinity beside it', apps: { shop: app(quietPodPatch('{affinity: {podAntiAffinity: {}}}')) } },
    { when: 'a cron job is on-demand', apps: { shop: worker('kind: cronjob\nschedule: "0 3 * * *"\ncapacity: on-demand') } },
  ]),
  ...casesOf('overflow-spread', [
    { when: 'an overflow app must spread over nodes', apps: { shop: app('spread: {host: ▸DoNotSchedule}') } },
    {
      when: 'an overflow app must spread over zones that on-demand does not have',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, availabilityZones: [us-east-1a]', 'name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2, availabilityZones: [us-east-1a, us-east-1b]'),
      apps: { shop: app('spread: {zone: ▸DoNotSchedule}') },
      says: 'us-east-1b',
    },
    { when: 'on-demand has all zones', apps: { shop: app('spread: {zone: DoNotSchedule}') } },
    { when: 'an app that prefers Spot must spread over nodes', apps: { shop: app('capacity: prefer-spot\nspread: {host: DoNotSchedule}') } },
  ]),
  ...casesOf('node-for-pods', [
    { when: 'a patch asks for a label that no group has', apps: { shop: app(podPatch('{nodeSelector: {disk: nvme}}')) }, says: 'no node group may run' },
    { when: 'a patch asks for an architecture that no group has', apps: { shop: app(podPatch('{nodeSelector: {kubernetes.io/arch: arm64}}')) } },
    { when: 'a group has the label', cluster: nodeGroups('base', 'name: fast, capacity: on-demand, instanceTypes: [m6i.large], min: 0, max: 2, labels: {disk: nvme}'), apps: { shop: app(quietPodPatch('{nodeSelector: {disk: nvme}}')) } },
    { when: 'a patch asks for a zone', apps: { shop: app(quietPodPatch('{nodeSelector: {topology.kubernetes.io/zone: us-east-1a}}')) } },
  ]),
  ...casesOf('spot-group', [
    { when: 'an app prefers Spot where there is none', cluster: nodeGroups('base'), apps: { shop: app('capacity: ▸prefer-spot') } },
    { when: 'there is a Spot group', apps: { shop: app('capacity: prefer-spot') } },
  ]),
  ...casesOf('grace-period', [
    { when: 'work takes longer than the grace period leaves', apps: { shop: app('termination: {gracePeriod: ▸20s, preStop: 10s, work: 15s}') }, says: '10s before the signal and needs 15s' },
    { when: 'a patch shortens the grace period', apps: { shop: app(podPatch('{terminationGracePeriodSeconds: 5}')) } },
    { when: 'the defaults' , apps: { shop: app() } },
  ]),
  ...casesOf('spot-grace-period', [
    { when: 'an overflow app takes two minutes to end', apps: { shop: app('termination: {gracePeriod: ▸2m}') }, says: '120s to end' },
    { when: 'an on-demand app takes two minutes to end', apps: { shop: app('capacity: on-demand\ntermination: {gracePeriod: 2m}') } },
    { when: 'there is no Spot', cluster: nodeGroups('base'), apps: { shop: app('termination: {gracePeriod: 2m}') } },
  ]),
  ...casesOf('drain-time', [
    { when: 'one at a time is too slow for a big app', apps: { shop: app('scale: {min: 20, max: 20}\ndisruption: {maxUnavailable: ▸1}') }, says: '1 at once' },
    { when: 'slow starters make a quarter at a time too slow', apps: { shop: app('scale: {min: 12, max: 12}\nhealth: {readiness: /, readyAfter: 45s}\ndisruption: {maxUnavailable: ▸25%}') }, says: '3 × 45s + 60s grace' },
    { when: 'the default lets a quarter go', apps: { shop: app('scale: {min: 20, max: 20}') } },
    { when: 'the app is never on Spot', apps: { shop: app('capacity: on-demand\nscale: {min: 20, max: 20}\ndisruption: {maxUnavailable: 1}') } },
  ]),
  ...casesOf('pre-stop', [
    { when: 'a service does not sleep', apps: { shop: app('termination: {preStop: ▸0s}') }, says: 'Service shop still sends' },
    { when: 'a worker does not sleep', apps: { shop: worker() } },
    { when: 'a service sleeps', apps: { shop: app() } },
  ]),
  ...casesOf('deregistration-delay', [
    { when: 'the delay is longer than the sleep', apps: { shop: app('ingress: {host: shop.example.com, deregistrationDelay: ▸60s}') }, says: '60s' },
    { when: 'a patch takes the attribute away, so AWS’ 300s hold', apps: { shop: app(`ingress: {host: shop.example.com}\n${patch('{metadata: {annotations: {alb.ingress.kubernetes.io/target-group-attributes: null}}}', 'Ingress')}`) }, says: '300s' },
    { when: 'the default', apps: { shop: app('ingress: {host: shop.example.com}') } },
  ]),
  ...casesOf('disruption-budget', [
    { when: 'maxUnavailable is 0', apps: { shop: app('disruption: {maxUnavailable: ▸0}') }, says: 'maxUnavailable 0 of 2 pods' },
    { when: 'a patch asks for all pods to stay', apps: { shop: app(patch('{spec: {maxUnavailable: null, minAvailable: 2}}', 'PodDisruptionBudget')) } },
    { when: 'a share of one pod rounds up', apps: { shop: app('scale: {min: 1, max: 1}\ndisruption: {maxUnavailable: 10%}') } },
  ]),
  ...casesOf('one-disruption-budget', [
    {
      when: 'a manifest brings a second budget',
      apps: { shop: app('manifests: [apps/extra/pdb.yaml]') },
      manifests: { 'apps/extra/pdb.yaml': '▸apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: more}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app.kubernetes.io/name: shop}}}\n' },
      says: 'shop and more',
    },
    { when: 'one budget', apps: { shop: app() } },
  ]),
  ...casesOf('single-pod', [
    { when: 'a production service has one pod', apps: { shop: app('scale: {min: ▸1, max: 3}') } },
    { when: 'a worker has one pod', apps: { shop: worker('scale: {min: 1, max: 1}') } },
    { when: 'the cluster is not production', cluster: cluster('production: false'), apps: { shop: app() } },
  ]),
  ...casesOf('quota-admits', [
    { when: 'the surge of a release goes beyond the pods', cluster: cluster('namespaces:\n  shop: {quota: {pods: ▸4}}'), apps: { shop: app('scale: {min: 2, max: 4}') }, says: 'shop 4 + 1 surge' },
    { when: 'CPU at the maximum goes beyond', cluster: cluster('namespaces:\n  shop: {quota: {cpu: ▸400m}}'), apps: { shop: app('scale: {min: 2, max: 4}') }, says: 'need 0.5' },
    { when: 'it admits all', cluster: cluster('namespaces:\n  shop: {quota: {cpu: 500m, pods: 5}}'), apps: { shop: app('scale: {min: 2, max: 4}') } },
  ]),
  ...casesOf('unused-namespace', [
    { when: 'settings are for a namespace without an app', cluster: cluster('namespaces:\n  ▸shp: {podSecurity: baseline}'), apps: { shop: app() } },
    { when: 'the namespace has an app', cluster: cluster('namespaces:\n  shop: {podSecurity: baseline}'), apps: { shop: app() } },
  ]),
  ...casesOf('hpa-target', [
    { when: 'a patch points the HPA at nothing', apps: { shop: app(`scale: {min: 2, max: 4}\n${patch('{spec: {scaleTargetRef: {name: shopp}}}', 'HorizontalPodAutoscaler')}`) }, says: 'Deployment shopp' },
    {
      when: 'a manifest brings a second HPA',
      apps: { shop: app('scale: {min: 2, max: 4}\nmanifests: [apps/extra/hpa.yaml]') },
      manifests: { 'apps/extra/hpa.yaml': '▸apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: more}\nspec: {maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}\n' },
      says: 'HPAs shop and more',
    },
    { when: 'the HPA of an app', apps: { shop: app('scale: {min: 2, max: 4}') } },
  ]),
  ...casesOf('hpa-replicas', [
    { when: 'a patch states replicas beside the HPA', apps: { shop: app(`scale: {min: 2, max: 4}\n${patch('{spec: {replicas: 3}}')}`) }, says: 'replicas: 3' },
    { when: 'replicas without an HPA', apps: { shop: app('scale: {min: 3, max: 3}') } },
  ]),
  ...casesOf('hpa-requests', [
    { when: 'a patch adds a container without requests', apps: { shop: app(`scale: {min: 2, max: 4}\npatches:\n  - ▸{target: {kind: Deployment}, json: [{op: add, path: /spec/template/spec/containers/-, value: {name: extra, image: "extra:1.0"}}]}\n`) }, says: 'container extra has none' },
    { when: 'the target is an amount', apps: { shop: app('scale: {min: 2, max: 4, metrics: [{cpu: 500m}]}\npatches:\n  - {target: {kind: Deployment}, json: [{op: add, path: /spec/template/spec/containers/-, value: {name: extra, image: "extra:1.0"}}]}\n') } },
  ]),
  ...casesOf('metrics-adapter', [
    { when: 'no adapter serves custom metrics', apps: { shop: app('scale: {min: 2, max: 4, metrics: ▸[{pods: {metric: queue, average: 10}}]}') }, says: 'reads queue from custom.metrics.k8s.io' },
    { when: 'the cluster names the adapter', cluster: cluster('metricsAdapters: [external.metrics.k8s.io]'), apps: { shop: app('scale: {min: 2, max: 4, metrics: [{external: {metric: queue, average: 10}}]}') } },
  ]),
  ...casesOf('hpa-minimum', [
    { when: 'an HPA begins at 0', apps: { shop: app('scale: {min: ▸0, max: 4}') } },
    { when: 'an app is switched off', apps: { shop: app('scale: {min: 0, max: 1}').replace('min: 0, max: 1', 'min: 1, max: 4') } },
  ]),
  ...casesOf('scale-range', [
    { when: 'max is below min', apps: { shop: app('scale: {min: 3, max: ▸2}') } },
    { when: 'max is min', apps: { shop: app('scale: {min: 3, max: 3}') } },
  ]),
  ...casesOf('hpa-tolerance', [
    { when: 'Kubernetes 1.34 does not know it', cluster: cluster('kubernetesVersion: "1.34"'), apps: { shop: app('scale: {min: 2, max: 4, up: {tolerance: ▸0.05}}') }, says: 'came with 1.35' },
    { when: 'Kubernetes 1.35 knows it', apps: { shop: app('scale: {min: 2, max: 4, up: {tolerance: 0.05}}') } },
  ]),
];
