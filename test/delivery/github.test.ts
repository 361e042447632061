import { describe, expect, test } from '@jest/globals';
import { comparePage, gitHubRepository } from '../../src/delivery/github.js';

describe('the repository that a remote names', () => {
  const acme = { owner: 'acme', name: 'platform' };
  test.each([
    'https://github.com/acme/platform.git',
    'https://github.com/acme/platform',
    'https://x-access-token:secret@github.com/acme/platform.git',
    'git@github.com:acme/platform.git',
    'ssh://git@github.com:22/acme/platform.git',
  ])('is found in %s', (url) => {
    expect(gitHubRepository(url, {})).toMatchObject({ ...acme, api: 'https://api.github.com' });
  });

  test.each([
    'https://gitlab.com/acme/platform.git',
    'git@gitlab.com:acme/platform.git',
    '/srv/git/platform.git',
    'file:///x/y.git',
  ])('is none of GitHub in %s', (url) => {
    expect(gitHubRepository(url, {})).toBeUndefined();
  });

  test('is at the server that GitHub Actions names', () => {
    const env = { GITHUB_SERVER_URL: 'https://git.acme.io/', GITHUB_API_URL: 'https://git.acme.io/api/v3/' };
    expect(gitHubRepository('git@git.acme.io:acme/platform.git', env)).toEqual({
      ...acme,
      server: 'https://git.acme.io',
      api: 'https://git.acme.io/api/v3',
    });
    expect(gitHubRepository('https://github.com/acme/platform', env)).toBeUndefined();
  });
});

test('the page to open a pull request on names both branches', () => {
  const repository = { owner: 'a', name: 'b', server: 'https://github.com', api: '' };
  expect(comparePage(repository, { title: '', body: '', base: 'release/1', head: 'spillway/bump-x' })).toBe(
    'https://github.com/a/b/compare/release%2F1...spillway/bump-x?expand=1',
  );
});
