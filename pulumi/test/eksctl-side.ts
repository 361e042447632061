import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameSet } from './built.js';
import type { BuiltCluster, BuiltGroup, BuiltRole, NameSet } from './built.js';
import { asMap, asMaps, asTextMap, asTexts, lastPart, asText } from './json.js';

type Json = Readonly<Record<string, unknown>>;

/** What eksctl 0.230.0 asked AWS for, recorded by test/cluster/eksctl into test/fixtures/eksctl-stacks. */
export function builtByEksctl(cluster: string): BuiltCluster {
  const file = join(__dirname, '..', '..', 'test', 'fixtures', 'eksctl-stacks', `${cluster}.json`);
  const recorded = asMap(JSON.parse(readFileSync(file, 'utf8')));
  const roles = Object.values(asMap(recorded['roles'])).map(asMap);
  return {
    controlPlane: controlPlane(recorded),
    access: Object.fromEntries(roles.flatMap((resources) => accessEntries(resources))),
    nodeGroups: Object.fromEntries(
      Object.entries(asMap(recorded['nodeGroups'])).map(([name, group]) => [name, nodeGroup(asMap(group))]),
    ),
    roles: Object.fromEntries(roles.flatMap((resources) => role(resources))),
    associations: Object.fromEntries(
      asMaps(recorded['podIdentityAssociations']).map(({ namespace, serviceAccount, roleArn }) => [
        `${asText(namespace)}/${asText(serviceAccount)}`,
        lastPart(roleArn),
      ]),
    ),
    addons: Object.fromEntries(
      Object.entries(asMap(recorded['addons'])).map(([name, request]) => [name, addon(asMap(request))]),
    ),
  };
}

function controlPlane(recorded: Json): BuiltCluster['controlPlane'] {
  const properties = asMap(recorded['controlPlane']);
  const access = asMap(properties['AccessConfig']);
  const vpc = asMap(properties['ResourcesVpcConfig']);
  const logging = asMap(asMap(properties['Logging'] ?? { ClusterLogging: {} })['ClusterLogging']);
  const [encryption] = asMaps(properties['EncryptionConfig']);
  return {
    name: asText(properties['Name']),
    version: asText(properties['Version']),
    ipFamily: asText(asMap(properties['KubernetesNetworkConfig'])['IpFamily']),
    supportType: asText(asMap(properties['UpgradePolicy'])['SupportType']),
    authenticationMode: asText(access['AuthenticationMode']),
    bootstrapSelfManagedAddons: properties['BootstrapSelfManagedAddons'] !== false,
    endpointPublic: vpc['EndpointPublicAccess'] === true,
    endpointPrivate: vpc['EndpointPrivateAccess'] === true,
    publicCidrs: asTexts(vpc['PublicAccessCidrs']),
    logTypes: asMaps(logging['EnabledTypes']).map(({ Type }) => asText(Type)),
    logRetentionDays: asTextMap(recorded['logRetentionDays']),
    ...(encryption && { encryptionKeyArn: asText(asMap(encryption['Provider'])['KeyArn']) }),
    subnets: subnets(vpc['SubnetIds']),
    tags: asTextMap(recorded['controlPlaneTags']),
  };
}

/** Ids of an existing VPC, and logical names of new ones. */
function subnets(value: unknown): NameSet {
  if (!Array.isArray(value)) return {};
  return nameSet(value.map((item) => (typeof item === 'string' ? item : asText(asMap(item)['Ref']))));
}

function nodeGroup(group: Json): BuiltGroup {
  const managed = group['managed'] === true;
  const template = asMap(group['launchTemplate']);
  return {
    managed,
    ...(managed ? managedPart(asMap(group['managedNodeGroup'])) : selfManagedPart(group)),
    autoScalingGroupTags: asTextMap(group['autoScalingGroupTags']),
    suspendedProcesses: asTexts(group['suspendedProcesses']),
    launchTemplate: launchTemplate(template),
    nodePolicies: nameSet(asMaps(asMap(group['nodeRole'])['ManagedPolicyArns']).map((arn) => lastPart(arn['Fn::Sub']))),
  };
}

type OwnPart = Omit<
  BuiltGroup,
  'managed' | 'autoScalingGroupTags' | 'suspendedProcesses' | 'launchTemplate' | 'nodePolicies'
>;

function managedPart(properties: Json): OwnPart {
  const scaling = asMap(properties['ScalingConfig']);
  const effects: Readonly<Record<string, string>> = {
    NoSchedule: 'NoSchedule',
    PreferNoSchedule: 'PreferNoSchedule',
    PREFER_NO_SCHEDULE: 'PreferNoSchedule',
  };
  return {
    min: Number(scaling['MinSize']),
    max: Number(scaling['MaxSize']),
    desired: Number(scaling['DesiredSize']),
    capacityType: asText(properties['CapacityType'] ?? 'ON_DEMAND'),
    instanceTypes: asTexts(properties['InstanceTypes']),
    imageType: asText(properties['AmiType']),
    ...(properties['Version'] !== undefined && { version: asText(properties['Version']) }),
    maxUnavailable: Number(asMap(properties['UpdateConfig'])['MaxUnavailable']),
    subnets: subnets(properties['Subnets']),
    labels: asTextMap(properties['Labels']),
    taints: Object.fromEntries(
      asMaps(properties['Taints']).map(({ Key, Value, Effect }) => [
        `${asText(Key)}=${asText(Value)}`,
        effects[asText(Effect)] ?? `unknown ${asText(Effect)}`,
      ]),
    ),
    tags: asTextMap(properties['Tags']),
  };
}

