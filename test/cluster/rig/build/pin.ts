// Resolves and writes test/cluster/rig/modules/<name>/{go.mod,go.sum}, and rig/python/requirements.txt: npm run rig:pin [-- NAME...]
// A Go module with `replace` lines cannot be installed by `go install m@v`; a wrapper module that carries them over can
// be built, pinned by hash, anywhere. Run it when a version in modules.ts changes, and commit what it writes.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkedGoVersion, runGo } from './go.js';
import { RIG_MODULES } from './modules.js';
import type { RigModule } from './modules.js';
import { modulesFolder } from './paths.js';
import { PYTHON_TOOLS, pinPythonTools } from './python-tools.js';

interface GoMod {
  readonly Go: string;
  readonly Replace: readonly Replace[] | null;
  readonly Exclude: readonly Version[] | null;
}
interface Replace {
  readonly Old: Version;
  readonly New: Version;
}
interface Version {
  readonly Path: string;
  readonly Version?: string;
}

async function pin(part: RigModule): Promise<void> {
  const folder = join(modulesFolder(), part.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const upstream = await upstreamGoMod(part, folder);
  writeFileSync(join(folder, 'go.mod'), wrapper(part, upstream));
  // `go list -deps` resolves every import of the main packages and writes the requirements and hashes, without compiling.
  await runGo(['list', '-mod=mod', '-deps', ...Object.values(part.binaries)], folder);
  await runGo(['mod', 'verify'], folder);
  const lines = readFileSync(join(folder, 'go.sum'), 'utf8').trimEnd().split('\n').length;
  console.log(`pinned ${part.module} ${part.version}: ${lines} hashes`);
}

async function upstreamGoMod(part: RigModule, cwd: string): Promise<GoMod> {
  const downloaded = JSON.parse(await runGo(['mod', 'download', '-json', `${part.module}@${part.version}`], cwd)) as {
    GoMod: string;
  };
  return JSON.parse(await runGo(['mod', 'edit', '-json', downloaded.GoMod], cwd)) as GoMod;
}

function wrapper(part: RigModule, upstream: GoMod): string {
  const excludes = (upstream.Exclude ?? []).map((it) => `exclude ${it.Path} ${it.Version ?? ''}`);
  return [
    `// Written by test/cluster/rig/build/pin.ts from ${part.module} ${part.version}; do not edit.`,
    `module spillway.test/rig/${part.name}`,
    `go ${upstream.Go}`,
    `require ${part.module} ${part.version}`,
    ...excludes,
    ...(upstream.Replace ?? []).flatMap((it) => replaceLine(part, it)),
    '',
  ].join('\n');
}

function replaceLine(part: RigModule, { Old: from, New: to }: Replace): string[] {
  if (part.droppedReplaces?.[from.Path] !== undefined) return [];
  const old = [from.Path, from.Version ?? ''].join(' ').trim();
  if (!to.Path.startsWith('.')) return [`replace ${old} => ${to.Path} ${to.Version ?? ''}`];
  const version = part.localReplaces?.(from.Path);
  if (version === undefined)
    throw new Error(
      `${part.module} replaces ${from.Path} by its folder ${to.Path}: say in modules.ts which version that is`,
    );
  return [`replace ${old} => ${from.Path} ${version}`];
}

async function main(names: readonly string[]): Promise<void> {
  checkedGoVersion();
  const unknown = names.filter((name) => name !== PYTHON_TOOLS && !RIG_MODULES.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Error(
      `no such part: ${unknown.join(', ')} (there are ${[...RIG_MODULES.map((it) => it.name), PYTHON_TOOLS].join(', ')})`,
    );
  for (const part of RIG_MODULES) if (names.length === 0 || names.includes(part.name)) await pin(part);
  if (names.length === 0 || names.includes(PYTHON_TOOLS)) pinPythonTools();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`rig:pin: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
