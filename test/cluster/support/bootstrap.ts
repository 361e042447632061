import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadAll } from 'js-yaml';

import type { Cluster } from '../rig/cluster.js';
import type { RenderedObject } from './dist.js';

const RELEASE = /https:\/\/raw\.githubusercontent\.com\/argoproj\/argo-cd\/v3\.5\.3\/manifests\/install\.yaml/;

/**
 * What `kubectl kustomize <dist>/bootstrap` gives: upstream's release with our patches. The rig has no network, so
 * the one URL is replaced by the same release's file, out of the module that the rig has built Argo CD of.
 * @param dist dist/<cluster>/, see distFolder
 */
export async function kustomizedBootstrap(cluster: Cluster, dist: string): Promise<RenderedObject[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-bootstrap-'));
  try {
    cpSync(join(dist, 'bootstrap'), folder, { recursive: true });
    cpSync(cluster.site.file('argocd-install.yaml'), join(folder, 'install.yaml'));
    const path = join(folder, 'kustomization.yaml');
    const text = readFileSync(path, 'utf8');
    const replaced = text.replace(RELEASE, 'install.yaml');
    if (replaced === text) throw new Error('the bootstrap does not name the Argo CD release that the rig has built');
    writeFileSync(path, replaced);
    return loadAll(await cluster.kubectl(['kustomize', folder])) as RenderedObject[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
