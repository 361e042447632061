import { z } from 'zod';

/** `a`, `b` or `c`. */
export function anyOf(names: readonly string[], quote = '`'): string {
  const quoted = names.map((name) => `${quote}${name}${quote}`);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}

/** What zod tells of a check; its types keep that for itself. */
interface CheckDef {
  readonly check: string;
  readonly error?: (issue: never) => unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly value?: number;
  readonly inclusive?: boolean;
}

function checksOf(schema: z.ZodType): CheckDef[] {
  const checks = (schema.def as { checks?: readonly { _zod: { def: CheckDef } }[] }).checks ?? [];
  return checks.map((check) => check._zod.def);
}

/** The words that a schema gives to its own check: they complete "must be …". */
function ownWords(checks: readonly CheckDef[]): string[] {
  return checks.flatMap(({ error }) => {
    const words = error?.({} as never);
    return typeof words === 'string' ? [words] : [];
  });
}

function size(what: string, unit: string, minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined && maximum === undefined) return what;
  if (minimum === 1 && maximum === undefined) return `${what} that is not empty`;
  if (maximum === undefined) return `${what} of at least ${minimum ?? 0} ${unit}`;
  return `${what} of ${minimum ?? 0} to ${maximum} ${unit}`;
}

function numberWords(schema: z.ZodType, checks: readonly CheckDef[]): string {
  const what = schema instanceof z.ZodNumberFormat ? 'a whole number' : 'a number';
  const from = checks.find(({ check }) => check === 'greater_than');
  const to = checks.find(({ check }) => check === 'less_than');
  if (from === undefined) return to === undefined ? what : `${what} of at most ${to.value ?? 0}`;
  const low = from.inclusive === true ? `of at least ${from.value ?? 0}` : `above ${from.value ?? 0}`;
  if (to === undefined) return `${what} ${low}`;
  return from.inclusive === true
    ? `${what} from ${from.value ?? 0} to ${to.value ?? 0}`
    : `${what} ${low} and at most ${to.value ?? 0}`;
}

/** The schema below `optional`. */
export function required(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? required(schema.unwrap() as z.ZodType) : schema;
}

/** The alternatives of a union, those of unions within it too; the schema alone where it is none. */
export function alternatives(schema: z.ZodType): z.ZodType[] {
  const bare = required(schema);
  return bare instanceof z.ZodUnion ? bare.options.flatMap((option) => alternatives(option as z.ZodType)) : [bare];
}

/** Every word that a scalar of this schema may be, where it may only be one of some. */
export function choices(schema: z.ZodType): string[] {
  return alternatives(schema).flatMap((option) => {
    if (option instanceof z.ZodEnum) return option.options.map(String);
    return option instanceof z.ZodLiteral ? [...option.values].map(String) : [];
  });
}

/** ARNs by the word of a field's description that tells what the field names (ARN formats: AWS Service Authorization Reference). */
const arns: Readonly<Record<string, string>> = {
  'ACM certificate': 'arn:aws:acm:us-east-1:111122223333:certificate/6b0b9a5e-5d1e-4f0a-9c36-2f1f5a0f7a11',
  'KMS key': 'arn:aws:kms:us-east-1:111122223333:key/1f0a9c36-5d1e-4b0b-8c36-6b0b9a5e7a11',
  'IAM role': 'arn:aws:iam::111122223333:role/platform-team',
};

/** Words of an ARN's schema with an example that the field could really hold. */
function withFittingArn(words: string, description: string | undefined): string {
  const fitting = Object.entries(arns).find(([what]) => description?.includes(what));
  return fitting === undefined ? words : words.replace(/^an ARN such as \S+/, `an ARN such as ${fitting[1]}`);
}

/** What `schema` takes, in words that complete "must be …". */
export function expectation(schema: z.ZodType): string {
  const options = alternatives(schema);
  if (options.length > 1) {
    const words = new Set(options.map(expectation));
    return [...words].join(', or ');
  }
  const [bare] = options;
  if (bare === undefined) return 'left out';
  const checks = checksOf(bare);
  const [own] = ownWords(checks);
  if (own !== undefined) return withFittingArn(own, bare.meta()?.description);
  const minimum = checks.find(({ check }) => check === 'min_length')?.minimum;
  const maximum = checks.find(({ check }) => check === 'max_length')?.maximum;
  if (bare instanceof z.ZodString) return size('a text', 'characters', minimum, maximum);
  if (bare instanceof z.ZodArray) return size('a list', 'entries', minimum, maximum);
  if (bare instanceof z.ZodNumber) return numberWords(bare, checks);
  if (bare instanceof z.ZodBoolean) return 'true or false';
  if (bare instanceof z.ZodEnum || bare instanceof z.ZodLiteral) return anyOf(choices(bare));
  if (bare instanceof z.ZodObject || bare instanceof z.ZodRecord) return 'a map';
  return 'a value';
}
