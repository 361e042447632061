import { renderSources } from '../../pipeline.js';
import { createFiles } from '../../spec/edit/create.js';
import { aboutOptions } from '../../spec/edit/options.js';
import { clusterText } from '../../spec/edit/templates.js';
import { parseSource } from '../../spec/read/source.js';
import { appJsonSchema, clusterJsonSchema } from '../../spec/schema/generate/json-schema.js';
import { exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { printReport } from '../print-report.js';
import type { Context } from '../context.js';

export interface InitFlags {
  readonly name: string;
  readonly region: string;
  readonly repository: string;
}

const attributes = 'dist/** text eol=lf linguist-generated\neksctl/** text eol=lf linguist-generated\n';

/** `spillway init`: a cluster spec, the editors' schemas and the line ends of what will be rendered. Overwrites nothing. */
export async function init(context: Context, { name, region, repository }: InitFlags): Promise<ExitCode> {
  const path = `clusters/${name}.yaml`;
  const text = clusterText({ name, region, repository });
  const { source, diagnostics } = parseSource('cluster', path, new TextEncoder().encode(text));
  const rendered = await renderSources({ sources: [source], manifests: new Map(), diagnostics });
  const wrong = aboutOptions(
    rendered.diagnostics.filter(({ severity }) => severity === 'error'),
    source.positions,
    { name: '--name', region: '--region', 'gitops.repository': '--repository' },
  );

  const files = new Map([
    [path, text],
    ['schemas/cluster.json', `${JSON.stringify(clusterJsonSchema(), undefined, 2)}\n`],
    ['schemas/app.json', `${JSON.stringify(appJsonSchema(), undefined, 2)}\n`],
    ['.gitattributes', attributes],
    ['.gitignore', 'node_modules/\n'],
  ]);
  const all = wrong.length > 0 ? wrong : createFiles(context.root, files, new Set([...files.keys()].slice(1)));
  await printReport(context, { diagnostics: all, sources: new Map([[path, text]]) }, 'human');
  if (all.length === 0) {
    context.terminal.out(`created ${path}; where missing, also ${[...files.keys()].slice(1).join(', ')}\n`);
    context.terminal.out(nextLines(name));
  }
  return exitCodeFor(all);
}

/** What comes next in the new repository; Spillway is on no registry, so that a person says where it is. */
function nextLines(cluster: string): string {
  const commands: readonly (readonly [command: string, why: string])[] = [
    [
      'npm install --save-dev SPILLWAY',
      'its Git URL (git+https://…) or folder: one version for everybody, CI included',
    ],
    ['npx spillway new app NAME --image IMAGE --port PORT', 'for each app'],
    ['npx spillway render', 'then commit all of it, and push'],
    [`npx spillway bootstrap ${cluster}`, 'every command from nothing to a syncing cluster'],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  return `next:\n${commands.map(([command, why]) => `  ${command.padEnd(width)}  # ${why}\n`).join('')}`;
}
