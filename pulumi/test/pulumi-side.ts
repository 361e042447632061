import { nameSet } from './built.js';
import type { BuiltCluster, BuiltGroup, BuiltRole, NameSet } from './built.js';
import { trustOf } from './eksctl-side.js';
import { asMap, asMaps, asTextMap, asTexts, lastPart, asText } from './json.js';
import { ofType, only } from './recording.js';
import type { Recording } from './recording.js';

type Json = Readonly<Record<string, unknown>>;

/** What the program asked for. */
export function builtByPulumi(recording: Recording, cluster: string): BuiltCluster {
  const controlPlane = only(recording, 'eks:index:Cluster', cluster);
  const managed = ofType(recording, 'eks:index:ManagedNodeGroup').map(({ inputs }): [string, BuiltGroup] => {
    const name = asText(inputs['nodeGroupName']);
    return [name, { ...machines(recording, cluster, name), ...managedPart(recording, inputs) }];
  });
  const own = ofType(recording, 'aws:autoscaling/group:Group').map(({ name, inputs }): [string, BuiltGroup] => {
    const group = name.slice(cluster.length + 1);
    return [group, { ...machines(recording, cluster, group), ...ownPart(recording, name, inputs) }];
  });
  return {
    controlPlane: controlPlanePart(recording, controlPlane),
    access: Object.fromEntries(
      Object.values(asMap(controlPlane['accessEntries'])).map((entry) => accessEntry(asMap(entry))),
    ),
    nodeGroups: Object.fromEntries([...managed, ...own]),
    roles: Object.fromEntries(
      ofType(recording, 'aws:iam/role:Role')
        .filter(({ inputs }) => inputs['name'] !== undefined)
        .map(({ name, inputs }) => [name === `${cluster}-vpc-cni` ? 'vpc-cni' : name, role(recording, name, inputs)]),
    ),
    associations: Object.fromEntries(
      ofType(recording, 'aws:eks/podIdentityAssociation:PodIdentityAssociation').map(({ inputs }) => [
        `${asText(inputs['namespace'])}/${asText(inputs['serviceAccount'])}`,
        lastPart(inputs['roleArn']),
      ]),
    ),
    addons: Object.fromEntries(
      ofType(recording, 'aws:eks/addon:Addon').map(({ inputs }) => [asText(inputs['addonName']), addon(inputs)]),
    ),
  };
}

function controlPlanePart(recording: Recording, inputs: Json): BuiltCluster['controlPlane'] {
  const key = inputs['encryptionConfigKeyArn'];
  return {
    name: asText(inputs['name']),
    version: asText(inputs['version']),
    ipFamily: asText(inputs['ipFamily']),
    supportType: asText(asMap(inputs['upgradePolicy'])['supportType']),
    authenticationMode: asText(inputs['authenticationMode']),
    bootstrapSelfManagedAddons: inputs['bootstrapSelfManagedAddons'] !== false,
    endpointPublic: inputs['endpointPublicAccess'] === true,
    endpointPrivate: inputs['endpointPrivateAccess'] === true,
    publicCidrs: asTexts(inputs['publicAccessCidrs']),
    logTypes: asTexts(inputs['enabledClusterLogTypes']),
    logRetentionDays: Object.fromEntries(
      ofType(recording, 'aws:cloudwatch/logGroup:LogGroup').map(({ inputs: { name, retentionInDays } }) => [
        asText(name),
        asText(retentionInDays),
      ]),
    ),
    ...(key !== undefined && { encryptionKeyArn: asText(key) }),
    subnets: { ...subnets(inputs['privateSubnetIds']), ...subnets(inputs['publicSubnetIds']) },
    tags: asTextMap(inputs['tags']),
  };
}

/** New subnets are numbered by zone, as in the recording of eksctl. */
function subnets(value: unknown): NameSet {
  const names = asTexts(value).map((id) => {
    const [, kind = '', zone = ''] = /-(private|public)-\S+([a-z])-id$/.exec(id) ?? [];
    if (kind === '') return id;
    return `Subnet${kind === 'private' ? 'Private' : 'Public'}${zone.charCodeAt(0) - 'a'.charCodeAt(0) + 1}`;
  });
  return nameSet(names);
}

function machines(
  recording: Recording,
  cluster: string,
  group: string,
): Pick<BuiltGroup, 'launchTemplate' | 'nodePolicies'> {
  const role = `${cluster}-${group}-node`;
  return {
    launchTemplate: launchTemplate(only(recording, 'aws:ec2/launchTemplate:LaunchTemplate', `${cluster}-${group}`)),
    nodePolicies: attachedTo(recording, role),
  };
}

function attachedTo(recording: Recording, role: string): NameSet {
  return nameSet(
    ofType(recording, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment')
      .filter(({ inputs }) => inputs['role'] === role)
      .map(({ inputs }) => lastPart(inputs['policyArn'])),
  );
}

function launchTemplate(inputs: Json): BuiltGroup['launchTemplate'] {
  const [mapping] = asMaps(inputs['blockDeviceMappings']);
  const [networkInterface] = asMaps(inputs['networkInterfaces']);
  return {
    ...(inputs['instanceType'] !== undefined && { instanceType: asText(inputs['instanceType']) }),
    disk: { DeviceName: asText(mapping?.['deviceName']), ...upperCased(mapping?.['ebs']) },
    metadata: upperCased(inputs['metadataOptions']),
    // A managed group without one gets the cluster’s.
    securityGroups: networkInterface === undefined ? 1 : asTexts(networkInterface['securityGroups']).length,
    tags: Object.fromEntries(
      asMaps(inputs['tagSpecifications']).map(({ resourceType, tags }) => [asText(resourceType), asTextMap(tags)]),
    ),
  };
}

/** CloudFormation writes what Pulumi writes with a small letter. */
function upperCased(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asTextMap(value)).map(([key, text]) => [`${key.charAt(0).toUpperCase()}${key.slice(1)}`, text]),
  );
}

