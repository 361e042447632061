import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { parseSource } from '../../src/spec/read/source.js';
import { prod, sourcesOf, type Texts } from '../support/repository.js';

/** `line:column code` of each diagnostic, in the order in which people see them. */
export function places(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ at, code }) => (at === undefined ? code : `${at.line}:${at.column} ${code}`));
}

/** What reading one app's file says. */
export function read(text: string | Uint8Array) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { source, diagnostics } = parseSource('app', 'apps/a.yaml', bytes);
  return {
    value: source.value,
    text: source.text,
    positions: source.positions,
    diagnostics,
    places: places(diagnostics),
  };
}

/** What reading and parsing says of a repository's texts. */
export function parse(texts: Texts) {
  const { sources, manifests, diagnostics } = sourcesOf(texts);
  const parsed = parseSpecs(sources, manifests);
  return { ...parsed, diagnostics: [...diagnostics, ...parsed.diagnostics] };
}

/** What is said of one app called a on cluster prod, whose text lacks only its name, image and port. */
export function app(body: string, head = 'name: a\nimage: acme/a:1.0.0\nport: 80\nclusters: {prod: {}}\n') {
  const { diagnostics, specs } = parse({ clusters: { prod }, apps: { a: head + body } });
  const first = head.split('\n').length;
  return {
    specs,
    diagnostics,
    /** Lines count from the body's first. */
    places: diagnostics.map(({ at, code }) => `${(at?.line ?? 0) - first + 1}:${at?.column ?? 0} ${code}`),
    messages: diagnostics.map(({ message }) => message),
    hints: diagnostics.map(({ hint }) => hint),
  };
}
