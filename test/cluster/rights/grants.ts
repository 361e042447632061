import type { Request } from './audit.js';

/** One verb on one resource that a rendered role gives. */
export interface Grant {
  /** The role that gives it: `ClusterRole/name` or `Role/namespace/name`. */
  readonly role: string;
  /** Those it is bound to, as `namespace/name`; none where people get it by aggregation. */
  readonly serviceAccounts: readonly string[];
  readonly verb: string;
  readonly group: string;
  /** With its subresource. */
  readonly resource: string;
  /** The one object that it is for, or undefined for all. */
  readonly name: string | undefined;
}

/** A rendered object, as far as rights go. */
export interface RenderedAccess {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly Rule[] | null;
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** A rendered binding: to whom it gives which role. */
export interface Binding {
  /** `ClusterRoleBinding/name` or `RoleBinding/namespace/name`. */
  readonly binding: string;
  readonly role: string;
  readonly serviceAccounts: readonly string[];
}

/**
 * Every rule of the Roles and ClusterRoles among the objects, as single verbs on single resources (and single objects where a rule
 * names some); what two clusters both have is there once. Throws for what this cannot judge and nothing of ours has a need
 * of: wildcards and URLs.
 */
export function grantsOf(objects: readonly RenderedAccess[]): Grant[] {
  const bindings = bindingsOf(objects);
  const grants = objects
    .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
    .flatMap((object) => {
      const role = idOf(object);
      const serviceAccounts = bindings.filter((it) => it.role === role).flatMap((it) => it.serviceAccounts);
      return (object.rules ?? []).flatMap((rule) =>
        expanded(role, rule).map((one) => ({ ...one, role, serviceAccounts })),
      );
    });
  return distinct(grants);
}

/** Every RoleBinding and ClusterRoleBinding among the objects, once. */
export function bindingsOf(objects: readonly RenderedAccess[]): Binding[] {
  const bindings = objects.flatMap((object) => {
    const { roleRef, subjects = [], metadata } = object;
    if (roleRef === undefined) return [];
    const namespace =
      roleRef.kind === 'Role' && metadata.namespace !== undefined ? { namespace: metadata.namespace } : {};
    return {
      binding: idOf(object),
      role: idOf({ kind: roleRef.kind, metadata: { name: roleRef.name, ...namespace } }),
      serviceAccounts: subjects
        .filter(({ kind }) => kind === 'ServiceAccount')
        .map((subject) => `${subject.namespace ?? ''}/${subject.name}`),
    };
  });
  return distinct(bindings);
}

/** Whether the grant alone would let the request through; that it is bound to the one who asks is part of it. */
export function covers(grant: Grant, request: Request): boolean {
  const [kind, namespace] = grant.role.split('/');
  return (
    grant.serviceAccounts.includes(request.serviceAccount) &&
    grant.verb === request.verb &&
    grant.group === request.group &&
    grant.resource === request.resource &&
    (kind !== 'Role' || namespace === request.namespace) &&
    (grant.name === undefined || grant.name === request.name)
  );
}

/** The grant or request in kubectl's words: `create pods/eviction`, `get leases.coordination.k8s.io the-lock`. */
export function inWords({ verb, group, resource, name }: Pick<Grant, 'verb' | 'group' | 'resource' | 'name'>): string {
  const [first = '', ...sub] = resource.split('/');
  const what = [group === '' ? first : `${first}.${group}`, ...sub].join('/');
  return [verb, what, ...(name === undefined || name === '' ? [] : [name])].join(' ');
}

function idOf({ kind, metadata }: Pick<RenderedAccess, 'kind' | 'metadata'>): string {
  return [kind, ...(metadata.namespace === undefined ? [] : [metadata.namespace]), metadata.name].join('/');
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function expanded(role: string, rule: Rule): Omit<Grant, 'role' | 'serviceAccounts'>[] {
  const { apiGroups = [], resources = [], resourceNames = [], verbs, nonResourceURLs = [] } = rule;
  if (nonResourceURLs.length > 0 || [...apiGroups, ...resources, ...verbs].includes('*'))
    throw new Error(`${role} has a rule with a wildcard or with URLs: ${JSON.stringify(rule)}`);
  const names = resourceNames.length === 0 ? [undefined] : resourceNames;
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) => verbs.flatMap((verb) => names.map((name) => ({ verb, group, resource, name })))),
  );
}
