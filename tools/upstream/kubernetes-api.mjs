import { kindKey } from './kubernetes-openapi.mjs';

/** A resource's own path, not a watch nor a subresource: /apis/apps/v1/namespaces/{namespace}/deployments/{name} */
const resourcePath =
  /^\/(?:api|apis\/[^/]+)\/(?<version>[^/]+)\/(?<scope>namespaces\/\{namespace\}\/)?[a-z]+(?:\/\{name\})?$/;

/**
 * GA versions only. Alpha APIs are off by default, and so is every beta API that came in 1.24 or later (KEP-3136);
 * the last of the older betas left in 1.32 (flowcontrol v1beta3). EKS turns none of them on.
 */
const servedVersion = /^v\d+$/;

/**
 * Which kinds a release serves, and whether an object of the kind lives in a namespace.
 *
 * @param {ReturnType<typeof import('./kubernetes-openapi.mjs').readOpenApi>} documents
 * @returns {{ namespaced: string[], cluster: string[] }}
 */
export function servedKinds(documents) {
  /** @type {Map<string, boolean>} */
  const isNamespaced = new Map();
  for (const [path, operations] of documents.flatMap((document) => Object.entries(document.paths ?? {}))) {
    const match = resourcePath.exec(path);
    if (!match?.groups || !servedVersion.test(match.groups.version ?? '')) continue;
    for (const operation of Object.values(operations)) {
      const gvk = operation?.['x-kubernetes-group-version-kind'];
      if (!gvk) continue;
      // A namespaced kind also has a list across namespaces, which looks like a path of a cluster-wide kind.
      const key = kindKey(gvk);
      isNamespaced.set(key, Boolean(isNamespaced.get(key)) || match.groups.scope !== undefined);
    }
  }
  const keys = [...isNamespaced.keys()].sort();
  return {
    namespaced: keys.filter((key) => isNamespaced.get(key)),
    cluster: keys.filter((key) => !isNamespaced.get(key)),
  };
}
