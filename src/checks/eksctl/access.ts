import { map, maps, text, texts, type JsonMap } from '../view/json.js';
import { isArn, isStated, statedOf, type Refusal, type Rule } from './rule.js';

const modes = ['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'];
const typesForPeople = ['STANDARD', 'EC2'];
const typesForNodes = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX'];

/** Access to the Kubernetes API. */
export const accessRules: Rule = function* (config) {
  const access = map(config['accessConfig']);
  const mode = text(access['authenticationMode']) ?? 'API_AND_CONFIG_MAP';
  const pointer = '/accessConfig/authenticationMode';
  if (!modes.includes(mode)) yield { pointer, message: `EKS knows no authentication by ${mode}`, hint: 'leave API' };
  if (mode === 'CONFIG_MAP' && isStated(access, 'accessEntries'))
    yield {
      pointer,
      message: 'access entries do not count where aws-auth alone does',
      hint: 'leave authenticationMode: API',
    };
  if (
    mode === 'CONFIG_MAP' &&
    access['bootstrapClusterCreatorAdminPermissions'] === false &&
    isStated(config, 'nodeGroups')
  )
    yield {
      pointer,
      message: 'nobody could let self-managed nodes in: aws-auth alone counts, and the creator is no administrator',
      hint: 'leave authenticationMode: API',
    };
  const known = new Set<string>();
  for (const [index, entry] of maps(access['accessEntries']).entries()) {
    const path = `/accessConfig/accessEntries/${index}`;
    const principal = text(entry['principalARN']) ?? '';
    if (known.has(principal))
      yield {
        pointer: path,
        message: `${principal} has two access entries`,
        hint: 'make one of them, with several accessPolicies',
      };
    known.add(principal);
    yield* anEntry(entry, path, principal);
  }
};

function* anEntry(entry: JsonMap, path: string, principal: string): Iterable<Refusal> {
  if (!isArn(principal))
    yield {
      pointer: `${path}/principalARN`,
      message: 'an access entry has no ARN of a role or user',
      hint: 'state access in the spec',
    };
  const type = text(entry['type']) ?? '';
  if (type !== '' && ![...typesForPeople, ...typesForNodes].includes(type))
    yield {
      pointer: `${path}/type`,
      message: `EKS knows no access entry of type ${type}`,
      hint: 'use STANDARD for people and pipelines',
    };
  const ofPeople = statedOf(entry, ['kubernetesGroups', 'kubernetesUsername', 'accessPolicies']);
  if (typesForNodes.includes(type) && ofPeople.length > 0)
    yield {
      pointer: path,
      message: `an access entry of type ${type} is for nodes and takes no ${ofPeople[0] ?? ''}`,
      hint: 'use type: STANDARD',
    };
  for (const [index, policy] of maps(entry['accessPolicies']).entries())
    yield* aPolicy(policy, `${path}/accessPolicies/${index}`);
}

function* aPolicy(policy: JsonMap, path: string): Iterable<Refusal> {
  const arn = text(policy['policyARN']) ?? '';
  if (!isArn(arn) || !arn.includes(':cluster-access-policy/'))
    yield {
      pointer: `${path}/policyARN`,
      message: `${arn === '' ? 'an access entry’s policy' : arn} is no access policy of EKS`,
      hint: 'write arn:aws:eks::aws:cluster-access-policy/…',
    };
  const { type, namespaces } = map(policy['accessScope']);
  const named = texts(namespaces).length > 0;
  if (type === 'cluster' ? named : type !== 'namespace' || !named)
    yield {
      pointer: `${path}/accessScope`,
      message: 'the scope of an access policy is neither the cluster nor a list of namespaces',
      hint: 'write {type: cluster}, or {type: namespace, namespaces: […]}',
    };
}
