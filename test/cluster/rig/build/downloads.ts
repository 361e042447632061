// What the rig takes as it is published, because nobody builds it from source here: files of Maven's central repository.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { cacheFolder } from './paths.js';

interface Download {
  /** The name by which tests and people ask for it. */
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
}

/** By these names they are parts like the others (SPILLWAY_RIG_PARTS). */
export const DOWNLOADS: readonly Download[] = [
  {
    // The Groovy that Jenkins embeds. Maven Central states its sha1, 8e4f4c30dbb9123fbf703f256cd721bbac5c902a, which this file has.
    name: 'groovy-all.jar',
    url: 'https://repo.maven.apache.org/maven2/org/codehaus/groovy/groovy-all/2.4.21/groovy-all-2.4.21.jar',
    sha256: 'de65260cf2070442e99882f2f3d72e7531725c1e6a257446cc0cea525c607bd0',
  },
];

/**
 * Fetches what the cache does not have and returns name → path. Rejects where a file is not the pinned one.
 * @param names parts that are wanted, all of them when empty
 * @param say receives one line a step
 */
export async function fetchDownloads(
  names: readonly string[],
  say: (line: string) => void,
): Promise<ReadonlyMap<string, string>> {
  const wanted = DOWNLOADS.filter(({ name }) => names.length === 0 || names.includes(name));
  const files = new Map<string, string>();
  for (const download of wanted) files.set(download.name, await fetched(download, say));
  return files;
}

async function fetched({ name, url, sha256 }: Download, say: (line: string) => void): Promise<string> {
  const target = join(cacheFolder(), `${basename(url, '.jar')}-${sha256.slice(0, 16)}.jar`);
  if (existsSync(target) && hash(readFileSync(target)) === sha256) return target;
  say(`fetching ${name} from ${url} …`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (hash(bytes) !== sha256) throw new Error(`${url} has the sha256 ${hash(bytes)}, not ${sha256}`);
  mkdirSync(cacheFolder(), { recursive: true });
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, target);
  return target;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
