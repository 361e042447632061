import type { Plan } from './plan.js';
import type { World } from './findings.js';
import { looks } from './look-before.js';
import type { Step, StepId } from './step.js';

/** What became of a step. */
export interface AppliedStep {
  readonly id: StepId;
  readonly outcome: 'done' | 'already' | 'skipped' | 'failed';
  /** What was found, or what went wrong. */
  readonly said?: string;
  /** What to do where it failed. */
  readonly todo?: string;
}

export interface ApplyOptions {
  readonly world: World;
  /** Told of each step as it begins, of what is found before it, and of what its commands print. */
  readonly begin: (step: Step, number: number, of: number) => void;
  readonly say: (text: string) => void;
  readonly show: (text: string) => void;
  /** Asked once, before the first step that changes something. */
  readonly confirm: () => Promise<boolean>;
  /** The last step, which Spillway does itself; what is not well in the end. */
  readonly wait: () => Promise<string | undefined>;
}

/** Steps that change nothing. */
const harmless: ReadonlySet<StepId> = new Set(['tools', 'repository']);

/**
 * Does the steps in their order, each by the commands that the plan prints, and ends with the first that fails. What is done already is
 * said and left alone, so that the same call goes on where an earlier one ended.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<readonly AppliedStep[]> {
  const { begin, say, confirm, wait } = options;
  const applied: AppliedStep[] = [];
  let confirmed = false;
  for (const [index, step] of plan.steps.entries()) {
    if (!harmless.has(step.id) && !confirmed) {
      confirmed = await confirm();
      if (!confirmed)
        return [...applied, { id: step.id, outcome: 'failed', said: 'not confirmed', todo: 'nothing was changed' }];
    }
    begin(step, index + 1, plan.steps.length);
    const result = step.id === 'wait' ? await waited(step, wait) : await carriedOut(step, options);
    if (result.said !== undefined && result.outcome !== 'failed') say(result.said);
    applied.push(result);
    if (result.outcome === 'failed') break;
  }
  return applied;
}

async function waited({ id, onFailure }: Step, wait: () => Promise<string | undefined>): Promise<AppliedStep> {
  const said = await wait();
  return said === undefined ? { id, outcome: 'done' } : { id, outcome: 'failed', said, todo: onFailure };
}

async function carriedOut(step: Step, { world, say, show }: ApplyOptions): Promise<AppliedStep> {
  const { id } = step;
  const finding = (await looks[id]?.(world)) ?? { kind: 'todo' as const };
  switch (finding.kind) {
    case 'done':
      return { id, outcome: 'already', said: finding.said };
    case 'skip':
      return { id, outcome: 'skipped', said: finding.said };
    case 'stop':
      return { id, outcome: 'failed', said: finding.reason, todo: finding.todo };
    case 'todo':
  }
  if (finding.said !== undefined) say(finding.said);
  for (const command of finding.commands ?? step.commands) {
    // As a person's shell would, so that what runs is what is printed.
    const { status } = await world.run('sh', ['-c', command], { show });
    if (status !== 0)
      return { id, outcome: 'failed', said: `exit status ${status} of: ${command}`, todo: step.onFailure };
  }
  return { id, outcome: 'done' };
}
