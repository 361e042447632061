import { expect, test } from '@jest/globals';
import { gitAccess } from '../../src/model/git-access.js';

// Every form of URL that a cluster's spec takes (gitops.repository).
test.each([
  ['https://github.com/acme/platform.git', 'password'],
  ['http://git.example.com/platform.git', 'password'],
  ['ssh://git@github.com/acme/platform.git', 'key'],
  ['git@github.com:acme/platform.git', 'key'],
  ['file:///srv/platform.git', 'none'],
])('%s is reached with: %s', (url, access) => {
  expect(gitAccess(url)).toBe(access);
});
