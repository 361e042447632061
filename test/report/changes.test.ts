import { describe, expect, test } from '@jest/globals';
import { changeSummary } from '../../src/report/changes.js';
import { change } from './fixtures.js';

const applied = { colour: false, applied: true };
const found = { colour: false, applied: false };
const index = (kind: 'create' | 'update') => change(kind, 'dist/prod/index.json', 'index');

describe('changeSummary', () => {
  test('says after a render what was done, by cluster and by whose files they are', () => {
    const changes = [
      change('create', 'dist/prod/a.yaml'),
      change('update', 'dist/prod/b.yaml'),
      change('delete', 'dist/prod/c.yaml', 'app/old'),
      change('unchanged', 'dist/staging/a.yaml'),
      index('update'),
    ];
    expect(changeSummary(changes, applied)).toBe(
      [
        'prod  1 created, 2 updated, 1 deleted',
        '  app/old  1 deleted',
        '  app/web  1 created, 1 updated',
        '1 file unchanged',
        '',
      ].join('\n'),
    );
  });

  test('names before a render the files that differ', () => {
    expect(changeSummary([change('update', 'dist/prod/b.yaml')], found)).toBe(
      'not up to date; `spillway render` would change:\nprod  1 updated\n  updated  dist/prod/b.yaml\n',
    );
  });

  test('takes one line where nothing differs, and one for a new cluster', () => {
    expect(
      changeSummary([change('unchanged', 'dist/prod/a.yaml'), change('unchanged', 'dist/dev/a.yaml')], found),
    ).toBe('up to date: 2 files of 2 clusters\n');
    expect(changeSummary([change('create', 'dist/prod/a.yaml'), index('create')], applied)).toBe('prod  2 created\n');
  });

  test('sums up what would not fit on a screen', () => {
    const many = Array.from({ length: 40 }, (_, i) => change('update', `dist/prod/${i}.yaml`, `app/${i}`));
    for (const options of [applied, found]) {
      const text = changeSummary(many, options);
      expect(text.split('\n').length).toBeLessThan(17);
      expect(text).toContain('  and 29 more\n');
    }
  });
});
