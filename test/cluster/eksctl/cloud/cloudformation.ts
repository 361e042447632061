import { createHash } from 'node:crypto';

import { formList, queryAnswer } from './query.js';
import type { QueryValue } from './query.js';
import { evaluate } from './template.js';
import type { Surroundings, Template } from './template.js';

/** One CreateStack request: what eksctl would have had built. */
export interface RecordedStack {
  readonly name: string;
  readonly template: Template;
  /** The stack's tags; CloudFormation copies them to every resource of it that takes tags, Auto Scaling groups among them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  /** Logical id → name or id that AWS would have given. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

/** Makes the VPC and the subnets of a template exist, so that EC2 can be asked of them; returns their ids by logical id. */
export type NetworkMaker = (template: Template) => Promise<ReadonlyMap<string, string>>;

/** Whose stacks these are, and the API server that every cluster of them has. */
export type Account = Pick<Surroundings, 'accountId' | 'region' | 'clusterAttributes'>;

/** CloudFormation as far as `eksctl create cluster` needs it: records each stack, and calls it complete at once. */
export class CloudFormation {
  /** In the order of the requests. */
  readonly stacks: RecordedStack[] = [];
  private readonly account: Account;
  private readonly makeNetwork: NetworkMaker;

  constructor(account: Account, makeNetwork: NetworkMaker) {
    this.account = account;
    this.makeNetwork = makeNetwork;
  }

  /** The answer to an action, or undefined for one that is not played. */
  async answer(action: string, form: URLSearchParams): Promise<string | undefined> {
    switch (action) {
      case 'CreateStack':
        return queryAnswer(action, { StackId: this.stackId(await this.create(form)) });
      case 'DescribeStacks':
        return queryAnswer(action, { Stacks: [this.described(this.find(form.get('StackName')))] });
      case 'DescribeStackResource':
        return queryAnswer(action, {
          StackResourceDetail: resourceDetail(this.find(form.get('StackName')), form.get('LogicalResourceId') ?? ''),
        });
      case 'ListStacks':
        return queryAnswer(action, { StackSummaries: this.stacks.map((stack) => this.described(stack)) });
      default:
        return undefined;
    }
  }

  private async create(form: URLSearchParams): Promise<RecordedStack> {
    const name = form.get('StackName') ?? '';
    const template = JSON.parse(form.get('TemplateBody') ?? '') as Template;
    const network = await this.makeNetwork(template);
    const stack: RecordedStack = {
      name,
      template,
      tags: Object.fromEntries(formList(form, 'Tags').map(({ Key = '', Value = '' }) => [Key, Value])),
      capabilities: formList(form, 'Capabilities').map((item) => item[''] ?? ''),
      physicalIds: new Map(
        Object.entries(template.Resources).map(([id, { Properties }]) => [
          id,
          network.get(id) ?? givenName(Properties) ?? generatedName(name, id),
        ]),
      ),
    };
    this.stacks.push(stack);
    return stack;
  }

  private find(nameOrId: string | null): RecordedStack {
    const name = nameOrId?.replace(/^arn:.*:stack\//, '').replace(/\/.*$/, '');
    const stack = this.stacks.find((it) => it.name === name);
    if (stack === undefined) throw new Error(`Stack with id ${nameOrId ?? ''} does not exist`);
    return stack;
  }

  private stackId({ name }: RecordedStack): string {
    return `arn:aws:cloudformation:${this.account.region}:${this.account.accountId}:stack/${name}/00000000-0000-0000-0000-000000000000`;
  }

  private described(stack: RecordedStack): QueryValue {
    const around: Surroundings = { ...this.account, stackName: stack.name, physicalIds: stack.physicalIds };
    return {
      StackName: stack.name,
      StackId: this.stackId(stack),
      CreationTime: new Date().toISOString(),
      StackStatus: 'CREATE_COMPLETE',
      Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
      Outputs: Object.entries(stack.template.Outputs ?? {}).map(([OutputKey, { Value }]) => ({
        OutputKey,
        OutputValue: evaluate(Value, stack.template, around),
      })),
    };
  }
}

/** Names that a template states itself: of the cluster, of roles. */
function givenName(properties: Readonly<Record<string, unknown>>): string | undefined {
  const name = properties['RoleName'] ?? properties['Name'];
  return typeof name === 'string' ? name : undefined;
}

/** CloudFormation's own names, "stack-logicalId-random" (user guide, "Physical IDs"); not random here, so that runs compare. */
function generatedName(stack: string, logicalId: string): string {
  const digest = createHash('sha256').update(`${stack}/${logicalId}`).digest();
  const letters = [...digest.subarray(0, 12)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[byte % 36]);
  return `${stack}-${logicalId}-${letters.join('')}`;
}

function resourceDetail(stack: RecordedStack, logicalId: string): QueryValue {
  const type = stack.template.Resources[logicalId]?.Type;
  if (type === undefined) throw new Error(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  return {
    StackName: stack.name,
    LogicalResourceId: logicalId,
    PhysicalResourceId: stack.physicalIds.get(logicalId),
    ResourceType: type,
    LastUpdatedTimestamp: new Date().toISOString(),
    ResourceStatus: 'CREATE_COMPLETE',
  };
}
