import { map, type JsonMap } from '../view/json.js';

/** What eksctl v0.230.0 would refuse, and where in the ClusterConfig. */
export interface Refusal {
  /** JSON pointer to the field that is wrong, or that is missing. */
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
}

/** A part of eksctl's own validation, read from pkg/apis/eksctl.io/v1alpha5/validation.go and pkg/ctl/cmdutils/configfile.go. */
export type Rule = (config: JsonMap) => Iterable<Refusal>;

/** A rule of one node group; `path` is its JSON pointer, `name` how to speak of it. */
export type GroupRule = (group: JsonMap, path: string, name: string) => Iterable<Refusal>;

/** Whether a field is there and not empty: eksctl takes an empty text, list or map for one that is not stated. */
export function isStated(holder: JsonMap, field: string): boolean {
  const value = holder[field];
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== 0;
}

/** Those of `fields` that are stated. */
export function statedOf(holder: JsonMap, fields: readonly string[]): string[] {
  return fields.filter((field) => isStated(holder, field));
}

/** Whether any of a map's switches is on, such as eksctl's well-known policies. */
export function hasSwitchOn(value: unknown): boolean {
  return Object.values(map(value)).includes(true);
}

/** Whether a text has the form of an ARN, as the AWS SDK parses it: six parts, the first of them "arn". */
export function isArn(value: unknown): boolean {
  return typeof value === 'string' && /^arn:([^:]*:){4}.+$/.test(value);
}

/** Whether a text is an address range that Go's net.ParseCIDR takes: IPv4 or IPv6. */
export function isCidr(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address = '', prefix, ...more] = value.split('/');
  if (prefix === undefined || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  if (address.includes(':')) return /^[0-9a-fA-F:.]+$/.test(address) && Number(prefix) <= 128;
  const parts = address.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255) &&
    Number(prefix) <= 32
  );
}