function selfManagedPart(group: Json): OwnPart {
  const asg = asMap(group['autoScalingGroup']);
  const policy = asMap(asg['MixedInstancesPolicy']);
  const { InstancesDistribution: distribution, LaunchTemplate: template } = policy;
  return {
    min: Number(asg['MinSize']),
    max: Number(asg['MaxSize']),
    desired: Number(asg['DesiredCapacity']),
    instanceTypes: asMaps(asMap(template)['Overrides']).map(({ InstanceType }) => asText(InstanceType)),
    subnets: subnets(asg['VPCZoneIdentifier']),
    labels: Object.fromEntries(asTexts(group['nodeLabels']).map(keyAndValue)),
    taints: Object.fromEntries(
      asTexts(group['nodeTaints']).map((taint): [string, string] => {
        const [given = '', effect = ''] = taint.split(':');
        return [given, effect];
      }),
    ),
    instancesDistribution: {
      ...asTextMap(distribution),
      CapacityRebalance: asText(asg['CapacityRebalance'] ?? false),
    },
  };
}

function keyAndValue(label: string): [string, string] {
  const place = label.indexOf('=');
  return [label.slice(0, place), label.slice(place + 1)];
}

function launchTemplate(template: Json): BuiltGroup['launchTemplate'] {
  const [mapping] = asMaps(template['BlockDeviceMappings']);
  const [networkInterface] = asMaps(template['NetworkInterfaces']);
  const groups = networkInterface?.['Groups'] ?? template['SecurityGroupIds'];
  return {
    ...(template['InstanceType'] !== undefined && { instanceType: asText(template['InstanceType']) }),
    disk: { DeviceName: asText(mapping?.['DeviceName']), ...asTextMap(mapping?.['Ebs']) },
    metadata: asTextMap(template['MetadataOptions']),
    securityGroups: Array.isArray(groups) ? groups.length : 0,
    tags: Object.fromEntries(
      asMaps(template['TagSpecifications']).map(({ ResourceType, Tags }) => [
        asText(ResourceType),
        Object.fromEntries(asMaps(Tags).map(({ Key, Value }) => [asText(Key), asText(Value)])),
      ]),
    ),
  };
}

function* resourcesOf(resources: Json, type: string): Generator<Json> {
  for (const resource of Object.values(resources).map(asMap)) {
    if (resource['Type'] === type) yield asMap(resource['Properties']);
  }
}

function accessEntries(resources: Json): [string, Record<string, string>][] {
  return [...resourcesOf(resources, 'AWS::EKS::AccessEntry')].map(({ PrincipalArn, AccessPolicies }) => [
    asText(PrincipalArn),
    Object.fromEntries(
      asMaps(AccessPolicies).map(({ PolicyArn, AccessScope }) => {
        const { Type, Namespaces } = asMap(AccessScope);
        return [asText(PolicyArn), [asText(Type), ...asTexts(Namespaces)].join(' ')];
      }),
    ),
  ]);
}

function role(resources: Json): [string, BuiltRole][] {
  return [...resourcesOf(resources, 'AWS::IAM::Role')].map(
    ({ RoleName, ManagedPolicyArns, AssumeRolePolicyDocument }) => {
      const [policy] = [...resourcesOf(resources, 'AWS::IAM::Policy')];
      const [statement = {}] = asMaps(asMap(AssumeRolePolicyDocument)['Statement']);
      return [
        RoleName === undefined ? 'vpc-cni' : asText(RoleName),
        {
          policies: nameSet(Array.isArray(ManagedPolicyArns) ? ManagedPolicyArns.map(policyName) : []),
          ...(policy && { document: policy['PolicyDocument'] }),
          trust: trustOf(statement),
        },
      ];
    },
  );
}

function policyName(arn: unknown): string {
  return lastPart(typeof arn === 'string' ? arn : asMap(arn)['Fn::Sub']);
}

/** Who may take a role; what is asked of an issuer’s token stands without the issuer. */
export function trustOf(statement: Json): BuiltRole['trust'] {
  const [[kind, principal] = ['', '']] = Object.entries(asMap(statement['Principal']));
  const asked = asTextMap(asMap(statement['Condition'] ?? { StringEquals: {} })['StringEquals']);
  return {
    principal: kind === 'Service' ? asText(principal) : kind,
    actions: asTexts(statement['Action']),
    asked: Object.fromEntries(Object.entries(asked).map(([key, value]) => [key.replace(/^.*:/, ''), value])),
  };
}

function addon(request: Json): BuiltCluster['addons'][string] {
  const configuration = request['configurationValues'];
  return {
    ...(typeof configuration === 'string' && { configuration: JSON.parse(configuration) as unknown }),
    identities: Object.fromEntries(
      asMaps(request['podIdentityAssociations']).map(({ serviceAccount, roleArn }) => [
        asText(serviceAccount),
        lastPart(roleArn),
      ]),
    ),
  };
}
