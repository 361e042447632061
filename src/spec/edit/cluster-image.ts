import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, parseDocument, type CST, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Diagnostic, Position } from '../../diagnostic/diagnostic.js';
import { parseSource } from '../read/source.js';

/** A text with one place of it replaced; inserted where `start` is `end`. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type ImageEdit = { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * An app's file with `clusters.<cluster>.image` set, inserted where it was absent; every other byte is as it was. Refused where the
 * file cannot be read, where the app is not on the cluster, and where an anchor would carry the change to other places: the result is read
 * again, and differs from what was read before in this one field.
 */
export function withClusterImage(file: string, text: string, cluster: string, image: string): ImageEdit {
  const before = parseSource('app', file, new TextEncoder().encode(text));
  const { value, positions } = before.source;
  if (value === undefined) return { diagnostics: before.diagnostics };
  const clusters = positions.children.get('clusters');
  const place = clusters?.children.get(cluster);
  if (place === undefined) return refused(notThere(file, cluster, clusters?.children.keys()), clusters?.key);

  const edited = spliced(text, cluster, image);
  const expected = withImage(value, cluster, image);
  if (edited !== undefined && expected !== undefined) {
    const after = parseSource('app', file, new TextEncoder().encode(edited));
    if (after.diagnostics.length === 0 && isDeepStrictEqual(after.source.value, expected)) return { text: edited };
  }
  return refused(
    {
      message: `the image of \`clusters.${cluster}\` cannot be changed by itself: other places share its text, or it is written in an unusual way`,
      hint: `write it out, without anchors and aliases: \`${cluster}: {image: ${image}}\``,
    },
    place.children.get('image')?.at ?? place.key,
  );
}

function refused(said: Pick<Diagnostic, 'message' | 'hint'>, at: Position | undefined): ImageEdit {
  return { diagnostics: [{ code: 'image-not-editable', severity: 'error', ...said, ...(at ? { at } : {}) }] };
}

function notThere(file: string, cluster: string, known: Iterable<string> | undefined) {
  const names = [...(known ?? [])];
  return {
    message: `${file} has no \`clusters.${cluster}\`: the app is not on that cluster`,
    hint: `${names.length === 0 ? 'it is on none' : `it is on ${names.join(', ')}`}; \`clusters: {${cluster}: {}}\` puts it there`,
  };
}

/** What the file shall say; undefined where `clusters` or the cluster's part are no maps. */
function withImage(value: Readonly<Record<string, unknown>>, cluster: string, image: string): unknown {
  const clusters = value['clusters'];
  const isRecord = (part: unknown): part is Record<string, unknown> =>
    typeof part === 'object' && part !== null && !Array.isArray(part);
  if (!isRecord(clusters)) return undefined;
  const override = clusters[cluster] ?? {};
  if (!isRecord(override)) return undefined;
  return { ...value, clusters: { ...clusters, [cluster]: { ...override, image } } };
}

function spliced(text: string, cluster: string, image: string): string | undefined {
  // As it is on disk: with its byte order mark and line ends, so that offsets are those of the file.
  const document = parseDocument(text, { version: '1.2', schema: 'core', keepSourceTokens: true, logLevel: 'silent' });
  const clusters = isMap(document.contents) ? valueOf(document.contents, 'clusters') : undefined;
  const pair = isMap(clusters) ? pairOf(clusters, cluster) : undefined;
  const splice = pair === undefined ? undefined : spliceOf(text, pair, image);
  return splice === undefined ? undefined : text.slice(0, splice.start) + splice.text + text.slice(splice.end);
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.source ?? key.value) === name);
}

function valueOf(map: YAMLMap, name: string): unknown {
  return pairOf(map, name)?.value;
}

