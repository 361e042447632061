import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.js';
import { runChecks } from '../../src/checks/run.js';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { judgedCluster } from './judged-cluster.js';
import { describeDiagnostics } from '../support/repository.js';
import { cluster, mark, type CheckCase } from './cases/case.js';
import { cases } from './cases/cases.js';

/** Places of the marks in a text, as `file:line:column`, and the text without them. */
function marked(file: string, text: string): { text: string; places: string[] } {
  const places: string[] = [];
  const lines = text.split('\n').map((line, index) => {
    let rest = line;
    for (let column = rest.indexOf(mark); column !== -1; column = rest.indexOf(mark)) {
      places.push(`${file}:${index + 1}:${column + 1}`);
      rest = rest.slice(0, column) + rest.slice(column + mark.length);
    }
    return rest;
  });
  return { text: lines.join('\n'), places };
}

interface Judged {
  readonly expected: readonly string[];
  readonly found: readonly Diagnostic[];
  /** Errors of the rooms before the checks: a case must be about its check alone. */
  readonly strange: readonly Diagnostic[];
}

const codes = new Set(checks.map(({ id }) => id));

async function judge(one: CheckCase): Promise<Judged> {
  const expected: string[] = [];
  const read = (folder: string, texts: Readonly<Record<string, string>>, end = '.yaml') =>
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => {
        const { text: plain, places } = marked(`${folder}${name}${end}`, text);
        expected.push(...places);
        return [name, plain];
      }),
    );
  const texts = {
    clusters: read('clusters/', { prod: one.cluster ?? cluster() }),
    apps: read('apps/', one.apps ?? {}),
    manifests: read('', one.manifests ?? {}, ''),
  };
  const { rendered, diagnostics: before } = judgedCluster(texts);
  const strange = before.filter(({ severity }) => severity === 'error');
  const diagnostics = await runChecks(one.tamper === undefined ? rendered : one.tamper(rendered));
  return { expected: expected.sort(), found: diagnostics.filter(({ code }) => code === one.check), strange };
}

const place = ({ at }: Diagnostic) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0}`;

for (const check of checks) {
  describe(check.id, () => {
    for (const one of cases.filter((candidate) => candidate.check === check.id)) {
      test(one.when, async () => {
        const { expected, found, strange } = await judge(one);
        expect(describeDiagnostics(strange)).toBe('');
        expect([...new Set(found.map(place))].sort()).toEqual(expected);
        const hints = found.map(({ hint }) => hint ?? '').join('\n');
        if (one.says !== undefined) expect(`${describeDiagnostics(found)}\n${hints}`).toContain(one.says);
        for (const { severity, message, hint } of found) {
          expect(severity).toBe(check.severity);
          expect(`${message}\n${hint ?? ''}`).not.toMatch(/undefined|\[object|NaN|\.$/m);
        }
      });
    }
  });
}

test('every check has a case in which it fires and one in which it stays silent', () => {
  const fires = (one: CheckCase) => JSON.stringify([one.cluster, one.apps, one.manifests]).includes(mark);
  const lacking = checks.flatMap(({ id }) => {
    const own = cases.filter(({ check }) => check === id);
    return [
      ...(own.some(fires) ? [] : [`${id}: no case fires`]),
      ...(own.some((one) => !fires(one)) ? [] : [`${id}: no silent case`]),
    ];
  });
  expect(lacking).toEqual([]);
});

test('every case is about a check that there is', () => {
  expect(cases.filter(({ check }) => !codes.has(check))).toEqual([]);
});
