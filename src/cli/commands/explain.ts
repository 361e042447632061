import { hasErrors } from '../../diagnostic/diagnostic.js';
import { explainPart } from '../../model/explain-part.js';
import type { ExplainedField, Provenance } from '../../model/origin.js';
import { renderRepository } from '../../pipeline.js';
import { explainJson, explainTable } from '../../report/explain.js';
import type { Explanation } from '../../report/explain.js';
import { didYouMean } from '../did-you-mean.js';
import { exitCode, exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { pathPrefix, printReport } from '../print-report.js';
import type { Context } from '../context.js';

export interface ExplainFlags {
  readonly cluster?: string;
  readonly format: 'human' | 'json';
}

/** `spillway explain APP [FIELD]`: the resolved values of an app on its clusters, and the line or the reason behind each. */
export async function explain(context: Context, flags: ExplainFlags, app: string, field?: string): Promise<ExitCode> {
  const { clusters, diagnostics, sources } = await renderRepository(context.root);
  const all = clusters.flatMap(({ cluster }) =>
    cluster.apps.map(({ name, provenance }) => ({ app: name, cluster: cluster.name, provenance })),
  );
  const ofApp = all.filter((entry) => entry.app === app);
  if (ofApp.length === 0 && hasErrors(diagnostics)) {
    await printReport(context, { diagnostics, sources }, 'human');
    return exitCodeFor(diagnostics);
  }
  if (ofApp.length === 0)
    return misuse(
      context,
      'app',
      app,
      all.map((entry) => entry.app),
    );

  const onClusters = ofApp.filter(({ cluster }) => flags.cluster === undefined || cluster === flags.cluster);
  if (onClusters.length === 0)
    return misuse(
      context,
      `cluster with ${app}`,
      flags.cluster ?? '',
      ofApp.map(({ cluster }) => cluster),
    );

  const explanations: Explanation[] = onClusters.map(({ cluster, provenance }) => ({
    app,
    cluster,
    fields: matching(provenance, field),
  }));
  if (field !== undefined && explanations.every(({ fields }) => fields.length === 0)) {
    const paths = onClusters.flatMap(({ provenance }) => provenance.fields.flatMap(({ path }) => withParents(path)));
    const topLevel = paths.filter((path) => !path.includes('.'));
    return misuse(context, `field of ${app}`, field, paths, topLevel);
  }
  const { colour } = context.terminal;
  context.terminal.out(
    flags.format === 'json'
      ? explainJson(explanations)
      : explainTable(explanations, { colour, pathPrefix: pathPrefix(context.root) }),
  );
  return exitCode.good;
}

/** The field and all below it; where there is none, a part of one, or those whose path begins with these letters. */
function matching(provenance: Provenance, wanted: string | undefined): readonly ExplainedField[] {
  const { fields } = provenance;
  if (wanted === undefined) return fields;
  const below = fields.filter(
    ({ path }) => path === wanted || path.startsWith(`${wanted}.`) || path.startsWith(`${wanted}[`),
  );
  if (below.length > 0) return below;
  const part = explainPart(provenance, wanted);
  return part === undefined ? fields.filter(({ path }) => path.startsWith(wanted)) : [part];
}

/** `scale.up.select` → `scale`, `scale.up`, `scale.up.select`. */
function withParents(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}

function misuse({ terminal }: Context, what: string, name: string, known: readonly string[], listed = known): ExitCode {
  const hint = known.length === 0 ? 'there is none yet' : didYouMean(name, known, listed);
  terminal.err(`error: there is no ${what} named ${name}\n  hint: ${hint}\n`);
  return exitCode.misuse;
}