type Rest = Omit<BuiltGroup, 'launchTemplate' | 'nodePolicies'>;

function managedPart(recording: Recording, inputs: Json): Rest {
  const scaling = asMap(inputs['scalingConfig']);
  const effects: Readonly<Record<string, string>> = { PREFER_NO_SCHEDULE: 'PreferNoSchedule' };
  const prefix = `eks-${asText(inputs['nodeGroupName'])}-0a1b2c3d`;
  return {
    managed: true,
    min: Number(scaling['minSize']),
    max: Number(scaling['maxSize']),
    desired: Number(scaling['desiredSize']),
    capacityType: asText(inputs['capacityType']),
    instanceTypes: asTexts(inputs['instanceTypes']),
    imageType: asText(inputs['amiType']),
    version: asText(inputs['version']),
    subnets: subnets(inputs['subnetIds']),
    labels: asTextMap(inputs['labels']),
    taints: Object.fromEntries(
      asMaps(inputs['taints']).map(({ key, value, effect }) => [
        `${asText(key)}=${asText(value)}`,
        effects[asText(effect)] ?? `unknown ${asText(effect)}`,
      ]),
    ),
    tags: asTextMap(inputs['tags']),
    autoScalingGroupTags: Object.fromEntries(
      ofType(recording, 'aws:autoscaling/tag:Tag')
        .filter((tag) => asText(tag.inputs['autoscalingGroupName']).startsWith(prefix))
        .map((tag) => asMap(tag.inputs['tag']))
        .map(({ key, value }) => [asText(key), asText(value)]),
    ),
    suspendedProcesses: [],
  };
}

function ownPart(recording: Recording, name: string, inputs: Json): Rest {
  const policy = asMap(inputs['mixedInstancesPolicy']);
  const { flags } = nodeConfig(recording, name);
  const labels = flag(flags, 'node-labels').map((label): [string, string] => {
    const [key = '', value = ''] = label.split('=');
    return [key, value];
  });
  const taints = flag(flags, 'register-with-taints').map((taint): [string, string] => {
    const [given = '', effect = ''] = taint.split(':');
    return [given, effect];
  });
  return {
    managed: false,
    min: Number(inputs['minSize']),
    max: Number(inputs['maxSize']),
    desired: Number(inputs['desiredCapacity']),
    instanceTypes: asMaps(asMap(policy['launchTemplate'])['overrides']).map(({ instanceType }) => asText(instanceType)),
    subnets: subnets(inputs['vpcZoneIdentifiers']),
    labels: Object.fromEntries(labels),
    taints: Object.fromEntries(taints),
    autoScalingGroupTags: Object.fromEntries(
      asMaps(inputs['tags']).map(({ key, value }) => [asText(key), asText(value)]),
    ),
    suspendedProcesses: asTexts(inputs['suspendedProcesses']),
    instancesDistribution: {
      ...upperCased(policy['instancesDistribution']),
      CapacityRebalance: asText(inputs['capacityRebalance']),
    },
  };
}

/** What a self-managed node is told at boot. */
export function nodeConfig(
  recording: Recording,
  template: string,
): { readonly spec: Json; readonly flags: readonly string[] } {
  const { userData } = only(recording, 'aws:ec2/launchTemplate:LaunchTemplate', template);
  const [, document = ''] =
    /application\/node\.eks\.aws\n\n([^]*?)\n--/.exec(Buffer.from(asText(userData), 'base64').toString()) ?? [];
  const spec = asMap(asMap(JSON.parse(document))['spec']);
  return { spec, flags: asTexts(asMap(spec['kubelet'])['flags']) };
}

function flag(flags: readonly string[], name: string): string[] {
  return flags
    .filter((text) => text.startsWith(`--${name}=`))
    .flatMap((text) => text.slice(name.length + 3).split(','));
}

function accessEntry(entry: Json): [string, Record<string, string>] {
  const policies = Object.values(asMap(entry['accessPolicies'])).map(asMap);
  return [
    asText(entry['principalArn']),
    Object.fromEntries(
      policies.map(({ policyArn, accessScope }) => {
        const { type, namespaces } = asMap(accessScope);
        return [asText(policyArn), [asText(type), ...asTexts(namespaces)].join(' ')];
      }),
    ),
  ];
}

function role(recording: Recording, name: string, inputs: Json): BuiltRole {
  const own = ofType(recording, 'aws:iam/rolePolicy:RolePolicy').find((policy) => policy.inputs['role'] === name);
  const [statement = {}] = asMaps(asMap(JSON.parse(asText(inputs['assumeRolePolicy'])))['Statement']);
  return {
    policies: attachedTo(recording, name),
    ...(own && { document: JSON.parse(asText(own.inputs['policy'])) as unknown }),
    trust: trustOf(statement),
  };
}

function addon(inputs: Json): BuiltCluster['addons'][string] {
  const configuration = inputs['configurationValues'];
  return {
    ...(typeof configuration === 'string' && { configuration: JSON.parse(configuration) as unknown }),
    identities: Object.fromEntries(
      asMaps(inputs['podIdentityAssociations']).map(({ serviceAccount, roleArn }) => [
        asText(serviceAccount),
        lastPart(roleArn),
      ]),
    ),
  };
}
