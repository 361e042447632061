import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Diagnostic, Position } from '../../diagnostic/diagnostic.js';
import { lookAlike, type Spelling } from './look-alikes.js';
import type { PositionTree, Written } from './positions.js';
import type { Span } from './span.js';
import type { ReadDocument } from './syntax.js';

/** Values that aliases of one document may stand for in all. A person repeats a few; a bomb repeats billions. */
const maximumAliasedValues = 10_000;

/** Keys that reach into JavaScript's own objects. No field, label or file is called so. */
const forbiddenKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const unreadable = /\0|\p{Surrogate}/u;

/** Pairs every alias with the anchored node before it in the text. */
function aliasTargets(top: Node | null): Map<Alias, Node | undefined> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      targets.set(node, anchors.get(node.source));
      return;
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isSeq(node)) node.items.forEach(visit);
    if (isMap(node)) {
      for (const pair of node.items) {
        visit(pair.key);
        visit(pair.value);
      }
    }
  };
  visit(top);
  return targets;
}

/** One document as a plain value with the position of each part, and what is wrong with it. */
export function walkDocument(
  document: ReadDocument,
  span: Span,
  spelling: Spelling,
): Written & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const targets = aliasTargets(document.contents);
  /** Collections that are being read: an alias to one of them would never end. */
  const open = new Set<Node>();
  let expanding = 0;
  let aliasedValues = 0;

  const report = (finding: Omit<Diagnostic, 'severity' | 'at'>, at: Position): void => {
    // What an alias stands for has been read, and judged, where it is anchored.
    if (expanding === 0) diagnostics.push({ severity: 'error', ...finding, at });
  };
  const place = (node: Node | null | undefined, otherwise: Position): Position => {
    const range = node?.range;
    if (!range || (isScalar(node) && node.source === '' && node.type === 'PLAIN')) return otherwise;
    return span(range[0], range[1]);
  };
  const leaf = (value: unknown, at: Position, refused: boolean): Written => ({
    value,
    positions: { at, children: new Map(), ...(refused ? { refused: true } : {}) },
  });

  function tagged(node: Node, at: Position): boolean {
    if (isAlias(node) || node.tag === undefined) return false;
    const written = node.tag.replace(/^tag:yaml\.org,2002:/, '!!');
    report(
      {
        code: 'yaml-tag',
        message: `the tag \`${written}\` is not used here`,
        hint: 'remove it; quote a value that is a text',
      },
      at,
    );
    return true;
  }

  function readScalar(node: Scalar, at: Position): Written {
    if (tagged(node, at)) return leaf(node.value, at, true);
    if (typeof node.value === 'string' && unreadable.test(node.value)) {
      report(
        {
          code: 'control-character',
          message: 'a text holds a character that no file or variable can hold',
          hint: 'remove \\0 and halves of surrogate pairs',
        },
        at,
      );
      return leaf(node.value, at, true);
    }
    const finding =
      node.type === 'PLAIN' && node.source !== undefined ? lookAlike(node.source, node.value, spelling) : undefined;
    if (finding !== undefined) report(finding, at);
    return leaf(node.value, at, finding !== undefined);
  }

  /** The text of a key, or undefined where it was refused. */
  function readKey(key: unknown, at: Position): string | undefined {
    if (isScalar(key) && tagged(key, at)) return undefined;
    if (!isScalar(key) || key.value === null) {
      report(
        {
          code: 'key-not-text',
          message: 'a key must be a text',
          hint: isScalar(key)
            ? 'write a name before the colon'
            : 'a map, a list or an alias cannot be a key; {{ }} is not filled in here',
        },
        at,
      );
      return undefined;
    }
    const plain = key.type === 'PLAIN';
    const source = typeof key.value === 'string' ? key.value : (key.source ?? '');
    const finding = plain && typeof key.value === 'number' ? lookAlike(source, key.value, spelling) : undefined;
    if (finding !== undefined) {
      report(finding, at);
      return undefined;
    }
    if (plain && source === '<<') {
      report(
        {
          code: 'merge-key',
          message: 'the merge key `<<` is not supported',
          hint: 'write the fields out, or use an alias for a whole value',
        },
        at,
      );
      return undefined;
    }
    if (forbiddenKeys.includes(source)) {
      report(
        { code: 'forbidden-key', message: `\`${source}\` cannot be used as a key`, hint: 'choose another name' },
        at,
      );
      return undefined;
    }
    return source;
  }

  function readMap(node: YAMLMap, at: Position): Written {
    const value: Record<string, unknown> = {};
    const children = new Map<string, PositionTree>();
    const lines = new Map<string, Position>();
    let refused = tagged(node, at);
    for (const { key, value: content } of node.items) {
      const keyAt = place(key as Node | null, at);
      const name = readKey(key, keyAt);
      // What a merge key would have brought is missing, and nobody should hear of each field of it.
      if (isScalar(key) && key.value === '<<') refused = true;
      const first = name === undefined ? undefined : lines.get(name);
      if (name !== undefined && first !== undefined) {
        report(
          {
            code: 'duplicate-key',
            message: `\`${name}\` is written twice in this map`,
            hint: `the first one is on line ${first.line}; remove one of them`,
          },
          keyAt,
        );
      }
      const written = readNode(content as Node | null, keyAt);
      if (name === undefined || first !== undefined) continue;
      lines.set(name, keyAt);
      value[name] = written.value;
      children.set(name, { ...written.positions, key: keyAt });
    }
    return { value, positions: { at, children, ...(refused ? { refused: true } : {}) } };
  }

  function readAlias(alias: Alias, at: Position): Written {
    const target = targets.get(alias);
    if (target === undefined) {
      report(
        {
          code: 'unknown-anchor',
          message: `no \`&${alias.source}\` stands before this alias`,
          hint: 'quote it if it is a text',
        },
        at,
      );
      return leaf(null, at, true);
    }
    if (open.has(target)) {
      report({ code: 'alias-cycle', message: `\`*${alias.source}\` stands for a value that holds it` }, at);
      return leaf(null, at, true);
    }
    const before = aliasedValues;
    expanding += 1;
    const written = readNode(target, at);
    expanding -= 1;
    if (before <= maximumAliasedValues && aliasedValues > maximumAliasedValues) {
      report(
        {
          code: 'alias-bomb',
          message: `aliases of this file stand for more than ${maximumAliasedValues} values`,
          hint: 'write the values out',
        },
        at,
      );
    }
    return { value: written.value, positions: { ...written.positions, at } };
  }

  function readNode(node: Node | null | undefined, otherwise: Position): Written {
    const at = place(node, otherwise);
    if (expanding > 0) {
      aliasedValues += 1;
      if (aliasedValues > maximumAliasedValues) return leaf(null, at, true);
    }
    if (isAlias(node)) return readAlias(node, at);
    if (isScalar(node)) return readScalar(node, at);
    if (!isMap(node) && !isSeq(node)) return leaf(null, at, false);
    open.add(node);
    const written = isMap(node) ? readMap(node, at) : readList(node, at);
    open.delete(node);
    return written;
  }

  function readList(node: YAMLSeq, at: Position): Written {
    const refused = tagged(node, at);
    const items = node.items.map((item) => readNode(item as Node | null, at));
    const children = new Map(items.map(({ positions }, index) => [String(index), positions]));
    return {
      value: items.map(({ value }) => value),
      positions: { at, children, ...(refused ? { refused: true } : {}) },
    };
  }

  const start = span(document.contents?.range[0] ?? 0);
  return { ...readNode(document.contents, start), diagnostics };
}
