import { list, map, maps, number, text, type JsonMap } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { hasSwitchOn, isStated, statedOf, type GroupRule, type Refusal, type Rule } from './rule.js';
import { managedGroup } from './managed-groups.js';
import { selfManagedGroup } from './self-managed-groups.js';
import { volume } from './volumes.js';

/** Node groups of both kinds, each by the rules of its kind. */
export const groupRules: Rule = function* (config) {
  const names = new Set<string>();
  for (const [field, ofItsKind] of [
    ['nodeGroups', selfManagedGroup],
    ['managedNodeGroups', managedGroup],
  ] as const) {
    for (const [index, group] of maps(config[field]).entries()) {
      const path = `/${field}/${index}`;
      const name = text(group['name']) ?? '';
      yield* naming(name, path, names);
      const spoken = name === '' ? `${field}[${index}]` : `node group ${name}`;
      for (const rule of [common, iam, reservation, volume, ofItsKind]) yield* rule(group, path, spoken);
    }
  }
};

function* naming(name: string, path: string, known: Set<string>): Iterable<Refusal> {
  const pointer = `${path}/name`;
  const hint = 'name it by letters, digits and "-", unlike every other group';
  if (name === '') yield { pointer, message: 'a node group has no name', hint };
  else if (/[^a-zA-Z0-9-]/.test(name)) yield { pointer, message: `${name} cannot be the name of a node group`, hint };
  else if (known.has(name)) yield { pointer, message: `two node groups are named ${name}`, hint };
  known.add(name);
}

const common: GroupRule = function* (group, path, name) {
  if (group['amiFamily'] === 'AmazonLinux2')
    yield {
      pointer: `${path}/amiFamily`,
      message: `${name} asks for Amazon Linux 2, which eksctl refuses from Kubernetes 1.33 on`,
      hint: 'leave AmazonLinux2023, or use Bottlerocket',
    };
  if ((number(group['maxPodsPerNode']) ?? 0) < 0)
    yield {
      pointer: `${path}/maxPodsPerNode`,
      message: `${name} has room for fewer than 0 pods per node`,
      hint: 'take maxPodsPerNode out',
    };
  if (isStated(group, 'subnets') && isStated(group, 'availabilityZones'))
    yield { pointer: `${path}/subnets`, message: `${name} names both subnets and zones`, hint: 'keep one of the two' };
  if (group['placement'] !== undefined && !isStated(map(group['placement']), 'groupName'))
    yield {
      pointer: `${path}/placement`,
      message: `the placement of ${name} names no group`,
      hint: 'add placement.groupName',
    };
  if (
    group['efaEnabled'] === true &&
    (list(group['availabilityZones']).length > 1 || list(group['subnets']).length > 1)
  )
    yield {
      pointer: `${path}/efaEnabled`,
      message: `${name} has EFA and more than one zone`,
      hint: 'keep one zone or subnet',
    };
  const ssh = map(group['ssh']);
  if (ssh['enableSsm'] === false)
    yield {
      pointer: `${path}/ssh/enableSsm`,
      message: `${name} switches SSM off, which EKS’ images no longer allow`,
      hint: 'take enableSsm out',
    };
  const taints = maps(group['taints']);
  for (const [index, taint] of taints.entries()) yield* aTaint(taint, `${path}/taints/${index}`, name);
};

function* aTaint({ key, value }: JsonMap, pointer: string, name: string): Iterable<Refusal> {
  const good = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text(key) ?? '');
  if (!good)
    yield {
      pointer,
      message: `${name} has a taint whose key is ${text(key) ?? 'missing'}`,
      hint: 'keys are written as those of labels',
    };
  const of = text(value) ?? '';
  if (of !== '' && !/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(of))
    yield {
      pointer,
      message: `${name} has a taint with the value ${of}`,
      hint: 'values are written as those of labels',
    };
}

const rolesOfItsOwn = ['instanceRoleName', 'attachPolicy', 'attachPolicyARNs', 'instanceRolePermissionsBoundary'];

const iam: GroupRule = function* (group, path, name) {
  const fields = map(group['iam']);
  const addonPolicies = hasSwitchOn(fields['withAddonPolicies']);
  if (group['disablePodIMDS'] === true && addonPolicies)
    yield {
      pointer: `${path}/iam/withAddonPolicies`,
      message: `pods on ${name} get no credentials of the node, yet addon policies for them`,
      hint: 'leave withAddonPolicies off: permissions belong to ServiceAccounts',
    };
  for (const given of statedOf(fields, ['instanceProfileARN', 'instanceRoleARN'])) {
    const conflicting = [...statedOf(fields, rolesOfItsOwn), ...(addonPolicies ? ['withAddonPolicies'] : [])];
    if (conflicting.length === 0) continue;
    yield {
      pointer: `${path}/iam/${given}`,
      message: `${name} is given ${given} and ${enumeration(conflicting)}, which are of a role that eksctl makes`,
      hint: 'keep one of the two',
    };
  }
};

const reservation: GroupRule = function* (group, path, name) {
  const reserved = group['capacityReservation'];
  const market = group['instanceMarketOptions'];
  const { capacityReservationPreference: preference, capacityReservationTarget: target } = map(reserved);
  if (preference !== undefined && target !== undefined)
    yield {
      pointer: `${path}/capacityReservation`,
      message: `${name} names a capacity reservation and a preference`,
      hint: 'keep one of the two',
    };
  else if (preference !== undefined && preference !== 'open' && preference !== 'none')
    yield {
      pointer: `${path}/capacityReservation`,
      message: `${name} prefers capacity reservations of no known kind`,
      hint: 'write open or none',
    };
  if (Object.keys(map(target)).length > 1)
    yield {
      pointer: `${path}/capacityReservation`,
      message: `${name} names a capacity reservation twice`,
      hint: 'keep its id, or its resource group',
    };
  if (market === undefined) return;
  if (reserved === undefined)
    yield {
      pointer: `${path}/instanceMarketOptions`,
      message: `${name} has market options but no capacity reservation`,
      hint: 'use capacity: spot for Spot',
    };
  else if (![undefined, 'capacity-block'].includes(text(map(market)['marketType'])))
    yield {
      pointer: `${path}/instanceMarketOptions`,
      message: `${name} buys on a market that eksctl does not know`,
      hint: 'the only one is capacity-block',
    };
};
