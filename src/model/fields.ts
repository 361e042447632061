import type { Located } from '../diagnostic/located.js';
import type { FieldPath } from '../diagnostic/located.js';
import { pathParts } from '../diagnostic/located.js';
import { fieldDoc, topLevelFields, type SpecKind } from '../spec/schema/docs.js';
import type { ExplainedField, Provenance } from './origin.js';

/** Reads a spec field by field, fills in defaults and remembers where every value came from. */
export class Fields {
  private readonly explained: ExplainedField[] = [];

  constructor(
    private readonly kind: SpecKind,
    private readonly spec: Located<unknown>,
  ) {}

  /**
   * The written value, or the default: `fallback` where it depends on other fields, else the schema's own. `why` is the reason for
   * this fallback, where the schema's does not fit all of them.
   */
  value<T>(path: FieldPath, written: T | undefined, fallback?: T, why?: string): T {
    const doc = fieldDoc(this.kind, path);
    const value = written ?? fallback ?? (doc?.default as T | undefined);
    if (value === undefined) throw new Error(`no default for ${this.kind} field ${pathParts(path).join('.')}`);
    this.note(path, value, why ?? doc?.why);
    return value;
  }

  /** The written value of a field that may well be left out. */
  optional<T>(path: FieldPath, written: T | undefined): T | undefined {
    const doc = fieldDoc(this.kind, path);
    if (written !== undefined || doc?.defaultText !== undefined) this.note(path, written ?? doc?.defaultText, doc?.why);
    return written;
  }

  private note(path: FieldPath, value: unknown, why: string | undefined): void {
    const at = this.spec.written(path);
    this.explained.push({
      path: pathParts(path).join('.'),
      value,
      origin: at === undefined ? { kind: 'default', ...(why === undefined ? {} : { why }) } : { kind: 'written', at },
    });
  }

  /** Top-level fields that nothing was decided about: written as they are, or left out. */
  private untouched(): ExplainedField[] {
    const touched = new Set(this.explained.map(({ path }) => path.split('.', 1)[0]));
    return topLevelFields(this.kind)
      .filter((name) => !touched.has(name))
      .map((name): ExplainedField => {
        const doc = fieldDoc(this.kind, name);
        const at = this.spec.written(name);
        const written = (this.spec.value as Readonly<Record<string, unknown>>)[name];
        if (at !== undefined) return { path: name, value: written, origin: { kind: 'written', at } };
        const origin = { kind: 'default', ...(doc?.why === undefined ? {} : { why: doc.why }) } as const;
        return { path: name, value: doc?.default ?? doc?.defaultText ?? null, origin };
      });
  }

  provenance(): Provenance {
    const { spec } = this;
    return {
      fields: inSchemaOrder(this.kind, [...this.explained, ...this.untouched()]),
      at: (path) => spec.at(path),
      atKey: (path) => spec.atKey(path),
      written: (path) => spec.written(path),
    };
  }
}

/** The order in which a person reads about them; fields of one subject stay in the order of deciding. */
function inSchemaOrder(kind: SpecKind, fields: readonly ExplainedField[]): ExplainedField[] {
  const order = new Map(topLevelFields(kind).map((name, index) => [name, index]));
  const rank = ({ path }: ExplainedField) => order.get(path.split('.', 1)[0] ?? '') ?? order.size;
  return fields
    .map((field) => ({ field, at: rank(field) }))
    .sort((a, b) => a.at - b.at)
    .map(({ field }) => field);
}
