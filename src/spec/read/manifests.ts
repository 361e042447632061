import type { Diagnostic, Position } from '../../diagnostic/diagnostic.js';
import type { ManifestObject } from '../schema/specs.js';
import { repositoryPath } from '../schema/scalars.js';
import { readBytes } from './files.js';
import type { PositionTree, Written } from './positions.js';
import type { SourceDoc } from './source.js';
import { readDocuments } from './syntax.js';
import { decodeText } from './text.js';
import { walkDocument } from './walk.js';

/** A file of raw Kubernetes objects that an app names under `manifests:`. */
export interface ManifestFile {
  readonly path: string;
  /** For excerpts. */
  readonly text: string;
  readonly objects: readonly ManifestObject[];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of one document: itself, or the items of a List as `kubectl get -o yaml` writes it. */
function objectsOf(written: Written): Written[] {
  const { value, positions } = written;
  if (!isMap(value) || value['kind'] !== 'List' || !Array.isArray(value['items'])) return [written];
  const items: readonly unknown[] = value['items'];
  return items.map((item, index) => ({
    value: item,
    positions: positions.children.get('items')?.children.get(String(index)) ?? positions,
  }));
}

function missingPart(value: Record<string, unknown>): string | undefined {
  const metadata = value['metadata'];
  if (typeof value['apiVersion'] !== 'string' || value['apiVersion'] === '') return 'apiVersion';
  if (typeof value['kind'] !== 'string' || value['kind'] === '') return 'kind';
  if (!isMap(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '') return 'metadata.name';
  return undefined;
}

/** The Kubernetes objects of a YAML or JSON file with any number of documents, each with its position. */
export function parseManifest(path: string, bytes: Uint8Array): { manifest: ManifestFile; diagnostics: Diagnostic[] } {
  const { text, diagnostics: unreadable } = decodeText(path, bytes);
  if (unreadable.length > 0) return { manifest: { path, text, objects: [] }, diagnostics: unreadable };
  const read = readDocuments(path, text);
  const diagnostics = [...read.diagnostics];
  const objects: ManifestObject[] = [];
  for (const document of read.documents) {
    const written = walkDocument(document, read.span, 'manifest');
    diagnostics.push(...written.diagnostics);
    if (written.value === null) continue;
    for (const { value, positions } of objectsOf(written)) {
      const missing = isMap(value) ? missingPart(value) : '';
      if (!isMap(value) || missing !== undefined) {
        diagnostics.push({
          code: 'manifest-no-object',
          severity: 'error',
          message:
            missing === ''
              ? 'a manifest must hold Kubernetes objects, and this is not a map'
              : `a Kubernetes object must have \`${missing ?? ''}\``,
          hint: 'name only files with complete objects under `manifests:`; templates are not filled in',
          at: positions.at,
        });
        continue;
      }
      objects.push({ object: value, at: positions.at });
    }
  }
  return { manifest: { path, text, objects }, diagnostics };
}

/** The well-formed paths under a `manifests:` list, each with where it stands; the others are parsing's to complain about. */
function listed(value: unknown, positions: PositionTree | undefined): { path: string; at: Position }[] {
  if (!Array.isArray(value) || positions === undefined) return [];
  return value.flatMap((path: unknown, index) => {
    const at = positions.children.get(String(index))?.at;
    return typeof path === 'string' && at !== undefined && repositoryPath.safeParse(path).success ? [{ path, at }] : [];
  });
}

/** The well-formed paths that an app's file names under `manifests:`, of itself or of an override, each with where it stands. */
export function namedManifests(source: SourceDoc): { path: string; at: Position }[] {
  const found = listed(source.value?.['manifests'], source.positions.children.get('manifests'));
  const clusters = source.value?.['clusters'];
  if (!isMap(clusters)) return found;
  const below = source.positions.children.get('clusters')?.children;
  const overrides = Object.entries(clusters).flatMap(([cluster, override]) =>
    isMap(override) ? listed(override['manifests'], below?.get(cluster)?.children.get('manifests')) : [],
  );
  return [...found, ...overrides];
}

/** Every file that the apps name under `manifests:`, by path. What cannot be read is said where it is named. */
export function readManifests(
  root: string,
  sources: readonly SourceDoc[],
): { manifests: Map<string, ManifestFile>; diagnostics: Diagnostic[] } {
  const manifests = new Map<string, ManifestFile>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, at } of sources.filter(({ kind }) => kind === 'app').flatMap(namedManifests)) {
    if (manifests.has(path)) continue;
    const read = readBytes(root, path);
    if ('diagnostic' in read) {
      // A spec that names a file which is not there is wrong itself; it is not the machine that fails.
      const code = read.diagnostic.code === 'file-unreadable' ? 'manifest-unreadable' : read.diagnostic.code;
      diagnostics.push({ ...read.diagnostic, code, at });
      continue;
    }
    const parsed = parseManifest(path, read.bytes);
    manifests.set(path, parsed.manifest);
    diagnostics.push(...parsed.diagnostics);
  }
  return { manifests, diagnostics };
}
