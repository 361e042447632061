import type { Kubectl } from '../kubectl.js';
import type { Finished, Run } from '../run.js';
import type { StepId, Target } from './step.js';

/** What a look before a step says of it. */
export type Finding =
  /** It has to be done; `commands` where not all of it, or something else instead. */
  | { readonly kind: 'todo'; readonly said?: string; readonly commands?: readonly string[] }
  /** It is done already. */
  | { readonly kind: 'done'; readonly said: string }
  /** It cannot be done now, and what follows does not need it. */
  | { readonly kind: 'skip'; readonly said: string }
  /** It cannot be done now, and nothing further either. */
  | { readonly kind: 'stop'; readonly reason: string; readonly todo: string };

/** What a look has to look with. */
export interface World {
  readonly target: Target;
  readonly run: Run;
  readonly kubectl: Kubectl;
  /** Whether a variable of the environment has a value. */
  readonly isSet: (variable: string) => boolean;
}

export type Look = (world: World) => Promise<Finding>;

/** The look before each step; those without one are done each time, which changes nothing the second time. */
export type Looks = Readonly<Partial<Record<StepId, Look>>>;

export const todo: Finding = { kind: 'todo' };

export function done(said: string): Finding {
  return { kind: 'done', said };
}

export function stop(reason: string, todo: string): Finding {
  return { kind: 'stop', reason, todo };
}

/** The line in which a program says what is wrong. */
export function complaint({ stderr, status }: Finished): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? `exit status ${status}`).trim();
}
