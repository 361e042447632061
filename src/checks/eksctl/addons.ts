import { map, maps, text, type JsonMap } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { associationRefusals, podIdentityAgent } from './identity.js';
import { hasSwitchOn, statedOf, type Refusal, type Rule } from './rule.js';

/** EKS addons, and what a cluster without vpc-cni cannot have. */
export const addonRules: Rule = function* (config) {
  const addons = maps(config['addons']);
  for (const [index, addon] of addons.entries()) yield* anAddon(addon, `/addons/${index}`);
  const autoMode = map(config['autoModeConfig'])['enabled'] === true;
  const groups = statedOf(config, ['nodeGroups', 'managedNodeGroups']);
  if (autoMode && groups.length > 0)
    yield {
      pointer: '/autoModeConfig',
      message: `eksctl makes no ${enumeration(groups)} together with a cluster in Auto Mode`,
      hint: 'leave autoModeConfig.enabled: false; Auto Mode brings nodes, load balancers and volumes of its own',
    };
  const without =
    map(config['addonsConfig'])['disableDefaultAddons'] === true && !addons.some(({ name }) => name === 'vpc-cni');
  const needing = [
    ...statedOf(config, ['nodeGroups', 'managedNodeGroups', 'fargateProfiles', 'karpenter', 'gitops']),
    ...statedOf(map(config['iam']), ['serviceAccounts', 'podIdentityAssociations']),
  ];
  if (!autoMode && without && needing.length > 0)
    yield {
      pointer: '/addons',
      message: `without the addon vpc-cni there can be no ${enumeration(needing)}`,
      hint: 'leave vpc-cni among the addons',
    };
};

function* anAddon(addon: JsonMap, path: string): Iterable<Refusal> {
  const name = text(addon['name']) ?? '';
  if (name === '') yield { pointer: `${path}/name`, message: 'an addon has no name', hint: 'add name' };
  const values = text(addon['configurationValues']) ?? '';
  if (values !== '' && !isJson(values))
    yield {
      pointer: `${path}/configurationValues`,
      message: `configurationValues of ${name} are no JSON`,
      hint: 'write JSON in one text',
    };
  const namespace = text(map(addon['namespaceConfig'])['namespace']) ?? '';
  if (namespace !== '' && !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace))
    yield {
      pointer: `${path}/namespaceConfig`,
      message: `${namespace} is no name of a namespace`,
      hint: 'use lower-case letters, digits and "-"',
    };
  const irsa = [
    ...statedOf(addon, ['serviceAccountRoleARN', 'attachPolicyARNs', 'attachPolicy']),
    ...(hasSwitchOn(addon['wellKnownPolicies']) ? ['wellKnownPolicies'] : []),
  ];
  const associations = maps(addon['podIdentityAssociations']);
  const stated = [...irsa, ...statedOf(addon, ['podIdentityAssociations', 'useDefaultPodIdentityAssociations'])];
  if (stated.length > 1)
    yield {
      pointer: path,
      message: `addon ${name} gets its permissions by ${enumeration(stated)}`,
      hint: 'keep one of them',
    };
  if (name.toLowerCase() === podIdentityAgent && associations.length > 0)
    yield {
      pointer: `${path}/podIdentityAssociations`,
      message: `${name} serves associations and cannot have one`,
      hint: 'take podIdentityAssociations out',
    };
  for (const [index, association] of associations.entries()) {
    const pointer = `${path}/podIdentityAssociations/${index}`;
    yield* associationRefusals(association, pointer);
    if (hasSwitchOn(association['wellKnownPolicies']))
      yield {
        pointer: `${pointer}/wellKnownPolicies`,
        message: `eksctl takes no wellKnownPolicies in the association of addon ${name}`,
        hint: 'use permissionPolicyARNs',
      };
    if (association['tags'] !== undefined)
      yield {
        pointer: `${pointer}/tags`,
        message: `eksctl takes no tags in the association of addon ${name}`,
        hint: 'take tags out',
      };
  }
}

/** eksctl takes YAML as well; one form is enough, and JSON is the one that EKS shows again. */
function isJson(values: string): boolean {
  try {
    JSON.parse(values);
    return true;
  } catch {
    return false;
  }
}
