import type { KubeObject, OwnedObject } from '../model/kube-object.js';
import { isReservedApplicationName } from '../model/application-names.js';
import { groupKindOf } from '../model/project-kinds.js';
import type { Check, Finding } from './check.js';
import { applicationOf, comesBefore, placeInOrder, waveOf } from './view/applications.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, list, map, maps, text, texts } from './view/json.js';
import { enumeration } from './view/words.js';

const syncOptions = 'argocd.argoproj.io/sync-options';

function appField(owned: OwnedObject): Pick<Finding, 'app'> {
  return owned.owner.kind === 'app' ? { app: owned.owner.app } : {};
}

/** Argo CD's hooks run outside the waves of a sync: after it, or before. */
function isLateHook(object: KubeObject): boolean {
  return /\b(PostSync|SyncFail)\b/.test(object.metadata.annotations?.['argocd.argoproj.io/hook'] ?? '');
}

/** How Argo CD gets it all into the cluster. */
export const gitopsChecks: readonly Check[] = [
  {
    id: 'application-name',
    title: 'no app is named as an Application of the platform',
    why: 'Its Application would replace the platform’s, and with it everything that one delivers.',
    severity: 'error',
    essential: true,
    *run({ cluster }) {
      for (const { name, provenance } of cluster.apps) {
        if (!isReservedApplicationName(name)) continue;
        yield {
          message: `${name} is the name of one of the platform’s own Argo CD Applications`,
          hint: 'give the app another name',
          at: provenance.at('name'),
        };
      }
    },
  },
  {
    id: 'crd-order',
    title: 'the kind of a custom resource is installed before the resource',
    why: 'On a new cluster Argo CD tries to apply an object whose kind is not there yet, and the sync fails.',
    severity: 'error',
    *run(view) {
      const crds = new Map(
        view
          .ofKind('CustomResourceDefinition')
          .map((crd) => [
            `${text(dig(crd.object, 'spec', 'group')) ?? ''}/${text(dig(crd.object, 'spec', 'names', 'kind')) ?? ''}`,
            crd,
          ]),
      );
      const told = new Set<string>();
      for (const owned of view.objects) {
        const { group, kind } = groupKindOf(owned.object);
        const crd = crds.get(`${group}/${kind}`);
        // Within one sync Argo CD itself puts definitions first.
        if (crd === undefined || view.besides(crd).includes(owned)) continue;
        const [before, after] = [placeInOrder(view, crd.owner), placeInOrder(view, owned.owner)];
        if (before !== undefined && after !== undefined && comesBefore(before, after)) continue;
        const pair = JSON.stringify([crd.owner, owned.owner]);
        if (told.has(pair)) continue;
        told.add(pair);
        yield {
          message: `${view.nameOf(owned)} may be applied before the definition of ${kind}, ${crd.object.metadata.name}`,
          hint: 'the Application of the definition must be in an earlier wave',
          at: view.at(owned, 'name'),
          ...appField(owned),
        };
      }
    },
  },
  {
    id: 'rollout-last-wave',
    title: 'nothing of an app comes after its Rollout',
    why: 'A Rollout that pauses holds the sync: what is in a later wave or a PostSync hook waits for the promotion, and new commits are not seen meanwhile.',
    severity: 'error',
    *run(view) {
      for (const rollout of view.ofKind('Rollout')) {
        for (const owned of view.besides(rollout)) {
          const late = isLateHook(owned.object)
            ? 'is a PostSync hook'
            : waveOf(owned) > waveOf(rollout)
              ? `is in wave ${waveOf(owned)}`
              : undefined;
          if (late === undefined) continue;
          yield {
            message: `${view.nameOf(owned)} ${late}, after Rollout ${rollout.object.metadata.name}: a paused release would hold it and every new commit`,
            hint: 'take the annotation out, or give the Rollout the highest wave',
            at: view.at(owned, 'name', '/metadata/annotations'),
            ...appField(owned),
          };
        }
      }
    },
  },
  {
    id: 'rollout-service-apply',
    title: 'Services of a Rollout are never server-side applied',
    why: 'A server-side apply replaces the whole selector, and with it the pod hash that the Rollouts controller put there: the Service sends to both versions.',
    severity: 'error',
    *run(view) {
      for (const rollout of view.ofKind('Rollout')) {
        const application = applicationOf(view, rollout.owner);
        const byApplication = texts(dig(application?.object, 'spec', 'syncPolicy', 'syncOptions')).includes(
          'ServerSideApply=true',
        );
        for (const service of view.besides(rollout).filter(({ object }) => object.kind === 'Service')) {
          if (!byApplication && !/ServerSideApply=true/.test(service.object.metadata.annotations?.[syncOptions] ?? ''))
            continue;
          yield {
            message: `${view.nameOf(service)} is server-side applied, which takes the Rollout’s pod hash out of its selector`,
            hint: 'take ServerSideApply=true out',
            at: view.at(service, 'name', '/metadata/annotations'),
            ...appField(service),
          };
        }
      }
    },
  },
  {
    id: 'ignore-differences',
    title: 'Applications of apps ignore no differences',
    why: 'With replicas out of Git nothing needs to be ignored; RespectIgnoreDifferences copies live fields into what is applied, and taking it away later drops an app to one pod.',
    severity: 'error',
    *run(view) {
      for (const application of view.ofKind('Application').filter(({ owner }) => owner.kind === 'apps-root')) {
        const { object } = application;
        const ignored = list(dig(object, 'spec', 'ignoreDifferences')).length > 0;
        const respected = texts(dig(object, 'spec', 'syncPolicy', 'syncOptions')).includes(
          'RespectIgnoreDifferences=true',
        );
        if (!ignored && !respected) continue;
        yield {
          message: `Application ${object.metadata.name} has ${ignored ? 'ignoreDifferences' : 'RespectIgnoreDifferences'}`,
          hint: 'take it out: the autoscaler’s replicas are not in Git',
          at: view.cluster.provenance.at('gitops'),
        };
      }
    },
  },
  {
    id: 'app-project',
    title: 'every AppProject allows what its Applications hold, and no cluster-scoped kind more',
    why: 'What a project does not allow fails the whole sync; what it allows beyond need is what a stolen Git token may do.',
    severity: 'error',
    *run(view) {
      const used = new Map<string, Set<string>>();
      for (const owned of view.objects) {
        const application = applicationOf(view, owned.owner);
        // What is applied by hand, or lies in a file for kustomize, passes no project.
        if (application === undefined || owned.object.kind === 'Kustomization') continue;
        const name = text(dig(application.object, 'spec', 'project')) ?? 'default';
        const project = view.find('AppProject', 'argocd', name);
        const refusal =
          project === undefined
            ? `there is no AppProject ${name}`
            : refusalOf(view, project.object, owned.object, application.object);
        const held = used.get(name) ?? new Set();
        used.set(name, held.add(kindKey(owned.object)));
        if (refusal === undefined) continue;
        yield {
          message: `Argo CD would refuse ${view.nameOf(owned)}: ${refusal}`,
          hint: 'an app may hold objects of its own namespace only; see the checks own-namespace and cluster-scoped-object',
          at: view.at(owned, 'name'),
          ...appField(owned),
        };
      }
      for (const { object } of view.ofKind('AppProject')) {
        // Argo CD's own release and the load balancer's chart hold kinds that are not rendered here.
        if (object.metadata.name === 'argocd' || object.metadata.name === 'platform') continue;
        const spare = maps(dig(object, 'spec', 'clusterResourceWhitelist'))
          .map(({ group, kind }) => `${text(group) ?? ''}/${text(kind) ?? ''}`)
          .filter((key) => used.get(object.metadata.name)?.has(key) !== true);
        if (spare.length === 0) continue;
        yield {
          message: `AppProject ${object.metadata.name} allows ${enumeration(spare)}, which none of its Applications holds`,
          at: view.cluster.provenance.at('gitops'),
        };
      }
    },
  },
];

