import { failure } from '../../delivery/failure.js';
import { lastBump } from '../../delivery/history.js';
import { readSources } from '../../spec/read/sources.js';
import { deliver, type Delivery } from '../bump/deliver.js';
import type { DeliveryFlags } from '../bump/options.js';
import { reportDelivery, reportRefusal } from '../bump/report.js';
import { clusterOf, findApp, subjectOf } from '../bump/subject.js';
import type { Context } from '../context.js';
import type { ExitCode } from '../exit-code.js';

export interface PromoteFlags extends DeliveryFlags {
  readonly from: string;
  readonly to: string;
}

/** `spillway promote APP --from A --to B`: what A has, tag and digest and build number, goes to B the way of a bump. */
export async function promote(context: Context, flags: PromoteFlags, app: string): Promise<ExitCode> {
  const { root, terminal } = context;
  const { from, to } = flags;
  const refuse = (refusal: Parameters<typeof reportRefusal>[1]) => reportRefusal(context, refusal, app);
  if (from === to) return refuse(failure('invalid-option', `--from and --to are both ${to}`));
  const subject = subjectOf(root, app);
  if ('diagnostics' in subject) return refuse(subject);
  for (const cluster of [from, to]) {
    const there = clusterOf(subject.value, app, cluster);
    if ('diagnostics' in there) return refuse(there);
  }
  const result = await deliver({
    ...{ root, terminal, flags, branch: subject.value.branchOf(to) },
    bumpAt: (...place) => promotionAt(app, flags, ...place),
  });
  return reportDelivery(context, result, app);
}

/** What `from` has at a commit. The build number is that of the bump which brought this very image; by hand there is none. */
async function promotionAt(
  app: string,
  { from, to, allowOlder }: PromoteFlags,
  ...[base, { git }, snapshot]: Parameters<Delivery['bumpAt']>
): ReturnType<Delivery['bumpAt']> {
  await snapshot.show(base, ['clusters', 'apps']);
  const found = findApp(readSources(snapshot.root), app);
  if ('diagnostics' in found) return found;
  const image = found.value.clusters.includes(from) ? found.value.imageOn(from) : undefined;
  if (image === undefined) return failure('image-missing', `${app} has no image on ${from}`, `see ${found.value.file}`);
  const last = await lastBump(git, base, { app, cluster: from });
  const brought = last?.image === image ? last : undefined;
  return {
    value: {
      ...{ app, cluster: to, image, promotedFrom: from, allowOlder: allowOlder === true },
      ...{ build: brought?.build, sourceCommit: brought?.sourceCommit },
    },
  };
}
