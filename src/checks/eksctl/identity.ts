import { map, maps, text, type JsonMap } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { hasSwitchOn, isStated, statedOf, type Refusal, type Rule } from './rule.js';

export const podIdentityAgent = 'eks-pod-identity-agent';

/** Service accounts and Pod Identity associations of the cluster. */
export const identityRules: Rule = function* (config) {
  const iam = map(config['iam']);
  yield* serviceAccounts(iam);
  for (const [index, association] of maps(iam['podIdentityAssociations']).entries()) {
    const path = `/iam/podIdentityAssociations/${index}`;
    yield* associationRefusals(association, path);
  }
  const addons = maps(config['addons']);
  const associated =
    isStated(iam, 'podIdentityAssociations') ||
    map(config['addonsConfig'])['autoApplyPodIdentityAssociations'] === true ||
    addons.some(
      (addon) => isStated(addon, 'podIdentityAssociations') || isStated(addon, 'useDefaultPodIdentityAssociations'),
    );
  if (associated && !addons.some(({ name }) => name === podIdentityAgent))
    yield {
      pointer: '/addons',
      message: `there are Pod Identity associations, but no addon ${podIdentityAgent} that serves them`,
      hint: `leave ${podIdentityAgent} among the addons`,
    };
};

function* serviceAccounts(iam: JsonMap): Iterable<Refusal> {
  const accounts = maps(iam['serviceAccounts']);
  if (accounts.length > 0 && iam['withOIDC'] !== true)
    yield {
      pointer: '/iam/serviceAccounts',
      message: 'iam.serviceAccounts are roles by IRSA, which needs an OIDC provider',
      hint: 'use identity: irsa in the spec, or iam.podIdentityAssociations',
    };
  const names = new Set<string>();
  for (const [index, account] of accounts.entries()) {
    const pointer = `/iam/serviceAccounts/${index}`;
    const { name, namespace } = map(account['metadata']);
    const full = `${text(namespace) ?? 'default'}/${text(name) ?? ''}`;
    if (text(name) === undefined || name === '')
      yield { pointer, message: `iam.serviceAccounts[${index}] has no name`, hint: 'add metadata.name' };
    else if (names.has(full))
      yield { pointer, message: `service account ${full} is there twice`, hint: 'keep one of them' };
    names.add(full);
    const permitted = statedOf(account, ['attachPolicyARNs', 'attachPolicy', 'attachRoleARN']).length > 0;
    if (!permitted && !hasSwitchOn(account['wellKnownPolicies']))
      yield {
        pointer,
        message: `service account ${full} gets a role without a policy`,
        hint: 'add attachPolicyARNs, attachPolicy, wellKnownPolicies or attachRoleARN',
      };
  }
}

const permissions = ['permissionPolicy', 'permissionPolicyARNs'];

/** One association, of the cluster or of an addon. */
export function* associationRefusals(association: JsonMap, path: string): Iterable<Refusal> {
  for (const field of ['namespace', 'serviceAccountName'].filter((one) => !isStated(association, one)))
    yield { pointer: `${path}/${field}`, message: `a Pod Identity association has no ${field}`, hint: `add ${field}` };
  const stated = [
    ...statedOf(association, permissions),
    ...(hasSwitchOn(association['wellKnownPolicies']) ? ['wellKnownPolicies'] : []),
  ];
  const hasRole = isStated(association, 'roleARN');
  const subject = text(association['serviceAccountName']) ?? 'a service account';
  if (!hasRole && stated.length === 0)
    yield {
      pointer: path,
      message: `the Pod Identity association of ${subject} permits nothing`,
      hint: `add ${enumeration([...permissions, 'roleARN'])}`,
    };
  if (hasRole && stated.length > 0)
    yield {
      pointer: `${path}/roleARN`,
      message: `the Pod Identity association of ${subject} has a role of its own, and ${enumeration(stated)} for one that eksctl makes`,
      hint: 'keep one of the two',
    };
  const policyName = text(association['permissionPolicyName']) ?? '';
  if (policyName !== '' && (!isStated(association, 'permissionPolicy') || !/[a-zA-Z0-9]/.test(policyName)))
    yield {
      pointer: `${path}/permissionPolicyName`,
      message: `${policyName} names the permissionPolicy of ${subject}, ${isStated(association, 'permissionPolicy') ? 'without a letter or digit' : 'which has none'}`,
      hint: 'take permissionPolicyName out',
    };
}