function kindKey(object: KubeObject): string {
  const { group, kind } = groupKindOf(object);
  return `${group}/${kind}`;
}

/** Whether a glob of an AppProject (`*` only, as rendered) matches. */
function matches(pattern: unknown, value: string): boolean {
  return pattern === '*' || pattern === value;
}

function lists(entries: unknown, object: KubeObject): boolean {
  const { group, kind } = groupKindOf(object);
  return maps(entries).some((entry) => matches(entry['group'], group) && matches(entry['kind'], kind));
}

/** Why a project keeps Argo CD from applying an object; undefined where it does not. */
function refusalOf(
  view: ClusterView,
  project: KubeObject,
  object: KubeObject,
  application: KubeObject,
): string | undefined {
  const spec = map(project['spec']);
  const { namespace } = object.metadata;
  const repository = text(dig(application, 'spec', 'source', 'repoURL')) ?? '';
  const name = project.metadata.name;
  if (!list(spec['sourceRepos']).some((pattern) => matches(pattern, repository)))
    return `AppProject ${name} does not allow repository ${repository}`;
  if (namespace === undefined)
    return lists(spec['clusterResourceWhitelist'], object)
      ? undefined
      : `AppProject ${name} does not allow the cluster-scoped kind ${object.kind}`;
  if (!maps(spec['destinations']).some((destination) => matches(destination['namespace'], namespace)))
    return `AppProject ${name} does not allow namespace ${namespace}`;
  if (lists(spec['namespaceResourceBlacklist'], object)) return `AppProject ${name} forbids ${object.kind}`;
  const whitelist = spec['namespaceResourceWhitelist'];
  return whitelist === undefined || lists(whitelist, object)
    ? undefined
    : `AppProject ${name} does not allow ${object.kind}`;
}
