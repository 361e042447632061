/** A value of AWS' query protocol: lists become <member> elements, undefined ones are left out. */
export type QueryValue = string | readonly QueryValue[] | { readonly [name: string]: QueryValue | undefined };

/** The answer to an action of the query protocol (CloudFormation, Auto Scaling). */
export function queryAnswer(action: string, result: QueryValue): string {
  return `<${action}Response><${action}Result>${xml(result)}</${action}Result><ResponseMetadata><RequestId>rig</RequestId></ResponseMetadata></${action}Response>`;
}

/** An error of the query protocol, by which an SDK knows what went wrong. */
export function queryError(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>rig</RequestId></ErrorResponse>`;
}

/** The maps of a list parameter: `Tags.member.1.Key`, `Tags.member.1.Value`, … → [{Key, Value}, …]. */
export function formList(form: URLSearchParams, name: string): Readonly<Record<string, string>>[] {
  const items = new Map<number, Record<string, string>>();
  for (const [key, value] of form) {
    const [, index, field] = new RegExp(`^${name}\\.member\\.(\\d+)\\.?(.*)$`).exec(key) ?? [];
    if (index === undefined || field === undefined) continue;
    const item = items.get(Number(index)) ?? {};
    item[field] = value;
    items.set(Number(index), item);
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

function xml(value: QueryValue): string {
  if (typeof value === 'string') return escaped(value);
  if (isList(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  return Object.entries(value)
    .map(([name, item]) => (item === undefined ? '' : `<${name}>${xml(item)}</${name}>`))
    .join('');
}

function isList(value: QueryValue): value is readonly QueryValue[] {
  return Array.isArray(value);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
