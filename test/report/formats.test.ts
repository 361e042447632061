import { describe, expect, test } from '@jest/globals';
import { githubReport } from '../../src/report/github.js';
import { humanReport } from '../../src/report/human.js';
import { jsonReport } from '../../src/report/json.js';
import { reportFormats, reporters } from '../../src/report/reporters.js';
import { sarifReport } from '../../src/report/sarif.js';
import { change, diagnostics, options, report } from './fixtures.js';

describe('humanReport', () => {
  test('shows place, message, the line that is meant and what to do, then the counts', () => {
    expect(humanReport(report, options)).toBe(
      [
        'apps/web.yaml:2:1  error  there is no field `prot`  [unknown-field]',
        '  2 | prot: 80',
        '    | ^^^^',
        '  hint: did you mean `port`?',
        '',
        'apps/a, b.yaml:9:3  warning  100% late, by 5s  [late-drain]',
        '',
        'error  there is no folder x  [root-missing]',
        '',
        '2 errors, 1 warning',
        '',
      ].join('\n'),
    );
  });

  test('is empty where there is nothing to say', () => {
    expect(humanReport({ diagnostics: [], sources: new Map() }, options)).toBe('');
  });

  test('is coloured only when asked', () => {
    expect(humanReport(report, { ...options, colour: true })).toContain('\u001b[31m');
    expect(humanReport(report, options)).not.toContain('\u001b');
  });

  test('puts the way to the root before every path', () => {
    expect(humanReport(report, { ...options, pathPrefix: 'shop/' })).toContain('shop/apps/web.yaml:2:1  error');
  });

  test('lets no escape sequence of a spec reach the terminal', () => {
    const nasty = {
      code: 'x',
      severity: 'error',
      message: 'no \u001b[2J',
      hint: 'a\u202eb',
      at: { file: 'a\u0007.yaml', line: 1, column: 1 },
    } as const;
    const text = humanReport(
      { diagnostics: [nasty], sources: new Map([[nasty.at.file, 'x: \u001b]0;title\u0007']]) },
      options,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('jsonReport', () => {
  test('holds everything, with counts, and only the files that differ', () => {
    const changes = [change('create', 'dist/prod/a.yaml'), change('unchanged', 'dist/prod/b.yaml')];
    expect(JSON.parse(jsonReport({ ...report, changes, applied: true }, options))).toEqual({
      version: 1,
      summary: {
        error: 2,
        warning: 1,
        info: 0,
        files: { create: 1, update: 0, delete: 0, unchanged: 1 },
        applied: true,
      },
      diagnostics,
      changes: [{ kind: 'create', path: 'dist/prod/a.yaml', cluster: 'prod', owner: 'app/web' }],
    });
  });

  test('speaks of files only where files were compared', () => {
    expect(JSON.parse(jsonReport(report, options))).not.toHaveProperty('changes');
  });
});

describe('githubReport', () => {
  test('writes workflow commands, with what would end them escaped', () => {
    expect(githubReport(report, { ...options, pathPrefix: 'shop/' })).toBe(
      [
        '::error file=shop/apps/web.yaml,line=2,col=1,endColumn=5,title=unknown-field::there is no field `prot`%0Adid you mean `port`?',
        '::warning file=shop/apps/a%2C b.yaml,line=9,col=3,title=late-drain::100%25 late, by 5s',
        '::error title=root-missing::there is no folder x',
        '',
      ].join('\n'),
    );
  });

  test('makes an error of files that are not up to date, unless they were written', () => {
    const changes = [change('update', 'dist/prod/a.yaml')];
    const empty = { diagnostics: [], sources: new Map<string, string>(), changes };
    expect(githubReport({ ...empty, applied: false }, options)).toContain(
      '::error title=not-rendered::1 rendered file not up to date',
    );
    expect(githubReport({ ...empty, applied: false }, options)).toContain('%0Adist/prod/a.yaml');
    expect(githubReport({ ...empty, applied: true }, options)).toBe('');
  });
});

describe('sarifReport', () => {
  test('lists the rules and points each result at one', () => {
    const [run] = (JSON.parse(sarifReport(report, options)) as { runs: [Record<string, never>] }).runs;
    expect(run).toMatchObject({
      tool: {
        driver: {
          name: 'spillway',
          version: '1.2.3',
          rules: [{ id: 'late-drain' }, { id: 'root-missing' }, { id: 'unknown-field' }],
        },
      },
      columnKind: 'utf16CodeUnits',
      results: [
        {
          ruleId: 'unknown-field',
          ruleIndex: 2,
          level: 'error',
          message: { text: 'there is no field `prot`\ndid you mean `port`?' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'apps/web.yaml' },
                region: { startLine: 2, startColumn: 1, endColumn: 5 },
              },
            },
          ],
        },
        { level: 'warning', locations: [{ physicalLocation: { artifactLocation: { uri: 'apps/a%2C%20b.yaml' } } }] },
        { ruleId: 'root-missing', ruleIndex: 1 },
      ],
    });
  });
});

test.each(reportFormats)('the format %s is there when it is asked for', async (format) => {
  expect((await reporters[format]())(report, options)).toContain('there is no folder x');
});
