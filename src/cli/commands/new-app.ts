import { hasErrors } from '../../diagnostic/diagnostic.js';
import { renderSources } from '../../pipeline.js';
import { createFiles } from '../../spec/edit/create.js';
import { aboutOptions } from '../../spec/edit/options.js';
import { appText } from '../../spec/edit/templates.js';
import { parseSource } from '../../spec/read/source.js';
import { readSources } from '../../spec/read/sources.js';
import { exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { printReport } from '../print-report.js';
import type { Context } from '../context.js';

export interface NewAppFlags {
  readonly image: string;
  readonly port?: string;
}

/** `spillway new app NAME`: the smallest spec of an app, on every cluster; checked before it is written, and overwriting nothing. */
export async function newApp(context: Context, { image, port }: NewAppFlags, name: string): Promise<ExitCode> {
  const there = readSources(context.root);
  const clusters = there.sources.flatMap(({ file }) => /^clusters\/([^/]+)\.ya?ml$/.exec(file)?.[1] ?? []);
  const path = `apps/${name}.yaml`;
  const text = appText({ name, image, port, clusters });
  const { source, diagnostics } = parseSource('app', path, new TextEncoder().encode(text));
  const others = there.sources.filter(({ file }) => file !== path);
  const rendered = await renderSources({ sources: [...others, source], manifests: there.manifests, diagnostics });
  // What is wrong elsewhere is for `check` to say.
  const own = rendered.diagnostics.filter(({ at }) => at?.file === path);

  const options = { name: 'NAME', image: '--image', port: '--port' };
  // What is refused is never on disk: a place in it would lead nowhere.
  const said = hasErrors(own) ? aboutOptions(own, source.positions, options) : own;
  const found = clusters.length === 0 ? there.diagnostics : said;
  const refusals = hasErrors(found) ? [] : createFiles(context.root, new Map([[path, text]]));
  const all = [...(refusals.length > 0 ? [] : found), ...refusals];
  await printReport(context, { diagnostics: all, sources: new Map([[path, text]]) }, 'human');
  if (!hasErrors(all)) context.terminal.out(`created ${path}\nnext: spillway render\n`);
  return exitCodeFor(all);
}
