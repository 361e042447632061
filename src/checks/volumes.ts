import type { OwnedObject } from '../model/kube-object.js';
import type { Check } from './check.js';
import { podCount } from './view/budgets.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, maps, text, texts } from './view/json.js';
import type { PodTemplate } from './view/pods.js';
import { didYouMean } from './view/words.js';

/** Access modes of a disk that one node (or pod) has at a time. */
const onePlace = new Set(['ReadWriteOnce', 'ReadWriteOncePod']);

interface ClaimUse {
  readonly template: PodTemplate;
  readonly claimName: string;
  /** Undefined where nothing renders it. */
  readonly claim?: OwnedObject;
  readonly field: string;
}

function* claimUses(view: ClusterView): Generator<ClaimUse> {
  for (const { app, template } of view.appTemplates()) {
    for (const volume of maps(template.spec['volumes'])) {
      const claimName = text(dig(volume, 'persistentVolumeClaim', 'claimName'));
      if (claimName === undefined) continue;
      const claim = view.find('PersistentVolumeClaim', template.namespace, claimName);
      const index = app.volumes.findIndex(({ name }) => name === volume['name']);
      yield { template, claimName, ...(claim && { claim }), field: index === -1 ? 'volumes' : `volumes.${index}` };
    }
  }
}

function modesOf(claim: OwnedObject | undefined): readonly string[] {
  return texts(dig(claim?.object, 'spec', 'accessModes'));
}

/** Disks. */
export const volumeChecks: readonly Check[] = [
  {
    id: 'claim-exists',
    title: 'volume claims that pods mount are rendered',
    why: 'A pod whose claim is not there stays pending.',
    severity: 'error',
    *run(view) {
      for (const { template, claimName, claim, field } of claimUses(view)) {
        if (claim !== undefined) continue;
        const there = view
          .inNamespace('PersistentVolumeClaim', template.namespace)
          .map(({ object }) => object.metadata.name);
        yield {
          message: `pods of ${view.nameOf(template.owned)} mount claim ${claimName}, which is not in namespace ${template.namespace}`,
          hint: didYouMean(
            claimName,
            there,
            'use volumes: [{name, path, claim: {size}}], or add the claim under manifests:',
          ),
          at: view.at(template.owned, field, `${template.pointer}/volumes`),
          app: view.appOf(template.owned)?.name ?? '',
        };
      }
    },
  },
  {
    id: 'claim-replicas',
    title: 'a disk for one node belongs to an app of one pod',
    why: 'An EBS volume is attached to one node: a second pod elsewhere never starts (Multi-Attach error).',
    severity: 'error',
    *run(view) {
      for (const { template, claimName, claim, field } of claimUses(view)) {
        const { max } = view.replicas(template.owned);
        const mode = modesOf(claim).find((candidate) => onePlace.has(candidate));
        if (mode === undefined || template.purpose !== 'workload' || max <= 1) continue;
        yield {
          message: `${view.nameOf(template.owned)} runs up to ${max} pods, but their disk ${claimName} is ${mode}: only one node can have it`,
          hint: 'set scale: {min: 1, max: 1}, or use a StatefulSet with volumeClaimTemplates under manifests:, or a shared file system (ReadWriteMany, EFS)',
          at: view.at(template.owned, field, '/spec/replicas'),
          app: view.appOf(template.owned)?.name ?? '',
        };
      }
    },
  },
  {
    id: 'claim-release',
    title: 'an app with a disk lets the old pod go before the new one comes',
    why: 'The new pod waits for the disk, and the release waits for the new pod before it takes the old one away: neither ever moves.',
    severity: 'error',
    *run(view) {
      for (const { template, claimName, claim } of claimUses(view)) {
        if (!modesOf(claim).some((mode) => onePlace.has(mode)) || template.purpose !== 'workload') continue;
        const { kind } = template.owned.object;
        const strategy = map(dig(template.owned.object, 'spec', 'strategy'));
        if (!['Deployment', 'Rollout'].includes(kind) || strategy['type'] === 'Recreate') continue;
        const limits = map(strategy['canary'] ?? strategy['rollingUpdate']);
        const { max } = view.replicas(template.owned);
        const surge = podCount(limits['maxSurge'] ?? '25%', max, 'up');
        if (surge === 0 && strategy['canary'] === undefined) continue;
        yield {
          message: `a release of ${view.nameOf(template.owned)} starts a second pod beside the first, but their disk ${claimName} can be on one node only`,
          hint:
            strategy['canary'] === undefined
              ? 'set release: {maxSurge: 0, maxUnavailable: 1}: the pod is away for some seconds, as it must be'
              : 'an app with a disk cannot have a canary: take release.canary out and set maxSurge: 0, maxUnavailable: 1',
          at: view.at(
            template.owned,
            strategy['canary'] === undefined ? 'release.maxSurge' : 'release.canary',
            '/spec/strategy',
          ),
          app: view.appOf(template.owned)?.name ?? '',
        };
      }
    },
  },
  {
    id: 'claim-storage-class',
    title: 'a claim’s StorageClass is rendered and can do its access mode',
    why: 'A claim of a class that is not there, or that asks EBS for a shared disk, is never bound.',
    severity: 'warning',
    *run(view) {
      const classes = new Map(
        view.ofKind('StorageClass').map(({ object }) => [object.metadata.name, text(object['provisioner'])]),
      );
      for (const claim of view.ofKind('PersistentVolumeClaim')) {
        const app = view.appOf(claim);
        const name = text(dig(claim.object, 'spec', 'storageClassName'));
        if (app === undefined || name === undefined) continue;
        const index = app.volumes.findIndex(
          (volume) => volume.kind === 'claim' && volume.claimName === claim.object.metadata.name,
        );
        const shared = modesOf(claim).filter((mode) => !onePlace.has(mode));
        if (!classes.has(name)) {
          yield {
            message: `claim ${claim.object.metadata.name} asks for StorageClass ${name}, which nothing here renders`,
            hint: didYouMean(name, classes.keys(), 'use gp3, or silence this with where the class comes from'),
            at: view.at(
              claim,
              index === -1 ? 'volumes' : `volumes.${index}.claim.storageClass`,
              '/spec/storageClassName',
            ),
            app: app.name,
          };
        } else if (classes.get(name) === 'ebs.csi.aws.com' && shared.length > 0) {
          yield {
            message: `claim ${claim.object.metadata.name} is ${shared.join(', ')}, which EBS (StorageClass ${name}) cannot do`,
            hint: 'use ReadWriteOnce with one pod, or a StorageClass of EFS',
            at: view.at(claim, index === -1 ? 'volumes' : `volumes.${index}.claim.accessMode`, '/spec/accessModes'),
            app: app.name,
          };
        }
      }
    },
  },
];
