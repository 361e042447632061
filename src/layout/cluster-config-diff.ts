import { isDeepStrictEqual } from 'node:util';

/** A ClusterConfig as js-yaml reads it back. */
export type ClusterConfig = Readonly<Record<string, unknown>>;

/** An entry of one of the lists of a ClusterConfig; undefined on the side where it does not exist. */
export interface EntryDifference {
  readonly list: EntryList;
  /** What eksctl knows it by: a name, `namespace/name`, or an ARN. */
  readonly name: string;
  readonly before?: ClusterConfig;
  readonly after?: ClusterConfig;
}

export interface ClusterConfigDifference {
  readonly entries: readonly EntryDifference[];
  /** Paths of what differs outside these lists, such as `metadata.version` or `cloudWatch`, sorted. */
  readonly fields: readonly string[];
}

const entryNames = {
  'iam.serviceAccounts': (entry: ClusterConfig) => joined(child(entry, 'metadata'), 'namespace', 'name'),
  'iam.podIdentityAssociations': (entry: ClusterConfig) => joined(entry, 'namespace', 'serviceAccountName'),
  addons: (entry: ClusterConfig) => joined(entry, 'name'),
  managedNodeGroups: (entry: ClusterConfig) => joined(entry, 'name'),
  nodeGroups: (entry: ClusterConfig) => joined(entry, 'name'),
  'accessConfig.accessEntries': (entry: ClusterConfig) => joined(entry, 'principalARN'),
} as const;

/** Lists of which eksctl can make or take away a single entry on a cluster that exists. */
export type EntryList = keyof typeof entryNames;

/** Sections that eksctl changes part by part. */
const divided: ReadonlySet<string> = new Set(['metadata', 'iam', 'vpc', 'accessConfig']);

/** What differs between two ClusterConfigs. The order of keys and of entries is no difference. */
export function clusterConfigDifference(before: ClusterConfig, after: ClusterConfig): ClusterConfigDifference {
  const lists = Object.keys(entryNames) as EntryList[];
  return {
    entries: lists.flatMap((list) => entryDifferences(list, entriesOf(before, list), entriesOf(after, list))),
    fields: [...new Set([...fieldsOf(before), ...fieldsOf(after)])]
      .filter((path) => !lists.some((list) => list === path))
      .filter((path) => !isDeepStrictEqual(valueAt(before, path), valueAt(after, path)))
      .sort(),
  };
}

/** The value at a dotted path; undefined where there is none. */
export function valueAt(config: ClusterConfig, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), config);
}

function entryDifferences(
  list: EntryList,
  before: ReadonlyMap<string, ClusterConfig>,
  after: ReadonlyMap<string, ClusterConfig>,
): EntryDifference[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (isDeepStrictEqual(old, now)) return [];
    return [{ list, name, ...(old && { before: old }), ...(now && { after: now }) }];
  });
}

function entriesOf(config: ClusterConfig, list: EntryList): Map<string, ClusterConfig> {
  const value = valueAt(config, list);
  const entries = Array.isArray(value) ? value.filter(isMap) : [];
  return new Map(entries.map((entry) => [entryNames[list](entry), entry]));
}

function fieldsOf(config: ClusterConfig): string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    divided.has(key) && isMap(value) ? Object.keys(value).map((part) => `${key}.${part}`) : [key],
  );
}

function joined(entry: ClusterConfig, ...keys: readonly string[]): string {
  return keys.map((key) => String(entry[key])).join('/');
}

function child(entry: ClusterConfig, key: string): ClusterConfig {
  const value = entry[key];
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is ClusterConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
