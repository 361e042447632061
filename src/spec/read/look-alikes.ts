import type { Diagnostic } from '../../diagnostic/diagnostic.js';

/** Specs are held to one spelling; raw manifests may spell numbers in any way that YAML 1.1 and 1.2 read alike. */
export type Spelling = 'spec' | 'manifest';

type Finding = Pick<Diagnostic, 'code' | 'message' | 'hint'>;

// YAML 1.1's types (yaml.org/type: bool, int, float, timestamp), which Kubernetes' own tools still read in part,
// where YAML 1.2's core schema sees a text or another number.
const booleanWord = /^(y|n|yes|no|on|off)$/i;
const binary = /^[-+]?0b[01_]+$/;
const signedHex = /^[-+]0x[0-9a-fA-F_]+$|^0x[0-9a-fA-F_]*_[0-9a-fA-F_]*$/;
const withUnderscores = /^[-+]?(\d[\d_]*)?\.?\d[\d_]*$/;
const sexagesimal = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/;
const date = /^\d{4}-\d\d?-\d\d?([Tt ][\d:.]+ *(Z|[-+]\d\d?(:?\d\d)?)?)?$/;

const canonicalNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/;

function text(source: string): Finding | undefined {
  if (booleanWord.test(source)) {
    return {
      code: 'ambiguous-boolean',
      message: `\`${source}\` is a text to one YAML reader and a boolean to another`,
      hint: 'quote it, or write true/false',
    };
  }
  if (
    binary.test(source) ||
    signedHex.test(source) ||
    sexagesimal.test(source) ||
    (source.includes('_') && withUnderscores.test(source))
  ) {
    return {
      code: 'ambiguous-number',
      message: `\`${source}\` is a text to one YAML reader and a number to another`,
      hint: 'quote it if it is a text, or write a plain decimal number',
    };
  }
  return undefined;
}

function number(source: string, value: number): Finding | undefined {
  if (
    canonicalNumber.test(source) &&
    String(value) === source &&
    (Number.isSafeInteger(value) || !Number.isInteger(value))
  )
    return undefined;
  if (/^-?\d{16,}$/.test(source)) {
    return {
      code: 'ambiguous-number',
      message: `\`${source}\` is a number too large to be kept exactly`,
      hint: 'quote it if it is a text',
    };
  }
  const meaning = Number.isFinite(value) && !String(value).includes('e') ? String(value) : undefined;
  return {
    code: 'ambiguous-number',
    message: `\`${source}\` is a number that YAML readers do not keep as it is written`,
    hint:
      meaning === undefined ? 'quote it if it is a text' : `quote it if it is a text; as a number, write ${meaning}`,
  };
}

/** A number of a raw manifest that YAML 1.1 (kubectl) and YAML 1.2 take for different values: `0644` above all. */
function readsTwice(source: string, value: number): boolean {
  return (
    /^[-+]?0[\d_]+$/.test(source) ||
    /^0o/.test(source) ||
    /^[^.]*e/i.test(source.replace(/^0x.*/i, '')) ||
    (Number.isInteger(value) && !Number.isSafeInteger(value))
  );
}

/** What is wrong with an unquoted scalar that does not mean the same to every reader; undefined where it does. */
export function lookAlike(source: string, value: unknown, spelling: Spelling): Finding | undefined {
  if (typeof value === 'number')
    return spelling === 'spec' || readsTwice(source, value) ? number(source, value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (spelling === 'spec' && date.test(source)) {
    return {
      code: 'ambiguous-date',
      message: `\`${source}\` is a text to one YAML reader and a date to another`,
      hint: 'quote it',
    };
  }
  return text(source);
}
