import type { RecordedStack } from './cloud/cloudformation.js';
import type { TemplateResource } from './cloud/template.js';
import { nodeConfigOf } from './node-config.js';
import type { NodeConfig } from './node-config.js';
import type { Recording } from './recording.js';

/** A node group as eksctl would have had it built. */
export interface RecordedGroup {
  readonly name: string;
  readonly managed: boolean;
  readonly stack: RecordedStack;
  /** As AWS would have named it. */
  readonly autoScalingGroup: string;
  /** Every tag that the Auto Scaling group would bear, EKS' own on a managed one excepted. */
  readonly autoScalingGroupTags: Readonly<Record<string, string>>;
  readonly suspendedProcesses: readonly string[];
  readonly launchTemplate: Readonly<Record<string, unknown>>;
  /** Self-managed groups only: EKS tells nodes of managed ones itself. */
  readonly nodeConfig?: NodeConfig;
}

/** The node groups of a recording, by name. */
export function recordedGroups(recording: Recording): RecordedGroup[] {
  return recording.stacks
    .filter(({ tags }) => tags['alpha.eksctl.io/nodegroup-type'] !== undefined)
    .map((stack) => recordedGroup(recording, stack))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function recordedGroup(recording: Recording, stack: RecordedStack): RecordedGroup {
  const name = stack.tags['alpha.eksctl.io/nodegroup-name'] ?? '';
  const managed = stack.tags['alpha.eksctl.io/nodegroup-type'] === 'managed';
  const autoScalingGroup = (managed ? recording.managedGroups.get(name) : stack.physicalIds.get('NodeGroup')) ?? '';
  const launchTemplate = onlyResource(stack, 'AWS::EC2::LaunchTemplate').Properties['LaunchTemplateData'] as Record<
    string,
    unknown
  >;
  const userData = launchTemplate['UserData'];
  return {
    name,
    managed,
    stack,
    autoScalingGroup,
    autoScalingGroupTags: managed ? (recording.asgTags.get(autoScalingGroup) ?? {}) : selfManagedTags(stack),
    suspendedProcesses: recording.suspended.get(autoScalingGroup) ?? [],
    launchTemplate,
    ...(typeof userData === 'string' && { nodeConfig: nodeConfigOf(userData) }),
  };
}

/** The stack's tags, which CloudFormation hands on, and the group's own. */
function selfManagedTags(stack: RecordedStack): Readonly<Record<string, string>> {
  const own = onlyResource(stack, 'AWS::AutoScaling::AutoScalingGroup').Properties['Tags'] as {
    Key: string;
    Value: string;
  }[];
  return { ...stack.tags, ...Object.fromEntries(own.map(({ Key, Value }) => [Key, Value])) };
}

/** The one resource of a type. Throws where there is none, or another. */
export function onlyResource(stack: RecordedStack, type: string): TemplateResource {
  const found = Object.values(stack.template.Resources).filter(({ Type }) => Type === type);
  const [resource] = found;
  if (resource === undefined || found.length > 1) throw new Error(`${found.length} ${type} in ${stack.name}`);
  return resource;
}
