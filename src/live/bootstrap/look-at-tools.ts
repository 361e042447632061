import { isObject, textAt } from '../json.js';
import { complaint, done, stop } from './findings.js';
import type { Finding, World } from './findings.js';
import type { RequiredTool } from './tools.js';
import { isRecentEnough, toolText, versionIn } from './tools.js';

/** Whether every tool is there and recent enough, and whose account it is. */
export async function lookAtTools({ run, target }: World): Promise<Finding> {
  const found = await Promise.all(
    target.tools.map(async (tool) => {
      const { status, stdout } = await run(tool.name, tool.versionArgs);
      return { tool, version: status === 0 ? (versionIn(stdout) ?? 'an unknown version') : undefined };
    }),
  );
  const wrong = found.flatMap(({ tool, version }) => {
    const problem = toolProblem(tool, version);
    return problem === undefined ? [] : [problem];
  });
  if (wrong.length > 0) return stop(wrong.join('; '), 'install what is missing or too old');
  const versions = found.map(({ tool, version }) => `${tool.name} ${version ?? ''}`).join(', ');
  return target.existing ? done(versions) : lookAtAccount({ run, target }, versions);
}

function toolProblem(tool: RequiredTool, version: string | undefined): string | undefined {
  if (version === undefined) return `there is no ${tool.name} on PATH (${tool.from})`;
  return isRecentEnough(version, tool)
    ? undefined
    : `${tool.name} is ${version}, needed: ${toolText(tool)} (${tool.from})`;
}

async function lookAtAccount({ run, target }: Pick<World, 'run' | 'target'>, versions: string): Promise<Finding> {
  const identity = await run('aws', ['sts', 'get-caller-identity', '--output', 'json']);
  if (identity.status !== 0) return stop(complaint(identity), 'log in to AWS');
  const parsed: unknown = parsedOr(identity.stdout);
  const [account, arn] = [textAt(parsed, 'Account') ?? 'unknown', textAt(parsed, 'Arn') ?? 'unknown'];
  if (target.accountId !== undefined && target.accountId !== account)
    return stop(
      `these are credentials of AWS account ${account}, and the cluster's spec says ${target.accountId}`,
      'log in to the other one',
    );
  return done(`${versions}; AWS account ${account} as ${arn}`);
}

function parsedOr(json: string): unknown {
  try {
    const parsed: unknown = JSON.parse(json);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
