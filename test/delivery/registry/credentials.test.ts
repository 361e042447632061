import { expect, test } from '@jest/globals';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsFor } from '../../../src/delivery/registry/credentials.js';
import { put, temporaryRoot } from '../../layout/temporary-root.js';

const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

function withAws(script: string): Record<string, string> {
  const home = temporaryRoot();
  put(home, 'bin/aws', `#!/bin/sh\n${script}\n`);
  chmodSync(join(home, 'bin/aws'), 0o755);
  return { HOME: home, PATH: join(home, 'bin') };
}

test('Amazon ECR without a credential helper gets a password of the AWS command line, of the registry’s region', async () => {
  const env = withAws('[ "$*" = "ecr get-login-password --region eu-west-1" ] && echo token');
  expect(await credentialsFor(ecr, env)).toEqual({ value: { kind: 'password', username: 'AWS', password: 'token' } });
});

test('where AWS gives none, its own words and what to install are said', async () => {
  expect(await credentialsFor(ecr, withAws('echo "Unable to locate credentials" >&2; exit 253'))).toMatchObject({
    diagnostics: [
      { message: expect.stringContaining('Unable to locate credentials'), hint: expect.stringContaining('ecr-login') },
    ],
  });
  expect(await credentialsFor(ecr, { HOME: '/nonexistent', PATH: '' })).toMatchObject({
    diagnostics: [{ message: expect.stringContaining('aws is not on PATH') }],
  });
});

test('a program that is not there leaves nothing behind that would keep the command waiting', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  await credentialsFor(ecr, { HOME: '/nonexistent', PATH: '' });
  expect(timers()).toBe(before);
});

test('other registries are asked as nobody', async () => {
  expect(await credentialsFor('ghcr.io', withAws('exit 1'))).toEqual({ value: undefined });
});
