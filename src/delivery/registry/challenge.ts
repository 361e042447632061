/** What a registry asks for in a 401 (RFC 9110, 11.6.1; the Bearer scheme by distribution's token specification). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service?: string; readonly scope?: string };

/** Reads WWW-Authenticate. Bearer before Basic where both are offered; undefined where neither is. */
export function parseChallenge(header: string): Challenge | undefined {
  const bearer = /(?:^|,\s*)bearer\s+((?:[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)\s*,?\s*)+)/i.exec(header);
  if (bearer !== null) {
    const pairs = [...(bearer[1] ?? '').matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)];
    const values = new Map(
      pairs.map(([, name = '', quoted, plain]) => [
        name.toLowerCase(),
        (quoted ?? plain ?? '').replaceAll(/\\(.)/g, '$1'),
      ]),
    );
    const [realm, service, scope] = [values.get('realm'), values.get('service'), values.get('scope')];
    if (realm !== undefined)
      return {
        scheme: 'bearer',
        realm,
        ...(service === undefined ? {} : { service }),
        ...(scope === undefined ? {} : { scope }),
      };
  }
  return /(?:^|,\s*)basic\b/i.test(header) ? { scheme: 'basic' } : undefined;
}
