/**
 * The fields that are there. cdk8s' classes know optional fields but no undefined ones (exactOptionalPropertyTypes), and an object of
 * ours may hold neither: a left-over `null` or `[]` in a manifest is a difference that Argo CD shows for ever.
 */
export function present<T extends object>(fields: { [Field in keyof T]: T[Field] | undefined }): T {
  const there: Record<string, unknown> = {};
  for (const key of Object.keys(fields) as (keyof T & string)[])
    if (fields[key] !== undefined) there[key] = fields[key];
  return there as T;
}

/** A copy of the list, or undefined where there is nothing in it: for fields that are left out rather than empty. */
export function unlessEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

/** The same for a map. */
export function unlessEmptyMap(map: Readonly<Record<string, string>>): Record<string, string> | undefined {
  return Object.keys(map).length === 0 ? undefined : { ...map };
}
