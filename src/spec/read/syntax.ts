import { Composer, Parser, type CST, type Document, type ErrorCode, type YAMLError } from 'yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { spansOf, type Span } from './span.js';

/** More levels of maps and lists than any spec or object of Kubernetes has; far fewer than exhaust the stack. */
const maximumDepth = 64;

/** Syntax errors follow from each other: after these many of one file, nobody learns more from the next. */
const maximumErrors = 20;

/** A document of the library, with positions and without errors. */
export type ReadDocument = Document.Parsed;

export interface ReadDocuments {
  /** Empty where the text is not YAML. */
  readonly documents: readonly ReadDocument[];
  readonly span: Span;
  readonly diagnostics: readonly Diagnostic[];
}

/** Offset of the first map or list that is nested too deep. The library's composer calls itself once a level, and V8 may die of that. */
function tooDeep(top: CST.Token): number | undefined {
  const open: { token: CST.Token; depth: number }[] = [{ token: top, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maximumDepth) return 'offset' in token ? token.offset : 0;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}

const special =
  'quote a text that holds special characters, such as `: `, ` #`, a quote, or one of {[*&!|>@ at its start';

const unclosedQuote = {
  message: 'a quote is not closed',
  hint: 'close it; within single quotes, write a quote twice',
};

/** Codes of the library's errors in words of our own; those left out never come of a text alone. */
function wording(error: YAMLError, source: string): Pick<Diagnostic, 'message' | 'hint'> {
  const at = source.slice(error.pos[0], error.pos[1]);
  const words: Partial<Record<ErrorCode, Pick<Diagnostic, 'message' | 'hint'>>> = {
    TAB_AS_INDENT: { message: 'a tab is used as indentation', hint: 'indent with spaces' },
    BLOCK_AS_IMPLICIT_KEY: {
      message: 'a map cannot start on the line of its key',
      hint: 'quote the value if its colon belongs to a text, else put the map on lines of its own; check the indentation of the next line',
    },
    MULTILINE_IMPLICIT_KEY: {
      message: 'a colon is missing on this line',
      hint: 'write `key: value`, with a space after the colon',
    },
    BAD_SCALAR_START: { message: `a text cannot start with \`${at.slice(0, 1)}\``, hint: 'quote it' },
    BAD_DQ_ESCAPE: {
      message: `\`${at}\` is no escape in double quotes`,
      hint: 'use single quotes, or write \\\\ for a backslash',
    },
    KEY_OVER_1024_CHARS: { message: 'a key has more than 1024 characters' },
    BLOCK_IN_FLOW: {
      message: 'a map or list over several lines cannot stand within { } or [ ]',
      hint: 'use one style for both',
    },
    MULTIPLE_ANCHORS: { message: 'a value has more than one anchor' },
    MULTIPLE_TAGS: { message: 'a value has more than one tag' },
    ALIAS_PROPS: { message: 'an alias cannot have an anchor or a tag' },
    BAD_ALIAS: {
      message: 'the name of an alias or anchor is missing or holds a character that it cannot hold',
      hint: special,
    },
    BAD_DIRECTIVE: {
      message: 'a line that starts with % is a directive, and this is none',
      hint: 'quote a text that starts with %',
    },
    UNEXPECTED_TOKEN: { message: 'this cannot stand here', hint: special },
  };
  if (error.code === 'MISSING_CHAR' || error.code === 'BAD_INDENT') {
    if (error.message.includes('quote')) return unclosedQuote;
    if (error.message.includes('Flow')) {
      const bracket = error.message.includes(']') ? ']' : '}';
      return {
        message: `\`${bracket}\` is missing, or the text before it is not indented enough`,
        hint: `close the ${bracket === ']' ? 'list' : 'map'}, indented deeper than its key`,
      };
    }
    if (error.message.includes('Block scalar'))
      return { message: 'a text after | or > must be indented deeper than its key' };
    if (error.message.includes('Implicit map keys'))
      return { message: 'a colon is missing after this key', hint: 'write `key: value`, with a space after the colon' };
    return { message: 'the indentation does not fit the lines above', hint: 'indent the keys of one map alike' };
  }
  return words[error.code] ?? { message: `this is not YAML: ${error.message.replace(/[.:]\s*$/, '')}`, hint: special };
}

/** Where each quoted text ends, and where its opening quote stands: the library reports a quote that is not closed at the end. */
function quotesByEnd(tokens: readonly CST.Token[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: (CST.Token | null | undefined)[] = [...tokens];
  while (open.length > 0) {
    const next = open.pop();
    if (next === null || next === undefined) continue;
    if (next.type === 'single-quoted-scalar' || next.type === 'double-quoted-scalar')
      found.set(next.offset + next.source.length, next.offset);
    if (next.type === 'document') open.push(next.value);
    if ('items' in next) for (const item of next.items) open.push(item.key, item.value);
  }
  return found;
}

function syntaxErrors(
  errors: readonly YAMLError[],
  source: string,
  span: Span,
  quotes: ReadonlyMap<number, number>,
): Diagnostic[] {
  // A second error on a line is nearly always the first one's echo.
  const lines = new Set<number>();
  const first = errors.filter(({ pos }) => {
    const { line } = span(pos[0]);
    return !lines.has(line) && lines.add(line);
  });
  return first.slice(0, maximumErrors).map((error) => {
    const words = wording(error, source);
    const quote = words.message === unclosedQuote.message ? quotes.get(error.pos[0]) : undefined;
    return {
      code: error.code === 'TAB_AS_INDENT' ? 'tab-indentation' : 'yaml-syntax',
      severity: 'error',
      ...words,
      at: quote === undefined ? span(error.pos[0], error.pos[1]) : span(quote),
    };
  });
}

/** The YAML documents of a text, by YAML 1.2's core schema, or why there are none. Duplicate keys, aliases and tags are left to the reader. */
export function readDocuments(file: string, source: string): ReadDocuments {
  const span = spansOf(file, source);
  const failed = (diagnostic: Omit<Diagnostic, 'severity'>): ReadDocuments => ({
    documents: [],
    span,
    diagnostics: [{ severity: 'error', ...diagnostic }],
  });

  const tokens = [...new Parser().parse(source)];
  for (const token of tokens) {
    const deep = tooDeep(token);
    if (deep !== undefined) {
      return failed({
        code: 'nested-too-deep',
        message: `maps and lists are nested more than ${maximumDepth} levels deep`,
        at: span(deep),
      });
    }
    if (token.type === 'directive') {
      return failed({
        code: 'yaml-directive',
        message: `\`${token.source}\` is a directive, and directives change how the file is read`,
        hint: 'remove the line: files are read as YAML 1.2',
        at: span(token.offset, token.offset + token.source.length),
      });
    }
  }
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    uniqueKeys: false,
    keepSourceTokens: false,
    logLevel: 'silent',
  });
  const documents = [...composer.compose(tokens, true, source.length)] as ReadDocument[];
  const diagnostics = syntaxErrors(
    documents.flatMap(({ errors }) => errors),
    source,
    span,
    quotesByEnd(tokens),
  );
  return { documents: diagnostics.length > 0 ? [] : documents, span, diagnostics };
}
