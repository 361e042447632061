import { describe, expect, test } from '@jest/globals';
import { Kubectl } from '../../src/live/kubectl.js';
import { missingSecrets } from '../../src/live/secrets.js';
import { fakeRun } from './fake-run.js';

const expected = [
  { namespace: 'shop', name: 'db', keys: ['password', 'url'], source: 'a vault', apps: ['shop'] },
  { namespace: 'shop', name: 'mail', keys: ['token'], source: 'a vault', apps: ['shop'] },
  { namespace: 'blog', name: 'db', keys: ['password'], source: 'a vault', apps: ['blog'] },
];
const ask = (namespace: string, ...names: string[]) =>
  `kubectl --request-timeout=20s get secret ${names.join(' ')} --namespace=${namespace} --ignore-not-found`;

describe('the declared Secrets that a cluster lacks', () => {
  test('are those that are not there, and those without all of their keys, each in its own namespace', async () => {
    const { run } = fakeRun([
      [ask('shop', 'db', 'mail'), { stdout: 'db\tpassword\n' }],
      [ask('blog', 'db'), { stdout: 'db\tpassword\tmore\n' }],
    ]);
    expect(await missingSecrets(new Kubectl(run, {}), expected)).toMatchObject({
      ok: true,
      value: [
        { namespace: 'shop', name: 'db', missingKeys: ['url'], absent: false },
        { namespace: 'shop', name: 'mail', missingKeys: ['token'], absent: true },
      ],
    });
  });

  test('are asked for by name and keys, never by value', async () => {
    const { run, calls } = fakeRun([['kubectl', {}]]);
    await missingSecrets(new Kubectl(run, {}), expected);
    expect(calls).toHaveLength(2);
    for (const call of calls) {
      expect(call).toContain('--output=go-template=');
      expect(call).not.toMatch(/\$value\}|json|yaml|base64decode/);
    }
  });

  test('are unknown to who may not read them, and that is said', async () => {
    const stderr =
      'Error from server (Forbidden): secrets "db" is forbidden: User "ci" cannot get resource "secrets"\n';
    const { run } = fakeRun([['kubectl', { status: 1, stderr }]]);
    expect(await missingSecrets(new Kubectl(run, {}), expected)).toEqual({ ok: false, error: stderr.trim() });
  });
});
