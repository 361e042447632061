import {
  app,
  calm,
  casesOf,
  jsonPatch,
  manifest,
  markedGroups,
  nodeGroups,
  podPatch,
  quiet,
  withManifest,
  worker,
} from './case.js';

const small = 'name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 2';

export const capacityCases = [
  ...casesOf('node-room', [
    {
      when: 'a type has fewer pod addresses than DaemonSets',
      cluster: nodeGroups('base', 'name: tiny, capacity: spot, instanceTypes: [▸t3.nano], min: 0, max: 2'),
      says: 't3.nano has no room',
    },
    { when: 'a usual type' },
  ]),
  ...casesOf('pod-fits', [
    {
      when: 'a pod asks for more CPU than a node has',
      apps: { shop: app('resources: {cpu: ▸"4", memory: 64Mi}') },
      says: 'asks for 4 CPU',
    },
    {
      when: 'a pod asks for more memory than a node has',
      apps: { shop: app('resources: {cpu: 100m, memory: ▸16Gi}') },
    },
    {
      when: 'a sidecar makes it too large',
      apps: {
        shop: app(
          'resources: {cpu: ▸"1", memory: 64Mi}\nsidecars: [{name: proxy, image: "envoy:1.2", resources: {cpu: "1"}}]',
        ),
      },
    },
    {
      when: 'only a Spot group is large enough, and the app may use it',
      cluster: nodeGroups(
        'base',
        'name: big, capacity: spot, instanceTypes: [m6i.2xlarge, m5.2xlarge, m6a.2xlarge, m5a.2xlarge], min: 0, max: 4',
      ),
      apps: { shop: app('resources: {cpu: "4", memory: 64Mi}') },
    },
    {
      when: 'only a Spot group is large enough, and the app must not use it',
      cluster: nodeGroups(
        'base',
        'name: big, capacity: spot, instanceTypes: [m6i.2xlarge, m5.2xlarge, m6a.2xlarge, m5a.2xlarge], min: 0, max: 4',
      ),
      apps: { shop: app('capacity: on-demand\nresources: {cpu: ▸"4", memory: 64Mi}') },
      says: 'm6i.large of base',
    },
    { when: 'a pod has room', apps: { shop: app('resources: {cpu: "1", memory: 1Gi}') } },
  ]),
  ...casesOf('requests', [
    {
      when: 'a manifest’s container states none',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: once, image: "busybox:1.38.0"}]}}}\n',
      ),
      says: 'container once of Job once states no CPU and memory request',
    },
    {
      when: 'a patch takes one away',
      apps: { shop: app(jsonPatch('{op: remove, path: /spec/template/spec/containers/0/resources/requests/cpu}')) },
      says: 'no CPU request',
    },
    {
      when: 'apps, their sidecars and analyses have them',
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 1m], analysis: {job: {}}}\nsidecars: [{name: proxy, image: "envoy:1.2"}]\ninit: [{name: migrate, image: "migrate:1.2"}]`,
        ),
      },
    },
  ]),
  ...casesOf('minimum-fits', [
    {
      when: 'the minimum needs one more node',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: ▸2, max: 6'),
      apps: { shop: app('resources: {cpu: "1", memory: 64Mi}\nscale: {min: 3, max: 3}') },
      says: 'm6i.large in base',
    },
    { when: 'the minimum fits', apps: { shop: app() } },
  ]),
  ...casesOf('minimum-exceeds', [
    {
      when: 'no number of nodes carries the minimum',
      cluster: markedGroups(nodeGroups(small)),
      apps: { shop: app('resources: {cpu: "1", memory: 64Mi}\nscale: {min: 5, max: 5}') },
      says: 'of shop stay pending',
    },
    {
      when: 'it fits on more nodes',
      cluster: nodeGroups('base'),
      apps: { shop: app('resources: {cpu: "1", memory: 64Mi}\nscale: {min: 5, max: 5}') },
    },
  ]),
  ...casesOf('maximum-fits', [
    {
      when: 'the maximum of an app needs more nodes than the groups may have',
      cluster: markedGroups(nodeGroups(small)),
      apps: { shop: app('scale: {min: 2, max: 60}') },
      says: 'of shop stay pending',
    },
    { when: 'the groups may grow that far', apps: { shop: app('scale: {min: 2, max: 60}') } },
  ]),
  ...casesOf('overflow-toleration', [
    {
      when: 'a patch adds the toleration',
      apps: { shop: app(podPatch('{tolerations: [{key: node-lifecycle, operator: Exists}]}')) },
      says: 'capacity: overflow'.replace('capacity: ', ''),
    },
    { when: 'a patch tolerates everything', apps: { shop: app(podPatch('{tolerations: [{operator: Exists}]}')) } },
    {
      when: 'a patch tolerates something else',
      apps: { shop: app(quiet(podPatch('{tolerations: [{key: team, operator: Exists}]}'))) },
    },
    { when: 'the app prefers Spot', apps: { shop: app('capacity: prefer-spot') } },
  ]),
  ...casesOf('placement', [
    {
      when: 'a patch removes an overflow app’s preference',
      apps: { shop: app(podPatch('{affinity: null}')) },
      says: 'has gone',
    },
    {
      when: 'a patch removes an on-demand app’s requirement',
      apps: { shop: app(`capacity: on-demand\n${podPatch('{affinity: null}')}`) },
      says: 'may run on Spot',
    },
    {
      when: 'a patch removes a prefer-spot app’s toleration',
      apps: { shop: app(`capacity: ▸prefer-spot\n${quiet(podPatch('{tolerations: null}'))}`) },
      says: 'do not tolerate',
    },
    {
      when: 'a patch adds another affinity beside it',
      apps: { shop: app(quiet(podPatch('{affinity: {podAntiAffinity: {}}}'))) },
    },
    {
      when: 'a cron job is on-demand',
      apps: { shop: worker('kind: cronjob\nschedule: "0 3 * * *"\ncapacity: on-demand') },
    },
  ]),
  ...casesOf('overflow-spread', [
    { when: 'an overflow app must spread over nodes', apps: { shop: app('spread: {host: ▸DoNotSchedule}') } },
    {
      when: 'an overflow app must spread over zones that on-demand does not have',
      cluster: nodeGroups(
        'name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6, availabilityZones: [us-east-1a]',
        'name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2, availabilityZones: [us-east-1a, us-east-1b]',
      ),
      apps: { shop: app('spread: {zone: ▸DoNotSchedule}') },
      says: 'us-east-1b',
    },
    { when: 'on-demand has all zones', apps: { shop: app('spread: {zone: DoNotSchedule}') } },
    {
      when: 'an app that prefers Spot must spread over nodes',
      apps: { shop: app('capacity: prefer-spot\nspread: {host: DoNotSchedule}') },
    },
  ]),
  ...casesOf('node-for-pods', [
    {
      when: 'a patch asks for a label that no group has',
      apps: { shop: app(podPatch('{nodeSelector: {disk: nvme}}')) },
      says: 'no node group may run',
    },
    {
      when: 'a patch asks for an architecture that no group has',
      apps: { shop: app(podPatch('{nodeSelector: {kubernetes.io/arch: arm64}}')) },
    },
    {
      when: 'a group has the label',
      cluster: nodeGroups(
        'base',
        'name: fast, capacity: on-demand, instanceTypes: [m6i.large], min: 0, max: 2, labels: {disk: nvme}',
      ),
      apps: { shop: app(quiet(podPatch('{nodeSelector: {disk: nvme}}'))) },
    },
    {
      when: 'a patch asks for a zone',
      apps: { shop: app(quiet(podPatch('{nodeSelector: {topology.kubernetes.io/zone: us-east-1a}}'))) },
    },
  ]),
  ...casesOf('spot-group', [
    {
      when: 'an app prefers Spot where there is none',
      cluster: nodeGroups('base'),
      apps: { shop: app('capacity: ▸prefer-spot') },
    },
    { when: 'there is a Spot group', apps: { shop: app('capacity: prefer-spot') } },
  ]),
];
