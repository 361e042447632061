import { bumpMessage, versionStep, type BumpRecord } from '../../delivery/bump-record.js';
import { failure, type Outcome } from '../../delivery/failure.js';
import { isShallow, lastBump, lastChange, orderOf } from '../../delivery/history.js';
import type { Repository } from '../../delivery/repository.js';
import type { Snapshot } from '../../delivery/snapshot.js';
import { hasErrors, type Diagnostic } from '../../diagnostic/diagnostic.js';
import { compareAppFiles, pathsOfApp } from '../../layout/app-files.js';
import { applyChanges } from '../../layout/apply.js';
import type { FileChange } from '../../layout/file-spec.js';
import { renderSources } from '../../pipeline.js';
import { withClusterImage } from '../../spec/edit/cluster-image.js';
import { namedManifests } from '../../spec/read/manifests.js';
import { readSources, type Sources } from '../../spec/read/sources.js';
import { findApp } from './subject.js';

/** What shall be on a cluster, decided before the first attempt and the same in all of them. */
export interface Bump {
  readonly app: string;
  readonly cluster: string;
  readonly image: string;
  readonly build: number | undefined;
  readonly sourceCommit: string | undefined;
  readonly promotedFrom: string | undefined;
  readonly allowOlder: boolean;
}

/** What a bump came to on one commit. */
export type Change =
  | { readonly kind: 'nothing'; readonly commit: undefined; readonly why: string; readonly hint?: string }
  | {
      readonly kind: 'bumped';
      readonly commit: string;
      readonly record: BumpRecord;
      readonly paths: readonly string[];
      readonly changes: readonly FileChange[];
      /** What the checks say of the line that was written; no errors. */
      readonly remarks: readonly Diagnostic[];
    };

/** Makes one bump on top of whatever commit it is given: the race's loser makes it again on the winner's. */
export class BumpMaker {
  /** Of the last attempt, for excerpts. */
  sources: ReadonlyMap<string, string> = new Map();
  private first: { readonly base: string; readonly image: string | undefined } | undefined;

  constructor(
    private readonly repository: Repository,
    private readonly snapshot: Snapshot,
    private readonly bump: Bump,
    /** Gets a shallow clone the history that it lacks. */
    private readonly deepen: () => Promise<Diagnostic[]>,
  ) {}

  /** Edits the spec, renders, and commits both on top of `base`; or says why there is nothing to do, or what is wrong. */
  async on(base: string): Promise<Outcome<Change>> {
    const { app, cluster, image } = this.bump;
    const read = await this.readAt(base);
    const found = findApp(read, app);
    if ('diagnostics' in found) return found;
    const { file, imageOn } = found.value;
    const before = imageOn(cluster);

    const overtaken = (await this.outOfOrder(base, before)) ?? (await this.touchedByOthers(base, before, file));
    if (overtaken !== undefined) return overtaken;
    if (before === image) return nothing(`${cluster} has ${image} already`);

    const text = this.snapshot.read(file)?.toString();
    if (text === undefined) return failure('image-not-editable', `${file} is a link`, 'make it a file of its own');
    const edited = withClusterImage(file, text, cluster, image);
    if ('diagnostics' in edited) return edited;
    this.snapshot.put(file, edited.text);
    const rendered = await this.render(file);
    if ('diagnostics' in rendered) return rendered;

    const { changes, remarks } = rendered.value;
    const written = [file, ...changes.filter((change) => 'after' in change).map(({ path }) => path)];
    const deleted = changes.filter(({ kind }) => kind === 'delete').map(({ path }) => path);
    const record = this.recordOf(before);
    const commit = await this.snapshot.commit(base, { written, deleted }, bumpMessage(record));
    return { value: { kind: 'bumped', commit, record, changes, remarks, paths: [...written, ...deleted] } };
  }

  /** What people wrote, as `base` has it, and of dist/ the app's own files. */
  private async readAt(base: string): Promise<Sources> {
    const { app, cluster } = this.bump;
    await this.snapshot.show(base, ['clusters', 'apps', ...pathsOfApp(cluster, app)]);
    const { sources } = readSources(this.snapshot.root);
    // Manifests may lie anywhere; only the specs say where.
    const manifests = sources.filter(({ kind }) => kind === 'app').flatMap((source) => namedManifests(source));
    if (manifests.length > 0) await this.snapshot.add(base, [...new Set(manifests.map(({ path }) => path))]);
    const read = readSources(this.snapshot.root);
    this.sources = new Map(read.sources.map(({ file, text }) => [file, text]));
    return read;
  }

