import type { Position } from '../../diagnostic/diagnostic.js';
import { instanceType, type InstanceType } from '../../facts/ec2.js';
import type { ResolvedCluster } from '../../model/resolved.js';
import { dig, map, maps, number, text, textMap, texts, type JsonMap } from './json.js';
import type { Labels } from './labels.js';
import { operationThatTouches } from './patches.js';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** A node group as the ClusterConfig has it, patches included. */
export interface NodeGroup {
  readonly name: string;
  readonly managed: boolean;
  readonly spot: boolean;
  readonly min: number;
  readonly max: number;
  readonly instanceTypes: readonly string[];
  /** Those of `instanceTypes` that the table of EC2 types knows, in the same order. */
  readonly knownTypes: readonly InstanceType[];
  readonly zones: readonly string[];
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  readonly tags: Labels;
  /** The group as eksctl reads it. */
  readonly config: JsonMap;
  /** Where a person wrote a field of the group (in the spec's words), or the patch that changed it or one of `others`. */
  readonly at: (field: string, ...others: readonly string[]) => Position;
}

/** What the spec calls a field, and where eksctl has it. */
const configFields: Readonly<Record<string, readonly string[]>> = {
  min: ['minSize'],
  max: ['maxSize'],
  desired: ['desiredCapacity'],
  instanceTypes: ['instanceTypes', 'instancesDistribution/instanceTypes'],
  capacity: ['spot', 'instancesDistribution/onDemandPercentageAboveBaseCapacity'],
  availabilityZones: ['availabilityZones'],
  labels: ['labels'],
  taints: ['taints'],
  tags: ['tags'],
};

/** The node groups of a ClusterConfig in the order of the spec, those that a patch added last. */
export function nodeGroups(cluster: ResolvedCluster, clusterConfig: JsonMap): NodeGroup[] {
  const groups = (['nodeGroups', 'managedNodeGroups'] as const).flatMap((field) =>
    maps(clusterConfig[field]).map((config, index) => nodeGroup(cluster, config, `/${field}/${index}`, field)),
  );
  const place = ({ name }: NodeGroup) => {
    const index = indexInSpec(cluster, name);
    return index === -1 ? cluster.nodeGroups.length : index;
  };
  return groups.sort((a, b) => place(a) - place(b));
}

function indexInSpec(cluster: ResolvedCluster, name: string): number {
  return cluster.nodeGroups.findIndex((group) => group.name === name);
}

function nodeGroup(
  cluster: ResolvedCluster,
  config: JsonMap,
  pointer: string,
  field: 'nodeGroups' | 'managedNodeGroups',
): NodeGroup {
  const name = text(config['name']) ?? '';
  const managed = field === 'managedNodeGroups';
  const distribution = map(config['instancesDistribution']);
  const single = text(config['instanceType']);
  const instanceTypes = [
    ...texts(config['instanceTypes']),
    ...texts(distribution['instanceTypes']),
    ...(single === undefined || single === 'mixed' ? [] : [single]),
  ];
  const index = indexInSpec(cluster, name);
  return {
    name,
    managed,
    spot: managed ? config['spot'] === true : buysSpot(distribution),
    min: number(config['minSize']) ?? 0,
    max: number(config['maxSize']) ?? number(config['minSize']) ?? 0,
    instanceTypes,
    knownTypes: instanceTypes.map(instanceType).filter((type) => type !== undefined),
    zones: texts(config['availabilityZones']),
    labels: textMap(config['labels']),
    taints: taintsOf(config['taints']),
    tags: textMap(config['tags']),
    config,
    at: (specField, ...others) => {
      const [first = '', ...rest] = specField.split('.');
      const changed = [first, ...others].flatMap((part) => configFields[part] ?? []);
      const pointers = index === -1 ? [pointer] : changed.map((part) => `${pointer}/${part}`);
      const operations = pointers.map((part) => operationThatTouches(cluster.eksctlPatches, part) ?? -1);
      const operation = Math.max(-1, ...operations);
      if (operation !== -1) return cluster.provenance.at(['eksctl', 'patches', operation]);
      return cluster.provenance.at(index === -1 ? 'nodeGroups' : ['nodeGroups', index, first, ...rest]);
    },
  };
}

/** eksctl's default is 100% on-demand above the base capacity: Spot must be asked for. */
function buysSpot(distribution: JsonMap): boolean {
  const onDemandShare = number(distribution['onDemandPercentageAboveBaseCapacity']);
  return onDemandShare !== undefined && onDemandShare < 100;
}

/** eksctl takes taints as a list, and as a map of `key: value:Effect` for self-managed groups. */
function taintsOf(taints: unknown): Taint[] {
  if (Array.isArray(taints)) {
    return maps(taints).map((taint) => ({
      key: text(taint['key']) ?? '',
      value: text(taint['value']) ?? '',
      effect: text(taint['effect']) ?? '',
    }));
  }
  return Object.entries(textMap(taints)).map(([key, written]) => {
    const [value = '', effect = ''] = written.split(':');
    return { key, value, effect };
  });
}

/** The addon of that name in a ClusterConfig. */
export function addon(clusterConfig: JsonMap, name: string): JsonMap | undefined {
  return maps(clusterConfig['addons']).find((entry) => entry['name'] === name);
}

/** Region and metadata name as eksctl reads them. */
export function configName(clusterConfig: JsonMap): string | undefined {
  return text(dig(clusterConfig, 'metadata', 'name'));
}
