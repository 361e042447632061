import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/rendering.js';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const readme = read('README.md');
const examples = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

test('the README’s specs are the repository’s own, but for comments', () => {
  expect(examples.map((text): unknown => parse(text))).toEqual([
    parse(read('apps/podinfo.yaml')),
    parse(read('clusters/prod.yaml')),
  ]);
});

test('the README is short, and its links lead somewhere', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(200);
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links.filter((path) => !path.endsWith('/') && /\.\w+$/.test(path)))
    expect(read(link)).not.toBe('');
});

test('the README’s app has 15 lines or fewer', () => {
  expect((examples[0] ?? '').trimEnd().split('\n').length).toBeLessThanOrEqual(15);
});
