import { isTimeZone, timeZones } from '../facts/time-zones.js';
import type { Check } from './check.js';
import { dig, map, maps, text, valueText } from './view/json.js';
import { mountField, nameField, volumeField } from './view/pod-fields.js';
import { probeFields, probeProblems } from './view/probes.js';
import { quantity } from './view/quantity.js';
import { didYouMean } from './view/words.js';

/** Where the spec says the limit of a resource. */
const limitFields: Readonly<Record<string, string>> = {
  cpu: 'resources.cpuLimit',
  memory: 'resources.memoryLimit',
  'ephemeral-storage': 'resources.ephemeralStorage',
};

/** Items whose key another item had before them. */
function repeated<Item>(items: readonly Item[], key: (item: Item) => string): { item: Item; index: number }[] {
  return items.flatMap((item, index) =>
    items.slice(0, index).some((earlier) => key(earlier) === key(item)) ? [{ item, index }] : [],
  );
}

/** What the API server refuses in a pod (k8s.io/kubernetes 1.35, pkg/apis/core/validation), patches and manifests included. */
export const podValidChecks: readonly Check[] = [
  {
    id: 'limit-below-request',
    title: 'a container may use what it requests',
    why: 'The API server refuses a limit below the request: the sync fails, and the old version stays.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          const limits = map(dig(container.spec, 'resources', 'limits'));
          for (const [resource, request] of Object.entries(map(dig(container.spec, 'resources', 'requests')))) {
            const [wanted, limit] = [quantity(request), quantity(limits[resource])];
            if (wanted === undefined || limit === undefined || limit >= wanted) continue;
            yield {
              message: `container ${container.name} requests ${valueText(request)} ${resource}, but may use only ${valueText(limits[resource])}`,
              hint: `raise the limit to ${valueText(request)} or more, or lower the request`,
              at: view.atContainer(template, container, limitFields[resource] ?? 'resources', 'resources'),
              app: app.name,
            };
          }
        }
      }
    },
  },
  {
    id: 'container-name-unique',
    title: 'containers of a pod have different names',
    why: 'The API server refuses two of one name, init containers and sidecars counted in: the app’s own container has the app’s name.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const { item } of repeated(template.containers, ({ name }) => name)) {
          yield {
            message: `${view.nameOf(template.owned)} has two containers named ${item.name}`,
            hint:
              item.name === app.container.name
                ? `${item.name} is the name of the app’s own container: give the other one another`
                : 'give one of them another name',
            at: view.at(template.owned, nameField(app, item.name), `${item.pointer}/name`),
            app: app.name,
          };
        }
      }
    },
  },
  {
    id: 'volume-name-unique',
    title: 'volumes of a pod have different names',
    why: 'The API server refuses two of one name.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const { item, index } of repeated(maps(template.spec['volumes']), ({ name }) => text(name) ?? '')) {
          const name = text(item['name']) ?? '';
          yield {
            message: `${view.nameOf(template.owned)} has two volumes named ${name}`,
            hint:
              name === app.files?.volumeName
                ? `${name} is the volume of files: give the other one another name`
                : 'give one of them another name',
            at: view.at(template.owned, volumeField(app, name), `${template.pointer}/volumes/${index}`),
            app: app.name,
          };
        }
      }
    },
  },
  {
    id: 'mount-path-unique',
    title: 'a container mounts one volume at a path',
    why: 'The API server refuses two mounts at the same path.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          const mounts = maps(container.spec['volumeMounts']);
          for (const { item, index } of repeated(mounts, ({ mountPath }) => text(mountPath) ?? '')) {
            const path = text(item['mountPath']) ?? '';
            const [first] = mounts.filter(({ mountPath }) => mountPath === path);
            yield {
              message: `container ${container.name} mounts volumes ${valueText(first?.['name'])} and ${valueText(item['name'])} at ${path}`,
              hint: 'give one of them another path',
              at: view.at(
                template.owned,
                mountField(app, container.name, path),
                `${container.pointer}/volumeMounts/${index}`,
              ),
              app: app.name,
            };
          }
        }
      }
    },
  },
  {
    id: 'probe-valid',
    title: 'probes have the numbers and the one question that Kubernetes takes',
    why: 'The API server refuses the workload: a pod is alive, or started, with its first success.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          const isMain = container.name === app.container.name;
          for (const { kind, field, sidecarField } of probeFields) {
            for (const { problem, hint, part } of probeProblems(container, kind)) {
              yield {
                message: `${kind} of container ${container.name} ${problem}`,
                hint,
                at: view.atContainer(
                  template,
                  container,
                  `${isMain ? field : sidecarField}${part === undefined ? '' : `.${part}`}`,
                  `${kind}${part === undefined ? '' : `/${part}`}`,
                ),
                app: app.name,
              };
            }
          }
        }
      }
    },
  },
  {
    id: 'time-zone',
    title: 'a schedule is in a time zone that there is',
    why: 'The API server refuses a CronJob whose time zone is not in the IANA database, letter by letter.',
    severity: 'error',
    *run(view) {
      for (const owned of view.ofKind('CronJob')) {
        const app = view.appOf(owned);
        const zone = text(dig(owned.object, 'spec', 'timeZone'));
        if (app === undefined || zone === undefined || isTimeZone(zone)) continue;
        const sameLetters = timeZones.find((candidate) => candidate.toLowerCase() === zone.toLowerCase());
        yield {
          message: `there is no time zone ${zone}`,
          hint:
            sameLetters === undefined
              ? didYouMean(zone, timeZones, 'use a name such as Europe/Berlin or Etc/UTC')
              : `did you mean ${sameLetters}?`,
          at: view.at(owned, 'schedule.timeZone', '/spec/timeZone'),
          app: app.name,
        };
      }
    },
  },
];
