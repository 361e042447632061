import { eks, iam } from '@pulumi/aws';
import type { Cluster } from '@pulumi/eks';
import type { Input, Resource } from '@pulumi/pulumi';
import { all } from '@pulumi/pulumi';
import type { Grant } from '../../src/aws/grants.js';
import { workloadGrants } from '../../src/aws/grants.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { trust } from './trust.js';

/** A role that one ServiceAccount takes, by the name that the rendered manifests give it. */
export interface GrantedRole {
  readonly role: iam.Role;
  /** What must be there before a pod calls AWS. */
  readonly policies: readonly Resource[];
}

/** Roles of controllers and apps, bound to their ServiceAccounts, which Git owns. */
export function workloadIdentities(cluster: ResolvedCluster, controlPlane: Cluster): void {
  for (const grant of workloadGrants(cluster)) {
    const { role } = grantedRole(cluster, controlPlane, grant);
    // With IRSA the ServiceAccount's annotation binds them.
    if (cluster.identity === 'irsa') continue;
    new eks.PodIdentityAssociation(
      grant.roleName,
      {
        clusterName: cluster.name,
        namespace: grant.namespace,
        serviceAccount: grant.serviceAccount,
        roleArn: role.arn,
        tags: { ...cluster.tags },
      },
      { dependsOn: [controlPlane] },
    );
  }
}

/** The role of a grant, trusted as the cluster hands identities out. */
export function grantedRole(cluster: ResolvedCluster, controlPlane: Cluster, grant: Grant): GrantedRole {
  const { roleName, policyArns = [], policyDocument } = grant;
  const role = new iam.Role(roleName, {
    name: roleName,
    assumeRolePolicy: cluster.identity === 'irsa' ? oidcTrust(controlPlane, grant) : podIdentityTrust,
    tags: { ...cluster.tags },
  });
  const attached = policyArns.map(
    (policyArn) =>
      new iam.RolePolicyAttachment(`${roleName}-${policyArn.split('/').at(-1) ?? ''}`, { role: role.name, policyArn }),
  );
  const own =
    policyDocument === undefined
      ? []
      : [new iam.RolePolicy(roleName, { role: role.name, policy: JSON.stringify(policyDocument) })];
  return { role, policies: [...attached, ...own] };
}

/** EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity". */
const podIdentityTrust = trust({ Service: 'pods.eks.amazonaws.com' }, ['sts:AssumeRole', 'sts:TagSession']);

/** Only this ServiceAccount's token, made for AWS' token service (EKS user guide, "Assign IAM roles to Kubernetes service accounts"). */
function oidcTrust(controlPlane: Cluster, { namespace, serviceAccount }: Grant): Input<string> {
  return all([controlPlane.oidcProviderArn, controlPlane.oidcIssuer]).apply(([provider, issuer]) =>
    trust({ Federated: provider }, ['sts:AssumeRoleWithWebIdentity'], {
      StringEquals: {
        [`${issuer}:aud`]: 'sts.amazonaws.com',
        [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      },
    }),
  );
}
