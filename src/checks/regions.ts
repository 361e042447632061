import { regions } from '../facts/eks.js';
import { awsPartition } from '../model/controller-roles.js';
import type { Check } from './check.js';
import { arnsOf, type ArnUse } from './view/arns.js';
import { didYouMean } from './view/words.js';

/** What must be in the region of what uses it. */
const regional: Partial<Record<ArnUse, { readonly noun: string; readonly hint: string }>> = {
  certificate: {
    noun: 'certificate',
    hint: 'request or import it with ACM in the cluster’s region: a load balancer takes no other',
  },
  key: { noun: 'key', hint: 'use a KMS key of the cluster’s region, or a replica of a multi-region key there' },
};

/** What must be of the account of what uses it. */
const ofAccount: Partial<Record<ArnUse, { readonly noun: string; readonly hint: string }>> = {
  certificate: { noun: 'certificate', hint: 'request or import it with ACM in the cluster’s account' },
  policy: { noun: 'policy', hint: 'IAM attaches policies of its own account and of AWS: create the policy there' },
};

/** What an ARN must name, where its field can take one kind of thing alone: `<service>:<resource>`. */
const kinds: Partial<Record<ArnUse, { readonly form: RegExp; readonly noun: string; readonly hint: string }>> = {
  certificate: {
    form: /^(acm:certificate|iam:server-certificate)\//,
    noun: 'a certificate',
    hint: 'use arn:aws:acm:<region>:<account>:certificate/<id>',
  },
  // EKS API reference, EncryptionConfig: a key, no alias.
  key: {
    form: /^kms:key\//,
    noun: 'a KMS key',
    hint: 'use arn:aws:kms:<region>:<account>:key/<id>: `aws kms describe-key --key-id alias/<name>` says it for an alias',
  },
  // EKS API reference, CreateAccessEntry: what somebody is while a role is assumed is no principal, nor is a group.
  principal: {
    form: /^iam:(role|user)\//,
    noun: 'an IAM role or user',
    hint: 'use arn:aws:iam::<account>:role/<name>; of arn:aws:sts::…:assumed-role/<name>/<session>, the role <name>',
  },
};

/** Where in AWS things are, and what they are. */
export const regionChecks: readonly Check[] = [
  {
    id: 'region-known',
    title: 'the region is one that eksctl knows',
    why: 'eksctl refuses any other; an older or newer eksctl may know others.',
    severity: 'error',
    *run({ cluster }) {
      if ((regions as readonly string[]).includes(cluster.region)) return;
      yield {
        message: `${cluster.region} is no region that eksctl knows`,
        hint: didYouMean(cluster.region, regions, 'eksctl takes the regions where EKS is, such as us-east-1'),
        at: cluster.provenance.at('region'),
      };
    },
  },
  {
    id: 'arn-partition',
    title: 'ARNs are of the partition of the cluster’s region',
    why: 'China and GovCloud are worlds of their own: nothing there can name anything here, and the other way round.',
    severity: 'error',
    *run(view) {
      const partition = awsPartition(view.cluster.region);
      for (const { arn, user, at, app } of arnsOf(view)) {
        if (arn.partition === partition || /[*?]/.test(arn.partition)) continue;
        yield {
          message: `${user} names ${arn.text}, but region ${view.cluster.region} is in partition ${partition}`,
          hint: `ARNs of this region start with arn:${partition}:`,
          at,
          ...(app !== undefined && { app }),
        };
      }
    },
  },
  {
    id: 'arn-kind',
    title: 'an ARN names the kind of thing that its field takes',
    why: 'EKS refuses the cluster or the access entry only after minutes, a load balancer never gets its listener.',
    severity: 'error',
    *run(view) {
      for (const { arn, use, user, at, app } of arnsOf(view)) {
        const rule = kinds[use];
        if (rule === undefined || rule.form.test(`${arn.service}:${arn.resource}`)) continue;
        yield {
          message: `${user} names ${arn.text} where ${rule.noun} must stand`,
          hint: rule.hint,
          at,
          ...(app !== undefined && { app }),
        };
      }
    },
  },
  {
    id: 'arn-region',
    title: 'certificates and the encryption key are of the cluster’s region',
    why: 'Load balancer and control plane find them there only: the listener is never made, or the cluster is not.',
    severity: 'error',
    *run(view) {
      const { region } = view.cluster;
      for (const { arn, use, user, at, app } of arnsOf(view)) {
        const rule = regional[use];
        if (rule === undefined || arn.region === region || arn.region === '') continue;
        yield {
          message: `the ${rule.noun} of ${user} is in ${arn.region}, the cluster in ${region}`,
          hint: rule.hint,
          at,
          ...(app !== undefined && { app }),
        };
      }
    },
  },
  {
    id: 'arn-account',
    title: 'certificates and policies are of the cluster’s account',
    why: 'AWS refuses a certificate or policy of another account, and the role or listener is never made.',
    severity: 'error',
    *run(view) {
      const { accountId } = view.cluster;
      if (accountId === undefined) return;
      for (const { arn, use, user, at, app } of arnsOf(view)) {
        const rule = ofAccount[use];
        // `aws` is the account of AWS' own policies.
        if (rule === undefined || arn.account === accountId || arn.account === 'aws') continue;
        yield {
          message: `the ${rule.noun} ${arn.resource.split('/').at(-1) ?? ''} of ${user} is of account ${arn.account}, the cluster of ${accountId}`,
          hint: rule.hint,
          at,
          ...(app !== undefined && { app }),
        };
      }
    },
  },
];
