import { eksctl } from '../../../checks/cases/case.js';
import { account, one, set, type CorpusCase } from './case.js';
/** The managed on-demand group. */
const M = '/managedNodeGroups/0';

/** Patches of managed node groups that break eksctl’s rules, or do not. */
export const managedGroupPatchCases: readonly CorpusCase[] = [
  one(
    'desired below min, managed',
    'node-group-size',
    'cannot use --nodes-min=2 and --nodes=1 at',
    set(`${M}/desiredCapacity`, '1'),
  ),
  one(
    'desired above max, managed',
    'node-group-size',
    'cannot use --nodes-max=6 and --nodes=30 at',
    set(`${M}/desiredCapacity`, '30'),
  ),
  one(
    'instanceType and instanceTypes',
    'cluster-config-rules',
    'only one of instanceType or instanceTypes',
    set(`${M}/instanceType`, 'm5.large'),
  ),
  one(
    'a label with a bad value',
    'node-label',
    'label "team" has invalid value "a b" - [a',
    set(`${M}/labels/team`, '"a b"'),
  ),
  one(
    'a label with a bad key',
    'node-label',
    'label "te am" is invalid - [name part must',
    set(`${M}/labels/te am`, 'a'),
  ),
  one(
    'Amazon Linux 2',
    'cluster-config-rules',
    'AmazonLinux2 is not supported for',
    set(`${M}/amiFamily`, 'AmazonLinux2'),
  ),
  one(
    'a family that there is not',
    'cluster-config-schema',
    'is not supported - use one of',
    set(`${M}/amiFamily`, 'Gentoo'),
  ),
  one('Bottlerocket', '', '', set(`${M}/amiFamily`, 'Bottlerocket')),
  one(
    'Windows for arm64',
    '',
    '',
    eksctl(
      `{op: add, path: ${M}/amiFamily, value: WindowsServer2022CoreContainer}`,
      `{op: replace, path: ${M}/instanceTypes, value: [m6g.large]}`,
    ),
  ),
  one('an AMI that is none, managed', 'cluster-config-rules', 'invalid AMI "mine"', set(`${M}/ami`, 'mine')),
  one('throughput 1001', 'cluster-config-rules', 'value for', set(`${M}/volumeThroughput`, '1001')),
  one(
    'pods per node below 0',
    'cluster-config-rules',
    'managedNodeGroups[0].maxPodsPerNode cannot',
    set(`${M}/maxPodsPerNode`, '-1'),
  ),
  one(
    'an instance profile on a managed group',
    'cluster-config-rules',
    'instanceProfileARN is not supported for',
    set(`${M}/iam/instanceProfileARN`, `"arn:aws:iam::${account}:instance-profile/a"`),
  ),
  one(
    'an empty updateConfig',
    'cluster-config-rules',
    'invalid UpdateConfig: maxUnavailable or',
    set(`${M}/updateConfig`, '{}'),
  ),
  one(
    'both numbers of updateConfig',
    'cluster-config-rules',
    'cannot use maxUnavailable=1 and',
    set(`${M}/updateConfig/maxUnavailablePercentage`, '10'),
  ),
  one(
    'maxUnavailable above max',
    'cluster-config-rules',
    'maxUnavailable=50 cannot be greater than',
    set(`${M}/updateConfig/maxUnavailable`, '50'),
  ),
  one(
    'eksctl’s security groups on a managed group',
    'cluster-config-rules',
    'securityGroups.withLocal and',
    set(`${M}/securityGroups`, '{withShared: true}'),
  ),
  one(
    'a launch template without an id',
    'cluster-config-rules,cluster-config-schema',
    'launchTemplate.id is required if',
    set(`${M}/launchTemplate`, '{version: "1"}'),
  ),
  one(
    'a launch template beside a disk',
    'cluster-config-rules',
    'cannot set instanceType, ami, ssh.allow,',
    set(`${M}/launchTemplate`, '{id: lt-0a}'),
  ),
  one(
    'a bootstrap command of a managed group of Ubuntu',
    'cluster-config-rules',
    'managedNodeGroups[0].overrideBootstrapComman',
    eksctl(
      `{op: add, path: ${M}/amiFamily, value: Ubuntu2404}`,
      `{op: add, path: ${M}/overrideBootstrapCommand, value: "true"}`,
    ),
  ),
];
