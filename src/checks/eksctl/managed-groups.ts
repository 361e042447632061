import { map, number, text } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { isStated, statedOf, type GroupRule } from './rule.js';

/** Fields that a launch template of one's own has in their stead. */
const fieldsOfLaunchTemplate = [
  'instanceType',
  'ami',
  'volumeSize',
  'preBootstrapCommands',
  'overrideBootstrapCommand',
  'instanceName',
  'instancePrefix',
  'maxPodsPerNode',
  'disablePodIMDS',
  'placement',
];

/** Groups under `managedNodeGroups`. */
export const managedGroup: GroupRule = function* (group, path, name) {
  yield* update(group, path, name);
  if (isStated(group, 'instanceType') && isStated(group, 'instanceTypes'))
    yield {
      pointer: `${path}/instanceType`,
      message: `${name} has both instanceType and instanceTypes`,
      hint: 'keep instanceTypes',
    };
  const { withShared, withLocal } = map(group['securityGroups']);
  if (withShared === true || withLocal === true)
    yield {
      pointer: `${path}/securityGroups`,
      message: `${name} asks for security groups of eksctl, which a managed group does not get`,
      hint: 'take securityGroups out; attachIDs may stay',
    };
  if (isStated(map(group['iam']), 'instanceProfileARN'))
    yield {
      pointer: `${path}/iam/instanceProfileARN`,
      message: `${name} is given an instance profile, which EKS makes itself`,
      hint: 'use iam.instanceRoleARN',
    };
  if (isStated(group, 'outpostARN'))
    yield {
      pointer: `${path}/outpostARN`,
      message: `${name} is managed, and EKS manages none on an Outpost`,
      hint: 'take outpostARN out',
    };
  yield* image(group, path, name);
};

const update: GroupRule = function* (group, path, name) {
  if (group['updateConfig'] === undefined) return;
  const pointer = `${path}/updateConfig`;
  const { maxUnavailable, maxUnavailablePercentage: percentage } = map(group['updateConfig']);
  const nodes = number(maxUnavailable);
  const max = number(group['maxSize']);
  const hint = 'leave it at {maxUnavailable: 1}';
  if (nodes === undefined && percentage === undefined)
    yield { pointer, message: `updateConfig of ${name} is empty`, hint };
  else if (nodes !== undefined && percentage !== undefined)
    yield { pointer, message: `updateConfig of ${name} has both a number and a share`, hint: 'keep one of the two' };
  else if (nodes !== undefined && max !== undefined && nodes > max)
    yield { pointer, message: `${name} may have ${nodes} nodes unavailable, more than its max ${max}`, hint };
};

const image: GroupRule = function* (group, path, name) {
  const ami = text(group['ami']) ?? '';
  const family = text(group['amiFamily']) ?? '';
  if (group['launchTemplate'] !== undefined) {
    const doubled = [
      ...statedOf(group, fieldsOfLaunchTemplate),
      ...statedOf(map(group['ssh']), ['allow', 'enableSsm', 'sourceSecurityGroupIds']),
      ...statedOf(map(group['securityGroups']), ['attachIDs']),
      ...(group['disableIMDSv1'] === false ? ['disableIMDSv1'] : []),
    ];
    if (doubled.length > 0)
      yield {
        pointer: `${path}/launchTemplate`,
        message: `${name} has a launch template and ${enumeration(doubled)}, which are said in it`,
        hint: 'keep one of the two',
      };
  } else if (ami !== '' && !/^ami-[0-9a-f]+$/.test(ami)) {
    yield { pointer: `${path}/ami`, message: `${ami} is no id of an image`, hint: 'write ami-…, or take ami out' };
  } else if (isStated(group, 'overrideBootstrapCommand') && ami === '' && family !== 'AmazonLinux2023') {
    yield {
      pointer: `${path}/overrideBootstrapCommand`,
      message: `${name} replaces the bootstrap of an image that EKS chooses`,
      hint: 'state ami, or take overrideBootstrapCommand out',
    };
  }
};
