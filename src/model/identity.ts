import { createHash } from 'node:crypto';
import type { AppSpec } from '../spec/schema/app.js';
import { iamRoleArn } from './controller-roles.js';
import type { Fields } from './fields.js';
import type { ResolvedAws, ResolvedCluster } from './resolved.js';

/** IAM's limit on a role's name. */
const roleNameMaxLength = 64;

/** Hexadecimal digits of the hash that ends the name of an app's role. */
const hashLength = 8;

/**
 * `<cluster>-<namespace>-<app>-<hash>`, the app named once where it is its own namespace, cut where IAM would refuse it. The hash of the
 * three tells apart what hyphens do not (app `orders` in `shop`, app `shop-orders`), and no controller's role ends like it.
 */
function roleName(cluster: string, namespace: string, app: string): string {
  const readable = namespace === app ? `${cluster}-${app}` : `${cluster}-${namespace}-${app}`;
  const hash = createHash('sha256')
    .update(JSON.stringify([cluster, namespace, app]))
    .digest('hex');
  return `${readable.slice(0, roleNameMaxLength - hashLength - 1)}-${hash.slice(0, hashLength)}`;
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
