import type { RecordedStack } from './cloud/cloudformation.js';
import { replaced } from './clusters.js';
import { kubeletFlag } from './node-config.js';
import { onlyResource, recordedGroups } from './groups.js';
import type { Recording } from './recording.js';

/**
 * What one `eksctl create cluster` would have had built, for tests that have no eksctl: the control plane, the node groups, the roles.
 * Names and ids that differ from run to run stand as their logical names; keys are in order.
 * @param given id of an existing VPC or subnet, as EC2 gave it → as the spec has it
 */
export function stacksFixture(recording: Recording, given: ReadonlyMap<string, string>): string {
  const [controlPlane, ...others] = recording.stacks;
  if (controlPlane === undefined) throw new Error('eksctl made no stack');
  const groups = recordedGroups(recording);
  const roles = others.filter((stack) => !groups.some((group) => group.stack === stack));
  const record = {
    cluster: recording.cluster,
    controlPlane: onlyResource(controlPlane, 'AWS::EKS::Cluster').Properties,
    controlPlaneTags: controlPlane.tags,
    nodeGroups: Object.fromEntries(
      groups.map(({ name, managed, stack, autoScalingGroupTags, suspendedProcesses, launchTemplate, nodeConfig }) => [
        name,
        {
          managed,
          ...(managed
            ? { managedNodeGroup: onlyResource(stack, 'AWS::EKS::Nodegroup').Properties }
            : { autoScalingGroup: withoutTags(onlyResource(stack, 'AWS::AutoScaling::AutoScalingGroup').Properties) }),
          autoScalingGroupTags,
          suspendedProcesses,
          launchTemplate: withoutUserData(launchTemplate),
          ...(nodeConfig !== undefined && {
            nodeLabels: kubeletFlag(nodeConfig, 'node-labels'),
            nodeTaints: kubeletFlag(nodeConfig, 'register-with-taints'),
          }),
          nodeRole: onlyResource(stack, 'AWS::IAM::Role').Properties,
          stackTags: stack.tags,
        },
      ]),
    ),
    roles: Object.fromEntries(roles.map(({ name, template: { Resources } }) => [name, Resources])),
    addons: Object.fromEntries([...recording.addons].map(([name, request]) => [name, withoutToken(request)])),
    podIdentityAssociations: recording.podIdentityAssociations
      .map(withoutToken)
      .sort((a, b) => (JSON.stringify(a['serviceAccount']) < JSON.stringify(b['serviceAccount']) ? -1 : 1)),
    logRetentionDays: Object.fromEntries(recording.logRetentionDays),
  };
  const named = JSON.parse(replaced(withLogicalNames(JSON.stringify(record), recording.stacks), given)) as unknown;
  return `${JSON.stringify(inOrder(named), undefined, 2)}\n`;
}

function withoutTags({ Tags: _, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return rest;
}

function withoutUserData({ UserData: _, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return rest;
}

function withoutToken({ clientRequestToken: _, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return rest;
}

/** Keys sorted; lists whose order eksctl draws at random (tags, labels, subnets) as well. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map(inOrder);
    return items.every(isUnordered) ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}

function isUnordered(item: unknown): boolean {
  if (typeof item === 'string') return /^Subnet|^subnet-|^[-a-z./]+=/.test(item);
  return typeof item === 'object' && item !== null && ('Ref' in item || ('Key' in item && 'Value' in item));
}

/** Ids that EC2 gave, zones that eksctl drew (numbered by their names) and the port of the OIDC issuer. */
function withLogicalNames(text: string, stacks: readonly RecordedStack[]): string {
  const ids = [...(stacks[0]?.physicalIds ?? [])].filter(([, physical]) => /^(subnet|vpc)-/.test(physical));
  let named = text.replaceAll(/127\.0\.0\.1(:\d+)?\/id\//g, 'oidc.issuer/id/');
  for (const [logical, physical] of ids) named = named.replaceAll(physical, logical);
  const zones = new Set(named.match(/(?<=Subnet(?:Public|Private))[A-Z]{2}[A-Z0-9]+/g));
  for (const [index, zone] of [...zones].sort().entries())
    named = named.replaceAll(new RegExp(`(Subnet(?:Public|Private))${zone}\\b`, 'g'), `$1${index + 1}`);
  return named;
}
