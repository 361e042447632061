import { list, map, text } from '../view/json.js';
import { isArn, isStated, type Rule } from './rule.js';

/** Logs, encryption and what else a cluster may have. */
export const clusterRules: Rule = function* (config) {
  const logging = map(map(config['cloudWatch'])['clusterLogging']);
  if (isStated(logging, 'logRetentionInDays') && list(logging['enableTypes']).length === 0)
    yield {
      pointer: '/cloudWatch/clusterLogging/enableTypes',
      message: 'logs are kept for some days, but none are written',
      hint: 'leave enableTypes, or use observability: false in the spec',
    };
  const encryption = map(config['secretsEncryption']);
  if (config['secretsEncryption'] !== undefined && !isArn(encryption['keyARN']))
    yield {
      pointer: '/secretsEncryption/keyARN',
      message: `${text(encryption['keyARN']) ?? 'secretsEncryption'} is no ARN of a key`,
      hint: 'use secretsEncryptionKeyArn in the spec',
    };
  if (config['karpenter'] !== undefined && map(config['iam'])['withOIDC'] !== true)
    yield {
      pointer: '/karpenter',
      message: 'eksctl installs Karpenter only where there is an OIDC provider',
      hint: 'use identity: irsa in the spec',
    };
  if (config['outpost'] !== undefined)
    yield {
      pointer: '/outpost',
      message:
        'a cluster on an Outpost takes no managed node groups, addons or public callers, which are all rendered here',
      hint: 'take the patch out: Spillway renders clusters in a region',
    };
};
