import { existsSync, readFileSync } from 'node:fs';

/** One kind of request that a service account made, whatever its number and its time. */
export interface Request {
  /** `namespace/name` of the service account. */
  readonly serviceAccount: string;
  readonly verb: string;
  /** As in a rule: '' for the core group. */
  readonly group: string;
  /** With its subresource: `pods/eviction`. */
  readonly resource: string;
  /** '' for all namespaces or none. */
  readonly namespace: string;
  /** '' where the request names no object; a list by `metadata.name` names one, for RBAC as here. */
  readonly name: string;
  /** What RBAC said; a refusal by admission, a quota or a budget is none of its. */
  readonly allowed: boolean;
  /** The binding that allowed it, such as `ClusterRoleBinding/x` or `RoleBinding/namespace/x`; '' when none did. */
  readonly binding: string;
}

/** The fields of audit.k8s.io/v1 Event (staging/src/k8s.io/apiserver/pkg/apis/audit/v1/types.go at v1.35.4) that are read here. */
interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly subresource?: string;
  };
  readonly annotations?: Readonly<Record<string, string>>;
}

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;
/** RBAC's own words (plugin/pkg/auth/authorizer/rbac/rbac.go at v1.35.4); a RoleBinding is quoted as "name/namespace". */
const ALLOWED_BY = /allowed by (Cluster)?RoleBinding "([^"]+)"/;

/**
 * The requests for resources (discovery is none) that service accounts made, each kind once, as the audit logs have them.
 * @param files audit logs, one JSON event a line; one that does not exist has no lines, and a line without its end was cut off
 */
export function readRequests(files: readonly string[]): Request[] {
  const found = new Map<string, Request>();
  for (const file of files)
    for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []) {
      const request = requestOf(parse(file, line));
      if (request !== undefined) found.set(JSON.stringify(request), request);
    }
  return [...found.values()];
}

function parse(file: string, line: string): AuditEvent {
  try {
    return JSON.parse(line) as AuditEvent;
  } catch {
    throw new Error(`${file} has a line that is no JSON: ${line.slice(0, 200)}`);
  }
}

function requestOf({ verb, user, objectRef, annotations = {} }: AuditEvent): Request | undefined {
  const [, namespace, name] = SERVICE_ACCOUNT.exec(user.username) ?? [];
  if (namespace === undefined || name === undefined || objectRef?.resource === undefined) return undefined;
  const decision = annotations['authorization.k8s.io/decision'];
  // Requests that were not authorized at all (a wrong token, a full queue) say nothing of rights.
  if (decision === undefined) return undefined;
  return {
    serviceAccount: `${namespace}/${name}`,
    verb,
    group: objectRef.apiGroup ?? '',
    resource: objectRef.resource + (objectRef.subresource === undefined ? '' : `/${objectRef.subresource}`),
    namespace: objectRef.namespace ?? '',
    name: objectRef.name ?? '',
    allowed: decision === 'allow',
    binding: bindingOf(annotations['authorization.k8s.io/reason'] ?? ''),
  };
}

function bindingOf(reason: string): string {
  const [, cluster, name = ''] = ALLOWED_BY.exec(reason) ?? [];
  if (name === '') return '';
  return cluster === undefined ? `RoleBinding/${name.split('/').toReversed().join('/')}` : `ClusterRoleBinding/${name}`;
}