function spliceOf(text: string, pair: Pair, image: string): Splice | undefined {
  const override = pair.value;
  if (isAlias(override)) return undefined;
  if (isNothing(override)) return filled(pair, `{image: ${scalar(image)}}`);
  if (!isMap(override)) return undefined;
  const there = pairOf(override, 'image');
  if (there === undefined)
    return override.flow === true ? intoFlow(text, override, image) : intoBlock(text, pair, image);
  if (isNothing(there.value)) return filled(there, scalar(image));
  return isScalar(there.value) ? overwritten(text, there.value, image) : undefined;
}

function isNothing(value: unknown): value is Scalar | null {
  return value === null || (isScalar(value) && value.value === null);
}

/** A value after a key that has none, or in the place of a written null. */
function filled(pair: Pair, text: string): Splice | undefined {
  const { value } = pair;
  if (isScalar(value) && value.source !== '' && value.range)
    return { start: value.range[0], end: value.range[1], text };
  const source = (pair as { srcToken?: CST.CollectionItem }).srcToken;
  const colon = source?.sep?.find((token) => token.type === 'map-value-ind');
  if (colon !== undefined) return { start: colon.offset + 1, end: colon.offset + 1, text: ` ${text}` };
  const end = isScalar(pair.key) ? pair.key.range?.[1] : undefined;
  return end === undefined ? undefined : { start: end, end, text: `: ${text}` };
}

/** The new image in the quotes of the old one; of a text over several lines only its words. */
function overwritten(text: string, old: Scalar, image: string): Splice | undefined {
  if (!old.range || typeof old.value !== 'string') return undefined;
  const [start, end] = old.range;
  if (old.type === 'QUOTE_DOUBLE') return { start, end, text: `"${image}"` };
  if (old.type === 'QUOTE_SINGLE') return { start, end, text: `'${image}'` };
  if (old.type === 'PLAIN') return { start, end, text: scalar(image) };
  const words = old.value.trimEnd();
  const at = text.slice(start, end).indexOf(words);
  // `|` and `>` keep the line end, which is no part of an image: only `|-` and `>-` pass the second reading.
  return at < 0 ? undefined : { start: start + at, end: start + at + words.length, text: image };
}

/** As the first entry within `{ }`, with the spacing of the others. */
function intoFlow(text: string, map: YAMLMap, image: string): Splice | undefined {
  const [open, close] = map.range ?? [0, 0];
  const first = map.items[0]?.key;
  if (first === undefined) {
    const padding = /^ +/.exec(text.slice(open + 1, close))?.[0] ?? '';
    return { start: open + 1, end: open + 1, text: `${padding}image: ${scalar(image)}` };
  }
  const at = isScalar(first) ? first.range?.[0] : undefined;
  if (at === undefined) return undefined;
  const indent = /(\r?\n)[ \t]*$/.exec(text.slice(open, at))?.[0] ?? ' ';
  return { start: at, end: at, text: `image: ${scalar(image)},${indent}` };
}

/** On the line after the cluster's key, indented like the keys that follow. */
function intoBlock(text: string, pair: Pair, image: string): Splice | undefined {
  const { key, value } = pair;
  const first = isMap(value) ? value.items[0]?.key : undefined;
  const firstAt = isScalar(first) ? first.range?.[0] : undefined;
  const keyEnd = isScalar(key) ? key.range?.[1] : undefined;
  if (firstAt === undefined || keyEnd === undefined) return undefined;
  const indent = text.slice(text.lastIndexOf('\n', firstAt - 1) + 1, firstAt);
  const lineEnd = text.indexOf('\n', keyEnd);
  if (lineEnd < 0 || lineEnd >= firstAt || !/^ +$/.test(indent)) return undefined;
  const eol = text[lineEnd - 1] === '\r' ? '\r\n' : '\n';
  return { start: lineEnd + 1, end: lineEnd + 1, text: `${indent}image: ${scalar(image)}${eol}` };
}

/** Plain where every reader takes it for a text: not `on`, `12:30` or `1e3`. */
function scalar(image: string): string {
  return /^[A-Za-z]/.test(image) && /[:/@]/.test(image) ? image : JSON.stringify(image);
}
