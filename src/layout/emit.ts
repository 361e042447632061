import { DEFAULT_SCALAR_STYLE_RULES, SCALAR_STYLE, dump } from 'js-yaml';
import type { ScalarLayout } from 'js-yaml';

/** First words of every rendered YAML file: by them `compare` knows a file of ours from one that a person wrote. */
export const renderedMark = '# Rendered by spillway from ';

/** Bodies by object: the CRDs of every cluster are the same objects, and large. */
const bodies = new WeakMap<object, string>();

/**
 * Bytes of a rendered file: apiVersion, kind and metadata first, the rest in the order given, no anchors, no folded lines.
 * Strings that YAML 1.1 takes for something else (`on`, `012`, `1:30`) are quoted: js-yaml's own dump schema sees to most of it,
 * `quoteNumberLike` to the rest. kubectl and Argo CD read YAML 1.1 (sigs.k8s.io/yaml on go-yaml v2).
 */
export function emitObject(object: Readonly<Record<string, unknown>>, specFile: string): string {
  const head = `${renderedMark}${specFile}. Do not edit: change the spec and run \`npx spillway render\`.\n`;
  const body = bodies.get(object) ?? emitBody(object);
  bodies.set(object, body);
  return head + body;
}

function emitBody({ apiVersion, kind, metadata, ...rest }: Readonly<Record<string, unknown>>): string {
  return dump({ apiVersion, kind, metadata, ...rest }, { lineWidth: -1, noRefs: true, scalarStyleRules });
}

/** Readers differ on strings such as `.`, `e3` and `e1234567` (a short commit hash): PyYAML has strings, others NaN and Infinity. */
function quoteNumberLike(layout: ScalarLayout): void {
  const isString = layout.node.tag === layout.presenterOptions.schema.defaultScalarTag.tagName;
  if (
    isString &&
    layout.style === SCALAR_STYLE.PLAIN &&
    /^[-+]?[0-9_]*[._]*[0-9_]*([eE][-+]?[0-9_]+)?$/.test(layout.node.value)
  ) {
    layout.style = SCALAR_STYLE.SINGLE_QUOTED;
  }
}

const scalarStyleRules = [quoteNumberLike, ...Object.values(DEFAULT_SCALAR_STYLE_RULES)];
