import { app, casesOf, jsonPatch, manifest, patch, podPatch, quiet, withManifest, worker } from './case.js';

const tick = (schedule: string) =>
  `name: tick\nkind: cronjob\nimage: ghcr.io/acme/tick:1.0.0\nschedule: ${schedule}\nclusters: {prod: {}}\n`;

const job = (container: string, rest = '') =>
  `▸apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, containers: [${container}]${rest}}}}\n`;

export const podsCases = [
  ...casesOf('limit-below-request', [
    {
      when: 'the memory limit is below the request',
      apps: { shop: app('resources: {memory: 1Gi, memoryLimit: ▸512Mi}') },
      says: 'requests 1Gi memory, but may use only 512Mi',
    },
    { when: 'the CPU limit is', apps: { shop: app('resources: {cpu: 1, cpuLimit: ▸500m}') } },
    {
      when: 'that of a sidecar is',
      apps: {
        shop: app('sidecars: [{name: proxy, image: "proxy:1.0.0", resources: {memory: 128Mi, memoryLimit: ▸64Mi}}]'),
      },
      says: 'container proxy',
    },
    {
      when: 'a patch raises the request',
      apps: {
        shop: app(
          jsonPatch('{op: replace, path: /spec/template/spec/containers/0/resources/requests/memory, value: 64Gi}'),
        ),
      },
    },
    {
      when: 'a manifest’s Job is so',
      apps: { shop: withManifest() },
      manifests: manifest(
        job('{name: once, image: "busybox:1.38.0", resources: {requests: {cpu: 1}, limits: {cpu: 999m}}}'),
      ),
    },
    {
      when: 'limits are the requests, in other units',
      apps: { shop: app('resources: {cpu: 1, cpuLimit: 1000m, memory: 1Gi, memoryLimit: 1024Mi}') },
    },
  ]),
  ...casesOf('container-name-unique', [
    {
      when: 'a sidecar is named like the app',
      apps: { shop: app('sidecars: [{name: ▸shop, image: "proxy:1.0.0"}]') },
      says: 'the app’s own container',
    },
    {
      when: 'two init containers have one name',
      apps: { shop: app('init: [{name: wait, image: "a:1.0.0"}, {name: ▸wait, image: "b:1.0.0"}]') },
      says: 'two containers named wait',
    },
    {
      when: 'a patch adds one',
      apps: {
        shop: app(
          jsonPatch('{op: add, path: /spec/template/spec/containers/-, value: {name: shop, image: "x:1.0.0"}}'),
        ),
      },
    },
    {
      when: 'all differ',
      apps: {
        shop: app('init: [{name: wait, image: "a:1.0.0"}]\nsidecars: [{name: proxy, image: "proxy:1.0.0"}]'),
      },
    },
  ]),
  ...casesOf('volume-name-unique', [
    {
      when: 'a spec names two alike',
      apps: {
        shop: app('volumes: [{name: tmp, path: /a, emptyDir: {}}, {name: ▸tmp, path: /b, emptyDir: {}}]'),
      },
      says: 'two volumes named tmp',
    },
    {
      when: 'a patch names two alike',
      apps: { shop: app(podPatch('{volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]}')) },
    },
    {
      when: 'names differ',
      apps: { shop: app('volumes: [{name: a, path: /a, emptyDir: {}}, {name: b, path: /b, emptyDir: {}}]') },
    },
  ]),
  ...casesOf('mount-path-unique', [
    {
      when: 'two volumes are at one path',
      apps: {
        shop: app('volumes: [{name: a, path: /data, emptyDir: {}}, {name: b, path: ▸/data, emptyDir: {}}]'),
      },
      says: 'at /data',
    },
    {
      when: 'a file is where a volume is',
      apps: { shop: app('files: {/etc/shop: x}\nvolumes: [{name: b, path: ▸/etc/shop, emptyDir: {}}]') },
    },
    {
      when: 'a sidecar mounts twice',
      apps: {
        shop: app(
          'volumes: [{name: a, path: /a, emptyDir: {}}, {name: b, path: /b, emptyDir: {}}]\nsidecars: [{name: proxy, image: "proxy:1.0.0", mounts: [{volume: a, path: /x}, {volume: b, path: ▸/x}]}]',
        ),
      },
      says: 'container proxy mounts volumes a and b',
    },
    {
      when: 'two containers use the same path',
      apps: {
        shop: app(
          'volumes: [{name: a, path: /a, emptyDir: {}}]\nsidecars: [{name: proxy, image: "proxy:1.0.0", mounts: [{volume: a, path: /a}]}]',
        ),
      },
    },
  ]),
  ...casesOf('probe-valid', [
    {
      when: 'a patch lets a liveness probe ask for two successes',
      apps: {
        shop: app(
          `health: /healthz\n${jsonPatch('{op: add, path: /spec/template/spec/containers/0/livenessProbe/successThreshold, value: 2}')}`,
        ),
      },
      says: 'successThreshold 2',
    },
    {
      when: 'a patch adds a second question',
      apps: {
        shop: app(
          jsonPatch('{op: add, path: /spec/template/spec/containers/0/readinessProbe/tcpSocket, value: {port: http}}'),
        ),
      },
      says: 'asks in 2 ways at once: httpGet and tcpSocket',
    },
    {
      when: 'a patch takes the question away',
      apps: { shop: app(jsonPatch('{op: remove, path: /spec/template/spec/containers/0/readinessProbe/httpGet}')) },
      says: 'asks nothing',
    },
    {
      when: 'an init container has a probe',
      apps: { shop: withManifest() },
      manifests: manifest(
        job(
          '{name: once, image: "busybox:1.38.0"}',
          ', initContainers: [{name: wait, image: "busybox:1.38.0", readinessProbe: {exec: {command: [ls]}}}]',
        ),
      ),
      says: 'a probe of an init container',
    },
    {
      when: 'numbers are below zero',
      apps: { shop: withManifest() },
      manifests: manifest(
        job(
          '{name: once, image: "busybox:1.38.0", livenessProbe: {exec: {command: [ls]}, periodSeconds: -1, terminationGracePeriodSeconds: 0}}',
        ),
      ),
      says: 'periodSeconds -1',
    },
    {
      when: 'readiness asks for several successes',
      apps: {
        shop: app('health: {readiness: {http: /readyz, successThreshold: 3}, liveness: /healthz, startup: /started}'),
      },
    },
  ]),
  ...casesOf('time-zone', [
    {
      when: 'a city is misspelt',
      apps: { tick: tick('{cron: "0 3 * * *", timeZone: ▸Europe/Berln}') },
      says: 'did you mean Europe/Berlin?',
    },
    {
      when: 'letters are small',
      apps: { tick: tick('{cron: "0 3 * * *", timeZone: ▸europe/berlin}') },
      says: 'did you mean Europe/Berlin?',
    },
    {
      when: 'a patch names none',
      apps: { tick: `${tick('"0 3 * * *"')}${patch('{spec: {timeZone: Local}}', 'CronJob')}` },
    },
    {
      when: 'it is an old name',
      apps: { tick: tick('{cron: "0 3 * * *", timeZone: US/Pacific}') },
    },
    { when: 'it is left out', apps: { tick: tick('"0 3 * * *"'), shop: worker(quiet('')) } },
  ]),
];
