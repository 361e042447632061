import { eksctl } from '../../../checks/cases/case.js';
import { account, del, one, set, type CorpusCase } from './case.js';

/** Patches of addons, service accounts and associations. */
export const permissionPatchCases: readonly CorpusCase[] = [
  one(
    'service accounts without OIDC',
    'cluster-config-rules',
    'iam.withOIDC must be enabled explicitly for',
    set(
      '/iam/serviceAccounts',
      '[{metadata: {name: a, namespace: default}, attachPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]',
    ),
  ),
  one(
    'OIDC and a service account without a policy',
    'cluster-config-rules',
    'iam.serviceAccounts[0].wellKnownPolicies,',
    eksctl(
      '{op: replace, path: /iam/withOIDC, value: true}',
      '{op: add, path: /iam/serviceAccounts, value: [{metadata: {name: a, namespace: default}}]}',
    ),
  ),
  one(
    'a service account without a name',
    'cluster-config-rules',
    'iam.serviceAccounts[0].name must be set',
    eksctl(
      '{op: replace, path: /iam/withOIDC, value: true}',
      '{op: add, path: /iam/serviceAccounts, value: [{metadata: {namespace: default}, attachPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]}',
    ),
  ),
  one(
    'a service account twice',
    'cluster-config-rules',
    '<namespace>/<name> of',
    eksctl(
      '{op: replace, path: /iam/withOIDC, value: true}',
      '{op: add, path: /iam/serviceAccounts, value: [{metadata: {name: a}, attachPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}, {metadata: {name: a}, attachPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]}',
    ),
  ),
  one(
    'OIDC and a good service account',
    '',
    '',
    eksctl(
      '{op: replace, path: /iam/withOIDC, value: true}',
      '{op: add, path: /iam/serviceAccounts, value: [{metadata: {name: a, namespace: default}, attachPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]}',
    ),
  ),
  one(
    'an association without a namespace',
    'cluster-config-rules',
    'iam.podIdentityAssociations[0].namespace',
    del('/iam/podIdentityAssociations/0/namespace'),
  ),
  one(
    'an association without a service account',
    'cluster-config-rules',
    'iam.podIdentityAssociations[0].serviceAccoun',
    del('/iam/podIdentityAssociations/0/serviceAccountName'),
  ),
  one(
    'an association without a permission',
    'cluster-config-rules',
    'at least one of the following must be',
    del('/iam/podIdentityAssociations/0/permissionPolicy'),
  ),
  one(
    'an association with a role and permissions',
    'cluster-config-rules',
    'iam.podIdentityAssociations[0].permissionPol',
    set('/iam/podIdentityAssociations/0/roleARN', `"arn:aws:iam::${account}:role/a"`),
  ),
  one(
    'an association twice',
    'role-name-unique',
    '',
    eksctl('{op: copy, from: /iam/podIdentityAssociations/0, path: /iam/podIdentityAssociations/-}'),
  ),
  one(
    'a policy name without a policy',
    'cluster-config-rules',
    'iam.podIdentityAssociations[1]:',
    set(
      '/iam/podIdentityAssociations/-',
      '{namespace: default, serviceAccountName: a, permissionPolicyName: x, permissionPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}',
    ),
  ),
  one(
    'a good association',
    '',
    '',
    set(
      '/iam/podIdentityAssociations/-',
      '{namespace: default, serviceAccountName: a, permissionPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}',
    ),
  ),
  one(
    'associations without the agent',
    'cluster-config-rules',
    'the "eks-pod-identity-agent" addon must be',
    del('/addons/3'),
  ),
  one('no vpc-cni', 'cluster-config-rules', 'fields nodeGroups, managedNodeGroups,', del('/addons/0')),
  one('no kube-proxy', '', '', del('/addons/1')),
  one(
    'no addons',
    'cluster-config-rules',
    'fields nodeGroups, managedNodeGroups,',
    eksctl('{op: replace, path: /addons, value: []}'),
  ),
  one('eksctl’s default addons', '', '', del('/addonsConfig')),
  one(
    'an addon without a name',
    'cluster-config-rules,cluster-config-schema',
    'invalid configuration for "" addon: name is',
    set('/addons/-', '{version: latest}'),
  ),
  one('an addon twice', '', '', set('/addons/-', '{name: coredns}')),
  one(
    'an addon’s values that are no JSON',
    'cluster-config-rules',
    'invalid configuration for "coredns" addon:',
    set('/addons/2/configurationValues', '"{a: b: c"'),
  ),
  one(
    'an addon’s values in YAML',
    'cluster-config-rules',
    '',
    set('/addons/2/configurationValues', '"replicaCount: 3"'),
  ),
  one(
    'an addon with IRSA and an association',
    'cluster-config-rules',
    'invalid configuration for',
    eksctl('{op: add, path: /addons/4/attachPolicyARNs, value: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}'),
  ),
  one(
    'an addon with two kinds of IRSA',
    'cluster-config-rules',
    'invalid configuration for "vpc-cni" addon:',
    set(
      '/addons/0',
      '{name: vpc-cni, serviceAccountRoleARN: "arn:aws:iam::111122223333:role/a", attachPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}',
    ),
  ),
  one(
    'eksctl’s well-known policy in an addon’s association',
    'cluster-config-rules',
    'wellKnownPolicies is not supported for',
    set('/addons/4/podIdentityAssociations/0/wellKnownPolicies', '{autoScaler: true}'),
  ),
  one(
    'tags in an addon’s association',
    'cluster-config-rules',
    'tags is not supported for',
    set('/addons/4/podIdentityAssociations/0/tags', '{a: b}'),
  ),
  one(
    'an addon’s association without a service account',
    'cluster-config-rules',
    'invalid configuration for',
    del('/addons/4/podIdentityAssociations/0/serviceAccountName'),
  ),
  one(
    'an addon’s association without a namespace',
    'cluster-config-rules',
    'invalid configuration for',
    del('/addons/4/podIdentityAssociations/0/namespace'),
  ),
  one(
    'an addon’s association without a permission',
    'cluster-config-rules',
    'invalid configuration for',
    del('/addons/4/podIdentityAssociations/0/permissionPolicyARNs'),
  ),
  one(
    'an association for the agent itself',
    'cluster-config-rules',
    'invalid configuration for',
    set(
      '/addons/3/podIdentityAssociations',
      '[{namespace: kube-system, serviceAccountName: a, permissionPolicyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]',
    ),
  ),
  one(
    'default associations beside stated ones',
    'cluster-config-rules',
    'cannot specify both',
    set('/addons/4/useDefaultPodIdentityAssociations', 'true'),
  ),
  one(
    'a namespace of an addon that is no name',
    'cluster-config-rules',
    'invalid configuration for "coredns" addon:',
    set('/addons/2/namespaceConfig', '{namespace: Kube_System}'),
  ),
];
