import { isReservedApplicationName } from '../../model/application-names.js';
import type { OwnedObject } from '../../model/kube-object.js';
import { reservedNamespaces } from '../../model/namespaces.js';
import type { ResolvedApp } from '../../model/resolved.js';
import type { CheckInput } from '../input.js';

/** Whether an app has a name or a namespace that is not to be had: an error of its own, from which many others would follow. */
export function isMisnamed({ name, namespace }: Pick<ResolvedApp, 'name' | 'namespace'>): boolean {
  return isReservedApplicationName(name) || (reservedNamespaces as readonly string[]).includes(namespace);
}

/** The same cluster without misnamed apps, their objects and their Applications. */
export function withoutMisnamed<Input extends CheckInput>(input: Input): Input {
  const misnamed = new Set(input.cluster.apps.filter(isMisnamed).map(({ name }) => name));
  if (misnamed.size === 0) return input;
  const apps = input.cluster.apps.filter(({ name }) => !misnamed.has(name));
  const isOf = ({ owner, object }: OwnedObject): boolean =>
    owner.kind === 'app'
      ? misnamed.has(owner.app)
      : owner.kind === 'apps-root' && object.kind === 'Application' && misnamed.has(object.metadata.name);
  return { ...input, cluster: { ...input.cluster, apps }, objects: input.objects.filter((owned) => !isOf(owned)) };
}
