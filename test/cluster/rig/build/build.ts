import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { fetchDownloads } from './downloads.js';
import { checkedGoVersion, goEnvironment, runGo } from './go.js';
import { RIG_MODULES } from './modules.js';
import type { RigModule } from './modules.js';
import { cacheFolder, modulesFolder } from './paths.js';
import { PYTHON_TOOLS, buildPythonTools } from './python-tools.js';

/** What is known of one part's build; kept beside its binaries as build.json. */
export interface BuildRecord {
  readonly part: string;
  readonly module: string;
  readonly go: string;
  /** Wall time of the build, download of the sources included, in seconds. */
  readonly seconds: number;
  /** Binary name → size in bytes. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly builtAt: string;
}

/** What the cache holds: where each binary and each asset lies, and the record of each part. */
export interface BuiltParts {
  /** Binary or asset name → absolute path. */
  readonly files: ReadonlyMap<string, string>;
  readonly records: readonly BuildRecord[];
}

const FLAGS = ['-mod=readonly', '-trimpath', '-buildvcs=false'];

/**
 * Builds whatever is not yet in the cache, one part at a time, and returns where the binaries are.
 * @param names parts to build, all of them, the Python tools and the downloads when empty
 * @param say receives one line a step
 */
export async function buildParts(names: readonly string[], say: (line: string) => void): Promise<BuiltParts> {
  const wanted = RIG_MODULES.filter((part) => names.length === 0 || names.includes(part.name));
  const go = checkedGoVersion();
  const missing = wanted.filter((part) => !existsSync(recordPath(part, go)));
  if (missing.length > 0)
    say(
      `building ${missing.length} of ${wanted.length} parts from source with Go ${go} into ${cacheFolder()}: ${missing.map((it) => it.name).join(', ')}`,
    );
  for (const [index, part] of missing.entries()) await buildPart(part, go, `[${index + 1}/${missing.length}]`, say);
  const { files, records } = locate(wanted, go);
  const python = names.length === 0 || names.includes(PYTHON_TOOLS) ? buildPythonTools(say) : [];
  const downloads = await fetchDownloads(names, say);
  return { files: new Map([...files, ...python, ...downloads]), records };
}

async function buildPart(part: RigModule, go: string, position: string, say: (line: string) => void): Promise<void> {
  const source = join(modulesFolder(), part.name);
  const target = partFolder(part, go);
  const temporary = `${target}.building-${process.pid}`;
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 100) / 10;
  say(`${position} ${part.module} ${part.version} …`);
  mkdirSync(temporary, { recursive: true });
  const progress = setInterval(() => {
    say(`${position} ${part.name}: still compiling after ${seconds().toFixed(0)} s`);
  }, 60_000);
  try {
    for (const [name, path] of Object.entries(part.binaries))
      await runGo(['build', ...FLAGS, '-ldflags', linkerFlags(part), '-o', join(temporary, name), path], source);
    await copyAssets(part, source, temporary);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  } finally {
    clearInterval(progress);
  }
  const bytes = Object.fromEntries(
    Object.keys(part.binaries).map((name) => [name, statSync(join(temporary, name)).size]),
  );
  const record: BuildRecord = {
    part: part.name,
    module: `${part.module}@${part.version}`,
    go,
    seconds: seconds(),
    bytes,
    builtAt: new Date(started).toISOString(),
  };
  writeFileSync(join(temporary, 'build.json'), `${JSON.stringify(record, null, 2)}\n`);
  rmSync(target, { recursive: true, force: true });
  renameSync(temporary, target);
  say(`${position} ${describeRecord(record)}`);
}

/** Go's module cache may be emptied between runs, so what is needed at run time is copied; it is read-only there. */
async function copyAssets(part: RigModule, source: string, target: string): Promise<void> {
  if (part.assets === undefined) return;
  const moduleFolder = (await runGo(['list', '-m', '-f', '{{.Dir}}', part.module], source)).trim();
  for (const [name, path] of Object.entries(part.assets)) {
    copyFileSync(join(moduleFolder, path), join(target, name));
    chmodSync(join(target, name), 0o755);
  }
}

function locate(parts: readonly RigModule[], go: string): BuiltParts {
  const files = new Map<string, string>();
  for (const part of parts)
    for (const name of Object.keys({ ...part.binaries, ...part.assets }))
      files.set(name, join(partFolder(part, go), name));
  const records = parts.map((part) => JSON.parse(readFileSync(recordPath(part, go), 'utf8')) as BuildRecord);
  return { files, records };
}

/** "kwok: 84 MB in 114 s", the line that a build prints and docs/proof.md keeps. */
export function describeRecord(record: BuildRecord): string {
  const sizes = Object.entries(record.bytes).map(([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(0)} MB`);
  return `${record.part}: ${sizes.join(', ')} in ${record.seconds.toFixed(0)} s`;
}

/** The pins, the compiler and the flags decide the bytes, so they name the folder. */
function partFolder(part: RigModule, go: string): string {
  const folder = join(modulesFolder(), part.name);
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(folder, file)));
  const { CGO_ENABLED: cgo } = goEnvironment();
  hash.update(JSON.stringify([go, process.platform, process.arch, cgo, FLAGS, linkerFlags(part), part.binaries]));
  if (part.assets !== undefined) hash.update(JSON.stringify(part.assets));
  return join(cacheFolder(), `${part.name}-${hash.digest('hex').slice(0, 16)}`);
}

function recordPath(part: RigModule, go: string): string {
  return join(partFolder(part, go), 'build.json');
}

function linkerFlags(part: RigModule): string {
  return ['-s', '-w', ...Object.entries(part.stamps ?? {}).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}
