import { createColors } from 'picocolors';
import type { AppliedStep } from '../live/bootstrap/apply.js';
import type { Plan } from '../live/bootstrap/plan.js';
import { printable } from './plain-text.js';

interface Options {
  readonly colour: boolean;
}

/** The plan as a script that a person can read, run line by line, or run as a whole. */
export function planScript(plan: Plan, { colour }: Options): string {
  const { dim, bold } = createColors(colour);
  return [
    bold(`# From nothing to a syncing cluster ${plan.cluster}: in this order, from this folder, in a POSIX shell.`),
    dim(`# The same call with --apply runs them, and leaves alone what is there already.`),
    '',
    ...plan.steps.flatMap((step, index) => [
      bold(comment(`${index + 1}. ${step.title}`)),
      ...step.notes.map((note) => dim(comment(note))),
      ...step.commands,
      '',
    ]),
  ].join('\n');
}

/**
 * A comment that does no harm where it is pasted into a shell that knows no comments, as zsh does not by itself: no quote is opened, and
 * nothing in it is carried out.
 */
function comment(text: string): string {
  return `# ${printable(text).replaceAll(/[^\p{L}\p{N} .,:/@%+=_-]/gu, ' ')}`;
}

/** The same for programs; with what became of each step, where they were done. */
export function planJson(plan: Plan, applied: readonly AppliedStep[] | undefined): string {
  const steps = plan.steps.map(({ id, title, notes, commands }) => {
    const result = applied?.find((candidate) => candidate.id === id);
    return {
      id,
      title,
      notes,
      commands,
      ...(result && { outcome: result.outcome, said: result.said, todo: result.todo }),
    };
  });
  const { cluster, region, production, repository, branch, connection } = plan;
  return `${JSON.stringify({ version: 1, cluster, region, production, repository, branch, ...connection, steps }, null, 2)}\n`;
}
