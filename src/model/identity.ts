import { createHash } from 'node:crypto';
import type { AppSpec } from '../spec/schema/app.js';
import { iamRoleArn } from './controller-roles.js';
import type { Fields } from './fields.js';
import type { ResolvedAws, ResolvedCluster } from './resolved.js';

/** IAM's limit on a role's name. */
const roleNameMaxLength = 64;

/** `<cluster>-<namespace>-<app>`, the app named once where it is its own namespace; shortened by a hash where IAM would refuse it. */
function roleName(cluster: string, namespace: string, app: string): string {
  const full = namespace === app ? `${cluster}-${app}` : `${cluster}-${namespace}-${app}`;
  if (full.length <= roleNameMaxLength) return full;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${full.slice(0, roleNameMaxLength - 9)}-${hash}`;
}

/** The app's AWS identity, under the same name on both sides: eksctl makes the role, the ServiceAccount wears it. */
export function resolveAws(
  fields: Fields,
  spec: AppSpec,
  namespace: string,
  cluster: Pick<ResolvedCluster, 'name' | 'region' | 'accountId' | 'identity'>,
): ResolvedAws | undefined {
  if (spec.aws === undefined) return undefined;
  const policies = fields.value('aws.policies', spec.aws.policies);
  const statements = fields.value('aws.statements', spec.aws.statements);
  // A role without a permission is none: eksctl refuses it, and a ServiceAccount must not name what is not there.
  if (policies.length + statements.length === 0) return undefined;
  const name = roleName(cluster.name, namespace, spec.name);
  return {
    policies,
    statements: statements.map(({ actions, resources, conditions }) => ({
      actions,
      resources,
      ...(conditions === undefined ? {} : { conditions }),
    })),
    roleName: name,
    ...(cluster.identity === 'irsa' && cluster.accountId !== undefined
      ? { roleArn: iamRoleArn({ region: cluster.region, accountId: cluster.accountId, roleName: name }) }
      : {}),
  };
}
