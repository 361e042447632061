import type { OwnedObject, Owner } from '../../model/kube-object.js';
import type { ClusterView } from './cluster-view.js';
import { dig, text } from './json.js';

/** The folder below dist/<cluster>/ that an owner's objects are in. */
function folderOf(owner: Owner): string {
  switch (owner.kind) {
    case 'bootstrap':
      return 'bootstrap';
    case 'argocd':
      return 'argocd';
    case 'apps-root':
      return 'argocd/apps';
    case 'platform':
      return `platform/${owner.component}`;
    case 'app':
      return `apps/${owner.app}`;
  }
}

/** Applications of a view by the path that they sync. */
const byPath = new WeakMap<ClusterView, Map<string | undefined, OwnedObject>>();

/** The Argo CD Application that syncs an owner's folder. */
export function applicationOf(view: ClusterView, owner: Owner): OwnedObject | undefined {
  let applications = byPath.get(view);
  if (applications === undefined) {
    applications = new Map(
      view.ofKind('Application').map((owned) => [text(dig(owned.object, 'spec', 'source', 'path')), owned]),
    );
    byPath.set(view, applications);
  }
  return applications.get(`${view.cluster.gitops.pathPrefix}dist/${view.cluster.name}/${folderOf(owner)}`);
}

/** The sync wave of an object: Argo CD's default is 0. */
export function waveOf({ object }: OwnedObject): number {
  return Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/**
 * Where an owner's objects stand in the order of a new cluster: the waves of its Application and of the roots above it, outermost
 * first. Undefined where no Application syncs it.
 */
export function placeInOrder(view: ClusterView, owner: Owner): readonly number[] | undefined {
  const application = applicationOf(view, owner);
  if (application === undefined) return undefined;
  const own = waveOf(application);
  // The root's own Application is in bootstrap, before everything.
  if (application.owner.kind === 'bootstrap') return [];
  const above = placeInOrder(view, application.owner);
  return above === undefined ? undefined : [...above, own];
}

/** Whether one place comes before another: in the first wave where they differ. */
export function comesBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [index, wave] of a.entries()) {
    const other = b[index];
    if (other === undefined) return false;
    if (wave !== other) return wave < other;
  }
  return false;
}
