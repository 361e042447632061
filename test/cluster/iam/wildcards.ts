import type { RenderedDocument } from './documents.js';

/**
 * The wildcards of a document, each once: `*` for a resource that is one, `account` for an ARN of any account, `<service>:<resource>`
 * for the rest of an ARN (`<cluster>` in place of the cluster’s name), `action <action>` for an action with one.
 */
export function wildcardsOf({ document, cluster }: RenderedDocument): string[] {
  const found = document.Statement.flatMap(({ Action, Resource }) => [
    ...Action.filter((action) => action.includes('*')).map((action) => `action ${action}`),
    ...Resource.flatMap((resource) => ofResource(resource, cluster)),
  ]);
  return [...new Set(found)];
}

function ofResource(resource: string, cluster: string): string[] {
  if (resource === '*') return ['*'];
  const [, partition = '', service = '', region = '', account = '', ...rest] = resource.split(':');
  const name = rest.join(':').replaceAll(`/${cluster}/`, '/<cluster>/');
  return [
    ...(partition.includes('*') ? ['partition'] : []),
    ...(region.includes('*') ? ['region'] : []),
    ...(account.includes('*') ? ['account'] : []),
    ...(name.includes('*') ? [`${service}:${name}`] : []),
  ];
}
