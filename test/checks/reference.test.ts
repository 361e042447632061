import { expect, test } from '@jest/globals';
import { checksReference } from '../../src/checks/reference.js';
import { checks } from '../../src/checks/registry.js';

test('the reference has a section for every check, with its severity and its reason', () => {
  const text = checksReference();
  for (const { id, severity, title, why } of checks) {
    expect(text).toContain(`### ${id}\n\n**${severity}**`);
    expect(text).toContain(title);
    expect(text).toContain(why);
  }
});

test('the reference lists codes of other rooms after those of silences', () => {
  expect(checksReference([{ code: 'duplicate-key', title: 'a key stands twice in a map' }])).toContain(
    '- `unused-silence`: a line under `silence:` silences nothing (info)\n- `duplicate-key`: a key stands twice in a map\n',
  );
});

test('every check has an id of its own in kebab-case, and a title and a reason that read as sentences', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, title, why } of checks) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/[^.]$/);
    expect(why).toMatch(/^[A-Za-z].*\.$/);
  }
});
