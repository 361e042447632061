import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { put } from '../layout/temporary-root.js';
import { prod } from '../support/repository.js';
import { appText, git, person, Platform, run } from './platform.js';

const platform = new Platform();

describe('spillway bump without --push', () => {
  test('commits the line of the spec and the app’s own files on the checked-out branch, with trailers', async () => {
    const here = await platform.clone();
    put(here, 'notes.txt', 'mine');
    const { code, stdout } = await run(
      here,
      'bump shop --image ghcr.io/acme/shop:1.1.0 --cluster staging --build 3 --source-commit 3f2a1bc',
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^shop on staging: 1\.0\.0 → 1\.1\.0\n {2}apps\/shop\.yaml\n {2}dist\/staging\/apps\/shop\/\S+\ncommit [0-9a-f]{9} on main, not pushed\n$/,
      ),
    });
    expect(await git(here, 'log', '-1', '--format=%B%an')).toBe(
      [
        'shop on staging: 1.0.0 → 1.1.0\n',
        'Spillway-App: shop',
        'Spillway-Cluster: staging',
        'Spillway-Image: ghcr.io/acme/shop:1.1.0',
        'Spillway-Previous-Image: ghcr.io/acme/shop:1.0.0',
        'Spillway-Build: 3',
        'Source-Commit: 3f2a1bc',
        'Ann',
      ].join('\n'),
    );
    expect(readFileSync(join(here, 'apps/shop.yaml'), 'utf8')).toBe(
      appText('shop').replace('{scale: {min: 1}}', '{image: ghcr.io/acme/shop:1.1.0, scale: {min: 1}}'),
    );
    expect(await git(here, 'status', '--porcelain')).toBe('?? notes.txt');
    expect(await run(here, 'render --check')).toMatchObject({ code: 0 });
  });

  test('refuses, and leaves everything as it is', async () => {
    const here = await platform.clone();
    const bump = 'bump shop --image ghcr.io/acme/shop:1.1.0';
    const before = await git(here, 'rev-parse', 'HEAD');
    const refused = async (args: string, code: number, words: string, env: NodeJS.ProcessEnv = {}) => {
      const said = await run(here, args, env);
      expect({ args, code: said.code, stdout: said.stdout }).toEqual({
        args,
        code,
        stdout: expect.stringContaining(words),
      });
    };
    await refused(bump, 2, 'which cluster? shop is on prod, staging');
    await refused(`${bump} --cluster stagin`, 2, 'did you mean staging?');
    await refused(bump.replace('shop', 'shpo'), 2, 'did you mean shop?');
    await refused('bump shop --cluster prod --image ghcr.io/acme/Shop', 2, '--image must be an image reference');
    await refused(`${bump} --cluster prod --build latest`, 2, '--build must be a whole number');
    const nobody = Object.fromEntries(Object.keys(person).map((name) => [name, undefined]));
    await refused(`${bump} --cluster prod`, 2, 'git does not know who commits', nobody);
    put(here, 'apps/cart.yaml', appText('cart').replace('1.0.0', '1.0.1'));
    await refused(`${bump} --cluster prod --push`, 1, 'uncommitted changes in apps/cart.yaml');
    await git(here, 'checkout', '--quiet', '.');
    expect(await git(here, 'rev-parse', 'HEAD')).toBe(before);
    expect(await git(here, 'status', '--porcelain')).toBe('');
  });

  test('refuses what the checks refuse, of whatever app, with a clean tree', async () => {
    const here = await platform.clone();
    put(here, 'apps/cart.yaml', appText('cart').replace('min: 1', 'min: one'));
    await git(here, 'commit', '--quiet', '-am', 'broken');
    const { code, stdout } = await run(here, 'bump shop --image ghcr.io/acme/shop:1.1.0 --cluster prod');
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('apps/cart.yaml:7') });
    expect(await git(here, 'status', '--porcelain')).toBe('');
    expect(await git(here, 'log', '-1', '--format=%s')).toBe('broken');
  });

  test('needs a repository of Git', async () => {
    const here = mkdtempSync(join(platform.work, 'none-'));
    put(here, 'clusters/prod.yaml', prod);
    put(here, 'apps/shop.yaml', appText('shop').replace('  staging: {scale: {min: 1}}   # small\n', ''));
    const { code, stdout } = await run(here, 'bump shop --image ghcr.io/acme/shop:1.1.0 --cluster prod', {
      GIT_CEILING_DIRECTORIES: platform.work,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('lies in no Git repository') });
  });
});
