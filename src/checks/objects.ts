import { kindScope, servedKinds } from '../facts/kubernetes-api.js';
import type { OwnedObject } from '../model/kube-object.js';
import { reservedNamespaces } from '../model/namespaces.js';
import { groupKindOf } from '../model/project-kinds.js';
import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { externalKinds } from './view/external-kinds.js';
import { dig, text } from './view/json.js';
import { didYouMean } from './view/words.js';

function key({ object }: OwnedObject): string {
  const { group, kind } = groupKindOf(object);
  return JSON.stringify([group, kind, object.metadata.namespace ?? '', object.metadata.name]);
}

function ownerText({ owner }: OwnedObject): string {
  if (owner.kind === 'app') return `app ${owner.app}`;
  return owner.kind === 'platform' ? `the platform’s ${owner.component}` : 'Argo CD';
}

/** Kinds that apply to a file, not to the cluster. */
const notForTheApi = new Set(['kustomize.config.k8s.io/v1beta1/Kustomization']);

/** API groups of Kubernetes itself: without a dot, or below k8s.io. */
function isBuiltIn(apiVersion: string): boolean {
  const { group } = groupKindOf({ apiVersion, kind: '' });
  return !group.includes('.') || /(^|\.)k8s\.io$/.test(group);
}

/** `group/kind` of every CustomResourceDefinition that is rendered. */
function renderedCrds(view: ClusterView): Set<string> {
  return new Set(
    view
      .ofKind('CustomResourceDefinition')
      .map(
        ({ object }) =>
          `${text(dig(object, 'spec', 'group')) ?? ''}/${text(dig(object, 'spec', 'names', 'kind')) ?? ''}`,
      ),
  );
}

/** What each object is, and where it may be. */
export const objectChecks: readonly Check[] = [
  {
    id: 'duplicate-object',
    title: 'each object is rendered once',
    why: 'Two Applications that hold the same object undo each other’s changes for ever.',
    severity: 'error',
    essential: true,
    *run(view) {
      const first = new Map<string, OwnedObject>();
      for (const owned of view.objects) {
        const earlier = first.get(key(owned));
        if (earlier === undefined) {
          first.set(key(owned), owned);
          continue;
        }
        yield {
          message: `${owned.object.kind} ${owned.object.metadata.name} is rendered by ${ownerText(earlier)} and by ${ownerText(owned)}`,
          hint: view.isRaw(owned) ? 'take it out of the manifests, or rename it' : 'rename one of the apps',
          at: view.at(owned, 'name'),
        };
      }
    },
  },
  {
    id: 'namespace-exists',
    title: 'the namespace of every object is rendered, or is Kubernetes’ own',
    why: 'Argo CD cannot apply an object into a namespace that is not there.',
    severity: 'error',
    *run(view) {
      const rendered = new Set(view.ofKind('Namespace').map(({ object }) => object.metadata.name));
      const known = new Set<string>([...rendered, ...reservedNamespaces]);
      for (const owned of view.objects) {
        const { namespace } = owned.object.metadata;
        if (namespace === undefined || known.has(namespace)) continue;
        yield {
          message: `${view.nameOf(owned)} is in namespace ${namespace}, which nothing renders`,
          hint: didYouMean(
            namespace,
            rendered,
            'use the namespace of the app, or add it under namespaces: in the cluster spec',
          ),
          at: view.at(owned, 'namespace', '/metadata/namespace'),
          ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'own-namespace',
    title: 'an app’s objects are in its own namespace',
    why: 'Its AppProject allows no other: the sync is refused as a whole.',
    severity: 'error',
    *run(view) {
      for (const owned of view.objects) {
        const app = view.appOf(owned);
        const { namespace } = owned.object.metadata;
        if (app === undefined || namespace === undefined || namespace === app.namespace) continue;
        yield {
          message: `${view.nameOf(owned)} of ${app.name} is in namespace ${namespace} instead of ${app.namespace}`,
          hint: `take metadata.namespace out: it becomes ${app.namespace}`,
          at: view.at(owned, 'namespace', '/metadata/namespace'),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'cluster-scoped-object',
    title: 'apps hold no cluster-scoped objects',
    why: 'Their AppProject allows none: the sync is refused as a whole, the good objects with it.',
    severity: 'error',
    *run(view) {
      for (const owned of view.objects) {
        const app = view.appOf(owned);
        const { apiVersion, kind } = owned.object;
        if (app === undefined || kindScope(view.cluster.kubernetesVersion, `${apiVersion}/${kind}`) !== 'Cluster')
          continue;
        yield {
          message: `${kind} ${owned.object.metadata.name} is cluster-scoped: an app may hold objects of its namespace only`,
          hint:
            kind === 'Namespace'
              ? 'take it out: namespaces of apps are rendered; their settings are under namespaces: in the cluster spec'
              : 'what the whole cluster shares belongs to whoever runs the cluster, not to an app',
          at: view.at(owned, 'manifests'),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'api-version',
    title: 'the cluster’s Kubernetes version serves the apiVersion of every object',
    why: 'Argo CD cannot apply an object of an API that is not, or no longer, there.',
    severity: 'error',
    *run(view) {
      const version = view.cluster.kubernetesVersion;
      for (const owned of view.objects) {
        const { apiVersion, kind } = owned.object;
        const id = `${apiVersion}/${kind}`;
        if (!isBuiltIn(apiVersion) || notForTheApi.has(id) || kindScope(version, id) !== undefined) continue;
        if (externalKinds(view).has(`${groupKindOf(owned.object).group}/${kind}`)) continue;
        const served = servedKinds(version).filter((candidate) => candidate.endsWith(`/${kind}`));
        yield {
          message: `Kubernetes ${version} does not serve ${kind} as ${apiVersion}`,
          hint:
            served[0] === undefined
              ? didYouMean(id, servedKinds(version), 'see kubectl api-resources')
              : `use ${served.map((candidate) => candidate.slice(0, -kind.length - 1)).join(' or ')}`,
          at: view.at(owned, 'manifests', '/apiVersion'),
          ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'custom-resource',
    title: 'something here installs the kind of every custom resource',
    why: 'Without its CustomResourceDefinition the object cannot be applied, and the app’s sync fails until it can.',
    severity: 'warning',
    *run(view) {
      const installed = new Set([...renderedCrds(view), ...externalKinds(view)]);
      for (const owned of view.objects) {
        const { apiVersion, kind } = owned.object;
        const { group } = groupKindOf(owned.object);
        if (isBuiltIn(apiVersion) || notForTheApi.has(`${apiVersion}/${kind}`) || installed.has(`${group}/${kind}`))
          continue;
        yield {
          message: `nothing here installs the kind ${kind} of ${group}`,
          hint: 'if something else does, silence this with its name, and annotate the object argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true',
          at: view.at(owned, 'manifests', '/apiVersion'),
          ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
        };
      }
    },
  },
];
