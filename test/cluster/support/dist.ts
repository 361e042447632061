import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { load } from 'js-yaml';

/** The clusters of this repository. */
export const CLUSTERS = ['prod', 'staging'] as const;
export type ClusterName = (typeof CLUSTERS)[number];

/** dist/<cluster>/, which `npm start` has written. */
export function distFolder(cluster: ClusterName): string {
  const folder = join(process.cwd(), 'dist', cluster);
  if (!existsSync(folder)) throw new Error(`no ${folder}: run \`npm start\` first`);
  return folder;
}

/** A rendered file and what it holds. */
export interface RenderedFile {
  /** Relative to dist/<cluster>/ or to the folder that stands for it. */
  readonly path: string;
  readonly file: string;
  readonly object: RenderedObject;
}

/** What every rendered object has. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
}

/** Every object of dist/<cluster>/, as its file is committed. The bootstrap's kustomization is no object: see kustomizedBootstrap. */
export function renderedFiles(cluster: ClusterName): RenderedFile[] {
  return renderedFilesBelow(distFolder(cluster));
}

/** The same of another rendered tree. */
export function renderedFilesBelow(folder: string): RenderedFile[] {
  return filesBelow(folder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('/kustomization.yaml'))
    .map((file) => ({
      path: relative(folder, file),
      file,
      object: load(readFileSync(file, 'utf8')) as RenderedObject,
    }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
