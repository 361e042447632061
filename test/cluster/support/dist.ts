import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { load } from 'js-yaml';

/** The clusters of this repository. */
export const CLUSTERS = ['prod', 'staging'] as const;
export type ClusterName = (typeof CLUSTERS)[number];

const dist = process.env['SPILLWAY_DIST'] ?? join(process.cwd(), 'dist');

/** A rendered file and what it holds. */
export interface RenderedFile {
  /** Relative to dist/<cluster>/. */
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
  };
}

/** Every object of dist/<cluster>/, as its file is committed. The bootstrap's kustomization is no object: see kustomized. */
export function renderedFiles(cluster: ClusterName): RenderedFile[] {
  const folder = join(dist, cluster);
  if (!existsSync(folder)) throw new Error(`no ${folder}: run \`npm start\` first`);
  return filesBelow(folder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('/kustomization.yaml'))
    .map((file) => ({
      path: relative(folder, file),
      file,
      object: load(readFileSync(file, 'utf8')) as RenderedObject,
    }));
}

/**
 * dist/<cluster>/bootstrap/ as a folder that kustomize can build without a network: its one URL is replaced by the same
 * release's file from the module that the rig built Argo CD of.
 */
export function offlineBootstrap(cluster: ClusterName, installFile: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-bootstrap-'));
  cpSync(join(dist, cluster, 'bootstrap'), folder, { recursive: true });
  cpSync(installFile, join(folder, 'install.yaml'));
  const path = join(folder, 'kustomization.yaml');
  const text = readFileSync(path, 'utf8');
  const replaced = text.replace(
    /https:\/\/raw\.githubusercontent\.com\/argoproj\/argo-cd\/v3\.5\.3\/manifests\/install\.yaml/,
    'install.yaml',
  );
  if (replaced === text) throw new Error('the bootstrap does not name the Argo CD release that the rig has built');
  writeFileSync(path, replaced);
  return folder;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
