import { checksReference } from '../checks/reference.js';
import { staleFiles, writeGenerated, type GeneratedFiles } from '../layout/generated.js';
import { appJsonSchema, clusterJsonSchema } from '../spec/schema/generate/json-schema.js';
import { specReference } from '../spec/schema/generate/reference.js';
import { exitCode } from './exit-code.js';

/** What is written from the code and committed: what editors and people read. */
function generatedFiles(): GeneratedFiles {
  const json = (schema: unknown) => `${JSON.stringify(schema, undefined, 2)}\n`;
  return new Map([
    ['schemas/app.json', json(appJsonSchema())],
    ['schemas/cluster.json', json(clusterJsonSchema())],
    ['docs/spec.md', specReference()],
    ['docs/checks.md', checksReference()],
  ]);
}

/** `npm run generate`, and `--check` in CI: a schema that lags behind the code tells people lies. */
function generate(args: readonly string[]): number {
  const root = '.';
  const unknown = args.filter((arg) => arg !== '--check');
  if (unknown.length > 0) {
    console.error(`generate: unknown argument ${unknown.join(' ')}; usage: generate [--check]`);
    return exitCode.misuse;
  }
  if (!args.includes('--check')) {
    const written = writeGenerated(root, generatedFiles());
    console.log(written.length === 0 ? 'generate: nothing changed' : `generate: wrote ${written.join(', ')}`);
    return exitCode.good;
  }
  const stale = staleFiles(root, generatedFiles());
  if (stale.length === 0) return exitCode.good;
  console.error(`generate: out of date: ${stale.join(', ')}; run \`npm run generate\``);
  return exitCode.problems;
}

process.exitCode = generate(process.argv.slice(2));
