import type { Grant } from '../aws/grants.js';

/** A grant as a Pod Identity association: a role, and the ServiceAccount that may take it. The ServiceAccount itself is not eksctl's. */
export function podIdentityAssociation(grant: Grant): Record<string, unknown> {
  const { namespace, serviceAccount, roleName, policyArns, policyDocument } = grant;
  return {
    namespace,
    serviceAccountName: serviceAccount,
    createServiceAccount: false,
    roleName,
    ...(policyArns !== undefined && { permissionPolicyARNs: [...policyArns] }),
    ...(policyDocument !== undefined && { permissionPolicy: policyDocument }),
  };
}

/**
 * A grant as a role that trusts one ServiceAccount (IRSA). Only the role (`roleOnly`): the ServiceAccount comes from Git, with the
 * annotation that names it.
 */
export function serviceAccountRole(grant: Grant): Record<string, unknown> {
  const { namespace, serviceAccount, roleName, policyArns, policyDocument } = grant;
  return {
    metadata: { name: serviceAccount, namespace },
    roleName,
    roleOnly: true,
    ...(policyArns !== undefined && { attachPolicyARNs: [...policyArns] }),
    ...(policyDocument !== undefined && { attachPolicy: policyDocument }),
  };
}
