import { map, number, text, texts, type JsonMap } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { isArn, isStated, statedOf, type GroupRule, type Refusal } from './rule.js';

const spotStrategies = [
  'lowest-price',
  'diversified',
  'capacity-optimized',
  'capacity-optimized-prioritized',
  'price-capacity-optimized',
];

/** What EC2 Auto Scaling can suspend (API reference, SuspendProcesses). */
const processes = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
];

/** Fields of the kubelet's configuration that eksctl writes itself. */
const kubeletFieldsOfEksctl = [
  'kind',
  'apiVersion',
  'address',
  'clusterDomain',
  'authentication',
  'authorization',
  'serverTLSBootstrap',
];

const oneDaySeconds = 86_400;

/** Groups under `nodeGroups`. */
export const selfManagedGroup: GroupRule = function* (group, path, name) {
  const distribution = group['instancesDistribution'];
  if (distribution !== undefined) yield* distributed(group, map(distribution), path, name);
  const unknown = texts(group['asgSuspendProcesses']).filter((one) => !processes.includes(one));
  if (unknown.length > 0)
    yield {
      pointer: `${path}/asgSuspendProcesses`,
      message: `${name} suspends ${enumeration(unknown)}, which Auto Scaling does not have`,
      hint: `its processes are ${enumeration(processes, 12)}`,
    };
  const taken = Object.keys(map(group['kubeletExtraConfig'])).filter((field) => kubeletFieldsOfEksctl.includes(field));
  if (taken.length > 0)
    yield {
      pointer: `${path}/kubeletExtraConfig`,
      message: `${name} sets ${enumeration(taken)} of the kubelet, which eksctl sets itself`,
      hint: 'take it out',
    };
  const runtime = text(group['containerRuntime']);
  if (runtime !== undefined && runtime !== 'containerd')
    yield {
      pointer: `${path}/containerRuntime`,
      message: `${name} wants ${runtime}; its image has containerd`,
      hint: 'take containerRuntime out',
    };
  const lifetime = number(group['maxInstanceLifetime']);
  if (lifetime !== undefined && lifetime < oneDaySeconds)
    yield {
      pointer: `${path}/maxInstanceLifetime`,
      message: `${name} keeps an instance for ${lifetime} s; a day is the least`,
      hint: `use ${oneDaySeconds} or more`,
    };
  if (statedOf(map(group['ssh']), ['publicKeyName', 'publicKeyPath', 'publicKey']).length > 1)
    yield {
      pointer: `${path}/ssh`,
      message: `${name} names its SSH key twice`,
      hint: 'keep one of publicKeyName, publicKeyPath and publicKey',
    };
  for (const [index, policy] of texts(map(group['iam'])['attachPolicyARNs']).entries())
    if (!isArn(policy))
      yield {
        pointer: `${path}/iam/attachPolicyARNs/${index}`,
        message: `${policy} is no ARN of a policy`,
        hint: 'write arn:aws:iam::…:policy/…',
      };
  yield* credits(group, path, name);
};

function* distributed(group: JsonMap, distribution: JsonMap, path: string, name: string): Iterable<Refusal> {
  const below = `${path}/instancesDistribution`;
  const single = text(group['instanceType']) ?? '';
  if (single !== '' && single !== 'mixed')
    yield {
      pointer: `${path}/instanceType`,
      message: `${name} has instanceType beside instancesDistribution`,
      hint: 'take instanceType out',
    };
  const types = new Set(texts(distribution['instanceTypes']));
  if (!isStated(group, 'instanceSelector') && (types.size === 0 || types.size > 20))
    yield {
      pointer: `${below}/instanceTypes`,
      message: `${name} chooses among ${types.size} instance types`,
      hint: 'name 1 to 20',
    };
  yield* between(distribution, 'onDemandBaseCapacity', 0, Infinity, below, name);
  yield* between(distribution, 'onDemandPercentageAboveBaseCapacity', 0, 100, below, name);
  yield* between(distribution, 'spotInstancePools', 1, 20, below, name);
  const strategy = text(distribution['spotAllocationStrategy']);
  if (strategy !== undefined && !spotStrategies.includes(strategy))
    yield {
      pointer: `${below}/spotAllocationStrategy`,
      message: `${name} allocates Spot by ${strategy}, which EC2 does not know`,
      hint: `use one of ${enumeration(spotStrategies)}`,
    };
  if (distribution['spotInstancePools'] !== undefined && strategy?.startsWith('capacity-optimized') === true)
    yield {
      pointer: `${below}/spotInstancePools`,
      message: `${name} counts Spot pools, which ${strategy} does not use`,
      hint: 'take spotInstancePools out',
    };
}

function* between(
  holder: JsonMap,
  field: string,
  least: number,
  most: number,
  path: string,
  name: string,
): Iterable<Refusal> {
  const value = number(holder[field]);
  if (value === undefined || (value >= least && value <= most)) return;
  const hint = most === Infinity ? `use ${least} or more` : `use ${least} to ${most}`;
  yield { pointer: `${path}/${field}`, message: `${name} has ${field} ${value}`, hint };
}

function* credits(group: JsonMap, path: string, name: string): Iterable<Refusal> {
  const wanted = text(group['cpuCredits']);
  if (wanted === undefined) return;
  const pointer = `${path}/cpuCredits`;
  const types = [...texts(map(group['instancesDistribution'])['instanceTypes']), text(group['instanceType']) ?? ''];
  if (!types.some((type) => type.startsWith('t')))
    yield { pointer, message: `${name} has CPU credits, but no type of the T family`, hint: 'take cpuCredits out' };
  else if (!/^(unlimited|standard)$/i.test(wanted))
    yield { pointer, message: `${name} has ${wanted} CPU credits`, hint: 'write standard or unlimited' };
}
