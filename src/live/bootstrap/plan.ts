import type { ResolvedCluster } from '../../model/resolved.js';
import { externalSecrets } from '../expectation.js';
import type { Connection } from '../kubectl.js';
import { secretCommands } from './secret-commands.js';
import type { Step, Target } from './step.js';
import { stepsOf } from './steps.js';
import { requiredTools } from './tools.js';

export interface Plan extends Target {
  readonly steps: readonly Step[];
}

export interface PlanOptions {
  /** Way from the working directory to the root: '' or 'some/folder/'. */
  readonly pathPrefix: string;
  /** With a context, that of a cluster that exists already: made by other means, or before. */
  readonly connection: Connection;
  /** Path of each rendered Namespace, by its name. */
  readonly namespaceFiles: ReadonlyMap<string, string>;
}

/** The steps of a cluster, in an order that works, each safe to repeat. */
export function bootstrapPlan(cluster: ResolvedCluster, { pathPrefix, connection, namespaceFiles }: PlanOptions): Plan {
  const { name, region, production, accountId, gitops } = cluster;
  const existing = connection.context !== undefined;
  const chosen: Connection = existing ? connection : { ...connection, context: name };
  const target: Target = {
    cluster: name,
    region,
    production,
    ...(accountId !== undefined && { accountId }),
    repository: gitops.repository,
    branch: gitops.branch,
    ...(gitops.webhook && { webhookHost: gitops.webhook.host }),
    publicEndpoint: cluster.endpoint.public,
    argoCdVersion: cluster.components.argoCd.version,
    connection: chosen,
    existing,
    nodeGroups: cluster.nodeGroups.map((group) => group.name),
    pathPrefix,
    tools: requiredTools(cluster.kubernetesVersion, existing),
    secrets: externalSecrets(cluster).map((secret) => ({
      ...secret,
      commands: secretCommands(secret, chosen, namespaceFiles.get(secret.namespace)),
    })),
  };
  return { ...target, steps: stepsOf(target) };
}
