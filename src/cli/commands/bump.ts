import { pinned } from '../../delivery/registry/manifest-digest.js';
import { deliver } from '../bump/deliver.js';
import { buildNumber, image, sourceCommit, type DeliveryFlags } from '../bump/options.js';
import { reportDelivery, reportRefusal } from '../bump/report.js';
import { clusterOf, subjectOf } from '../bump/subject.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-code.js';

export interface BumpFlags extends DeliveryFlags {
  readonly image: string;
  readonly cluster?: string;
  readonly build?: string;
  readonly sourceCommit?: string;
  readonly digest?: boolean;
}

/** `spillway bump APP --image REF`: one line of the spec, rendered and committed with what follows from it. */
export async function bump(context: Context, flags: BumpFlags, app: string): Promise<ExitCode> {
  const { root, terminal } = context;
  const refuse = (refusal: Parameters<typeof reportRefusal>[1]) => reportRefusal(context, refusal, app);
  const [wanted, build, commit] = [image(flags.image), buildNumber(flags.build), sourceCommit(flags.sourceCommit)];
  if ('diagnostics' in wanted) return refuse(wanted);
  if ('diagnostics' in build) return refuse(build);
  if ('diagnostics' in commit) return refuse(commit);
  const subject = subjectOf(root, app);
  if ('diagnostics' in subject) return refuse(subject);
  const cluster = clusterOf(subject.value, app, flags.cluster);
  if ('diagnostics' in cluster) return refuse(cluster);

  if (flags.digest === true) terminal.progress('registry');
  const resolved = flags.digest === true ? await pinned(wanted.value, process.env) : wanted;
  if ('diagnostics' in resolved) return refuse(resolved);

  const value = {
    ...{ app, cluster: cluster.value, image: resolved.value, build: build.value, sourceCommit: commit.value },
    promotedFrom: undefined,
    allowOlder: flags.allowOlder === true,
  };
  const branch = subject.value.branchOf(cluster.value);
  const result = await deliver({ root, terminal, flags, branch, bumpAt: () => Promise.resolve({ value }) });
  return reportDelivery(context, result, app);
}
