/** How what eksctl makes of a ClusterConfig differs from what we wrote, by path such as "nodeGroups[burst].volumeIOPS". */
export interface Differences {
  /** Path → what eksctl filled in. */
  readonly added: Readonly<Record<string, unknown>>;
  /** Path → what we wrote and eksctl no longer shows. */
  readonly dropped: Readonly<Record<string, unknown>>;
  /** Path → [ours, eksctl's]. */
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** Compares two ClusterConfigs; items of lists are told by their name, or else by their number. */
export function differences(ours: unknown, eksctls: unknown): Differences {
  const found = { added: {}, dropped: {}, changed: {} };
  compare(ours, eksctls, '', found);
  return found;
}

interface Found {
  readonly added: Record<string, unknown>;
  readonly dropped: Record<string, unknown>;
  readonly changed: Record<string, readonly [unknown, unknown]>;
}

function compare(ours: unknown, eksctls: unknown, path: string, found: Found): void {
  const [left, right] = [entriesOf(ours), entriesOf(eksctls)];
  if (left === undefined || right === undefined) {
    if (ours !== eksctls) found.changed[path] = [ours, eksctls];
    return;
  }
  const below = (key: string): string => (key.startsWith('[') || path === '' ? `${path}${key}` : `${path}.${key}`);
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    if (!right.has(key)) found.dropped[below(key)] = left.get(key);
    else if (!left.has(key)) found.added[below(key)] = right.get(key);
    else compare(left.get(key), right.get(key), below(key), found);
  }
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value))
    return new Map(value.map((item, index) => [`[${nameOf(item) ?? String(index)}]`, item as unknown]));
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function nameOf(item: unknown): string | undefined {
  const { name, serviceAccountName, metadata, key } = (item ?? {}) as Record<string, unknown>;
  const found = name ?? serviceAccountName ?? key ?? (metadata as { name?: unknown } | undefined)?.name;
  return typeof found === 'string' ? found : undefined;
}

/** A default that eksctl fills in and we leave to it: the form of its path, its value, and why it may be whatever it is. */
export interface LeftToEksctl {
  readonly path: RegExp;
  readonly value: unknown;
  readonly why: string;
}

/** Whatever it is: it follows from names and zones. */
export const ANY = Symbol('any value');

const group = String.raw`(nodeGroups|managedNodeGroups)\[[^\]]+\]`;

/** Every default of eksctl 0.230.0 in a ClusterConfig of ours; one that is not here is a surprise. */
export const LEFT_TO_EKSCTL: readonly LeftToEksctl[] = [
  {
    path: /^autoModeConfig\.(nodeRoleARN|permissionsBoundaryARN)$/,
    value: 'arn:::::',
    why: 'how eksctl prints an ARN that is not stated; Auto Mode is off',
  },
  {
    path: /\.wellKnownPolicies$/,
    value: {
      autoScaler: false,
      awsLoadBalancerController: false,
      certManager: false,
      ebsCSIController: false,
      efsCSIController: false,
      externalDNS: false,
      imageBuilder: false,
    },
    why: 'none of eksctl’s lists of permissions: each role has a policy of ours, or AWS’ by ARN',
  },
  { path: /\.roleARN$/, value: '', why: 'the role is made by eksctl under the name that we state' },
  {
    path: /^iam\.vpcResourceControllerPolicy$/,
    value: true,
    why: 'a policy of the control plane’s own role, which EKS asks for; no pod or node gets it',
  },
  {
    path: new RegExp(`^${group}\\.labels\\.alpha\\.eksctl\\.io/(cluster-name|nodegroup-name)$`),
    value: ANY,
    why: 'eksctl’s own labels, by which it waits for nodes; nothing rendered selects by them',
  },
  {
    path: new RegExp(`^${group}\\.tags\\.alpha\\.eksctl\\.io/(nodegroup-name|nodegroup-type)$`),
    value: ANY,
    why: 'eksctl’s own tags, by which it finds its groups',
  },
  {
    path: new RegExp(`^${group}\\.iam\\.withAddonPolicies\\.albIngress$`),
    value: false,
    why: 'the old name of awsLoadBalancerController, which we state; naming both would be an error',
  },
  { path: new RegExp(`^${group}\\.instanceSelector$`), value: {}, why: 'not used: instance types are named' },
  {
    path: /^managedNodeGroups\[[^\]]+\]\.releaseVersion$/,
    value: '',
    why: 'EKS takes the newest image of the minor version',
  },
  {
    path: /^managedNodeGroups\[[^\]]+\]\.securityGroups$/,
    value: { withLocal: null, withShared: null },
    why: 'managed groups take the cluster’s security group, and eksctl refuses both switches',
  },
  { path: /^nodeGroups\[[^\]]+\]\.containerRuntime$/, value: 'containerd', why: 'the only one on Amazon Linux 2023' },
  {
    path: /^availabilityZones$/,
    value: ANY,
    why: 'documented default of the spec: eksctl chooses where the types are sold',
  },
  { path: /^vpc\.subnets\.(private|public)\.[^.]+\.az$/, value: ANY, why: 'the zone that is the subnet’s key already' },
  {
    path: /^privateCluster$/,
    value: { enabled: false, skipEndpointCreation: false },
    why: 'VPC endpoints in place of a NAT gateway; the API’s endpoints are stated',
  },
];

/** What we write and eksctl does not repeat: all of them `false`, which it leaves out of its output (omitempty). */
export const NOT_REPEATED: readonly RegExp[] = [
  /\.createServiceAccount$/,
  /^addonsConfig\.autoApplyPodIdentityAssociations$/,
  /^managedNodeGroups\[[^\]]+\]\.spot$/,
];
