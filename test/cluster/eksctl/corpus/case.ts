import { eksctl, quiet } from '../../../checks/cases/case.js';

/** A cluster spec, good or broken, and what we and eksctl 0.230.0 say of it. */
export interface CorpusCase {
  /** What it tries, in a few words. */
  readonly name: string;
  readonly cluster: string;
  readonly apps: Readonly<Record<string, string>>;
  /** The codes of our errors, in alphabetical order; none where we accept it. */
  readonly ours: readonly string[];
  /** A part of what eksctl refuses it with; '' where it accepts it, `unread` where there is nothing to give to it. */
  readonly eksctl: string | typeof unread;
}

/** The spec cannot even be read, so there is no ClusterConfig to judge. */
export const unread = Symbol('unread');

/** A case; `ours` is the codes of our errors with commas between. */
export function one(
  name: string,
  ours: string,
  verdict: string | typeof unread,
  cluster: string,
  apps: Readonly<Record<string, string>> = {},
): CorpusCase {
  return { name, cluster: quiet(cluster), apps, ours: ours === '' ? [] : ours.split(','), eksctl: verdict };
}

/** The cluster `prod` with one patch of its ClusterConfig that sets a field. */
export function set(path: string, value: string): string {
  return eksctl(`{op: add, path: ${path}, value: ${value}}`);
}

/** The same with one that takes a field away. */
export function del(path: string): string {
  return eksctl(`{op: remove, path: ${path}}`);
}

export const account = '111122223333';
