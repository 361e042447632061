import { imageParts } from './registry/reference.js';

/** What a bump's commit says of itself in its trailers (git-interpret-trailers(1)), so that the rendered commit leads back to the code. */
export interface BumpRecord {
  readonly app: string;
  readonly cluster: string;
  readonly image: string;
  /** What the cluster had before; absent where the record was written by hand. */
  readonly previousImage?: string;
  /** The build server's number, by which late builds are told from new ones. */
  readonly build?: number;
  /** The commit of the app's own source. */
  readonly sourceCommit?: string;
  /** The cluster that a promotion took the image from. */
  readonly promotedFrom?: string;
}

const names = {
  app: 'Spillway-App',
  cluster: 'Spillway-Cluster',
  image: 'Spillway-Image',
  previousImage: 'Spillway-Previous-Image',
  build: 'Spillway-Build',
  promotedFrom: 'Spillway-Promoted-From',
  sourceCommit: 'Source-Commit',
} as const;

/** The whole message of a bump's commit: a subject of what changes where, and the record as its trailers. */
export function bumpMessage(record: BumpRecord): string {
  const { app, cluster, image, previousImage } = record;
  const versions = previousImage === undefined ? shortVersion(image) : versionStep(previousImage, image);
  const trailers = Object.entries(names).flatMap(([field, name]) => {
    const value = record[field as keyof BumpRecord];
    return value === undefined ? [] : [`${name}: ${value}`];
  });
  return `${app} on ${cluster}: ${versions}\n\n${trailers.join('\n')}\n`;
}

/** `1.4.2 → 1.4.3`; whole references where the versions alone would look the same. */
export function versionStep(before: string, after: string): string {
  const [old, now] = [shortVersion(before), shortVersion(after)];
  return old === now ? `${before} → ${after}` : `${old} → ${now}`;
}

/** The tag of an image reference, else the start of its digest, else the reference. */
export function shortVersion(image: string): string {
  const { tag, digest } = imageParts(image);
  return tag ?? digest?.slice(0, 'sha256:'.length + 12) ?? image;
}

/**
 * The records in a commit's message, in their order. Each stands in a paragraph of its own: a squashed merge holds the messages of
 * several commits, of which only the last one's trailers would be trailers to git.
 */
export function bumpRecords(message: string): BumpRecord[] {
  return message.split(/\n[ \t]*\n/).flatMap((paragraph) => {
    const lines = new Map(paragraph.split('\n').map((line) => splitTrailer(line)));
    const [app, cluster, image] = [lines.get(names.app), lines.get(names.cluster), lines.get(names.image)];
    if (app === undefined || cluster === undefined || image === undefined) return [];
    const build = lines.get(names.build);
    return [
      {
        app,
        cluster,
        image,
        ...optional('previousImage', lines.get(names.previousImage)),
        ...(build !== undefined && /^\d{1,15}$/.test(build) ? { build: Number(build) } : {}),
        ...optional('sourceCommit', lines.get(names.sourceCommit)),
        ...optional('promotedFrom', lines.get(names.promotedFrom)),
      },
    ];
  });
}

/** What a line of history must hold to be of this app and cluster, as `git log --grep` takes it (fixed strings). */
export function recordLines(app: string, cluster: string): readonly string[] {
  return [`${names.app}: ${app}`, `${names.cluster}: ${cluster}`];
}

function splitTrailer(line: string): [name: string, value: string] {
  const colon = line.indexOf(': ');
  return colon < 0 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 2).trim()];
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]: string });
}