  private async outOfOrder(base: string, before: string | undefined): Promise<Outcome<Change> | undefined> {
    const { build, image, cluster, allowOlder } = this.bump;
    if (build === undefined || allowOlder) return undefined;
    const { git } = this.repository;
    const numbered = () => lastBump(git, base, this.bump, (bump) => bump.build !== undefined);
    let last = await numbered();
    if (last === undefined && (await isShallow(git))) {
      const diagnostics = await this.deepen();
      if (diagnostics.length > 0) return { diagnostics };
      last = await numbered();
    }
    const order = orderOf(build, image, last);
    if (order.kind === 'older')
      return nothing(
        `build ${build} is older than build ${order.than.build}, which ${cluster} got in ${order.than.commit.slice(0, 9)}`,
        '--allow-older goes back on purpose',
      );
    if (order.kind === 'new') return undefined;
    const landed = `build ${build} has landed on ${cluster} in ${order.as.commit.slice(0, 9)}`;
    if (before === image) return nothing(landed);
    return nothing(
      `${landed}, and has been taken back since: it has ${before ?? 'no image'}`,
      '--allow-older brings it again',
    );
  }

  /** Somebody who writes the same line by hand while this runs is not overwritten: only bumps have an order among them. */
  private async touchedByOthers(
    base: string,
    before: string | undefined,
    file: string,
  ): Promise<Outcome<Change> | undefined> {
    const first = (this.first ??= { base, image: before });
    const { image, cluster, app } = this.bump;
    if (first.image === before || before === image) return undefined;
    const { git, prefix } = this.repository;
    const last = await lastBump(git, base, this.bump);
    if (last?.image === before) return undefined;
    const who = await lastChange(git, `${first.base}..${base}`, prefix + file);
    return failure(
      'foreign-change',
      `while this ran, somebody changed the image of ${app} on ${cluster} to ${before ?? 'none'}${who === undefined ? '' : ` (${who})`}`,
      'nothing was overwritten: look at that change, and run this again if it shall be replaced',
    );
  }

  private async render(file: string): Promise<Outcome<{ changes: FileChange[]; remarks: Diagnostic[] }>> {
    const { app, cluster, image } = this.bump;
    const { root } = this.snapshot;
    const rendering = await renderSources(readSources(root), { cluster, filesOfApp: app });
    this.sources = rendering.sources;
    const { diagnostics } = rendering;
    if (hasErrors(diagnostics)) return { diagnostics: diagnostics.filter(({ severity }) => severity === 'error') };

    const resolved = rendering.clusters[0]?.cluster.apps.find(({ name }) => name === app);
    const comparison = compareAppFiles(root, rendering.files, cluster, app);
    const changes = comparison.changes.filter(({ kind }) => kind !== 'unchanged');
    const failed = hasErrors(comparison.diagnostics) ? comparison.diagnostics : applyChanges(root, changes);
    if (hasErrors(failed)) return { diagnostics: failed };

    const line = resolved?.provenance.written('image')?.line;
    const remarks = diagnostics.filter(({ at }) => at?.file === file && at.line === line);
    if (resolved?.container.image !== image)
      throw new Error(
        `${image} was written for ${app} on ${cluster}, and ${resolved?.container.image ?? 'nothing'} was rendered`,
      );
    return { value: { changes, remarks } };
  }

  private recordOf(before: string | undefined): BumpRecord {
    const { app, cluster, image, build, sourceCommit, promotedFrom } = this.bump;
    return {
      ...{ app, cluster, image },
      ...(before === undefined ? {} : { previousImage: before }),
      ...(build === undefined ? {} : { build }),
      ...(promotedFrom === undefined ? {} : { promotedFrom }),
      ...(sourceCommit === undefined ? {} : { sourceCommit }),
    };
  }
}

/** `shop on staging: 1.4.2 → 1.4.3`. */
export function summaryOf({ app, cluster, image, previousImage }: BumpRecord): string {
  return `${app} on ${cluster}: ${previousImage === undefined ? image : versionStep(previousImage, image)}`;
}

function nothing(why: string, hint?: string): Outcome<Change> {
  return { value: { kind: 'nothing', commit: undefined, why, ...(hint === undefined ? {} : { hint }) } };
}
