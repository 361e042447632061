import { describe, expect, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { put } from '../layout/temporary-root.js';
import { prod } from '../support/repository.js';
import { appText, git, Platform, run } from './platform.js';

const platform = new Platform();

describe('spillway bump --push', () => {
  test('makes the bump again on top of whoever was faster, and the checkout stays as it is', async () => {
    const here = await platform.clone();
    const before = await git(here, 'rev-parse', 'HEAD');
    platform.meanwhile = () => platform.pushChange('apps/cart.yaml', (text) => text.replace('100m', '200m'));
    const { code, stdout, stderr } = await run(
      here,
      'bump shop --image ghcr.io/acme/shop:2.0.0 --cluster prod --build 5 --push',
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: expect.stringContaining('on main, pushed to origin'),
      stderr: 'note: main moved on; once more on top of it\n',
    });
    expect(await platform.server.git('platform', 'log', '-2', '--format=%s', 'main')).toBe(
      'shop on prod: 1.0.0 → 2.0.0\nchange apps/cart.yaml',
    );
    expect(await git(here, 'rev-parse', 'HEAD')).toBe(before);
    expect(await run(await platform.clone(), 'render --check')).toMatchObject({ code: 0 });
  });

  test('lands a build once, and no older one after it; --allow-older goes back', async () => {
    const here = await platform.clone();
    const bump = (image: string, build: number, more = '') =>
      run(here, `bump shop --image ghcr.io/acme/shop:${image} --cluster prod --build ${build} --push${more}`);
    const before = await platform.head();
    expect(await bump('2.0.0', 5)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('build 5 has landed on prod'),
    });
    expect(await bump('1.9.0', 4)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing to do: build 4 is older than build 5'),
    });
    expect(await platform.head()).toBe(before);
    expect(await bump('1.9.0', 4, ' --allow-older')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2.0.0 → 1.9.0'),
    });
    expect(await platform.spec('shop')).toContain('prod: {image: ghcr.io/acme/shop:1.9.0}');
    expect(await platform.message()).toContain('Spillway-Build: 4');
  });

  test('finds the last build in the history that a shallow clone does not have', async () => {
    await platform.pushChange('apps/cart.yaml', (text) => text.replace('200m', '300m'));
    const shallow = join(platform.work, 'shallow');
    await git(platform.work, 'clone', '--quiet', '--depth=1', platform.server.url('platform'), shallow);
    const { code, stdout } = await run(
      shallow,
      'bump shop --image ghcr.io/acme/shop:1.8.0 --cluster prod --build 3 --push',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('build 3 is older than build 4') });
  });

  test('does not bring back what was reverted, when its build is run again', async () => {
    const here = await platform.clone();
    expect(await run(here, 'bump cart --image ghcr.io/acme/cart:2.0.0 --cluster prod --build 7 --push')).toMatchObject({
      code: 0,
    });
    const reverter = await platform.clone();
    await git(reverter, 'revert', '--no-edit', 'HEAD');
    await git(reverter, 'push', '--quiet', 'origin', 'HEAD:main');
    const reverted = await platform.head();
    const again = await run(here, 'bump cart --image ghcr.io/acme/cart:2.0.0 --cluster prod --build 7 --push');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('has been taken back since') });
    expect(await platform.head()).toBe(reverted);
  });

  test('stops where somebody else wrote the same line meanwhile', async () => {
    const here = await platform.clone();
    platform.meanwhile = () =>
      platform.pushChange('apps/cart.yaml', (text) =>
        text.replace(/ {2}prod: .*/, '  prod: {image: ghcr.io/acme/cart:3.0.0-hotfix}'),
      );
    const { code, stdout } = await run(
      here,
      'bump cart --image ghcr.io/acme/cart:2.1.0 --cluster prod --build 8 --push',
    );
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(
        /somebody changed the image of cart on prod to \S+3\.0\.0-hotfix \([0-9a-f]+ by Ann: change/,
      ),
    });
    expect(await platform.spec('cart')).toContain('3.0.0-hotfix');
    expect(await git(here, 'status', '--porcelain')).toBe('');
  });

  test('stops where the new head is broken, and where the server takes no push', async () => {
    const here = await platform.clone();
    const start = await platform.head();
    platform.meanwhile = () => platform.pushChange('apps/cart.yaml', (text) => text.replace('cpu: 300m', 'cpu: much'));
    const bump = 'bump shop --image ghcr.io/acme/shop:3.0.0 --cluster staging --push';
    expect(await run(here, bump)).toMatchObject({ code: 1, stdout: expect.stringContaining('apps/cart.yaml:4') });
    await platform.server.git('platform', 'update-ref', 'refs/heads/main', start);

    const hook = join(platform.server.folder('platform'), 'hooks', 'pre-receive');
    writeFileSync(hook, '#!/bin/sh\necho "main is protected" >&2\nexit 1\n', { mode: 0o755 });
    const { code, stdout } = await run(here, bump);
    rmSync(hook);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/pre-receive hook declined[^]*main is protected/),
    });
    expect(await platform.head()).toBe(start);
  });

  test('gives up when its time is over', async () => {
    const here = await platform.clone();
    const gone = platform.server.url('platform').replace(String(platform.server.port), '1');
    await git(here, 'remote', 'set-url', 'origin', gone);
    const { code, stdout } = await run(
      here,
      'bump shop --image ghcr.io/acme/shop:3.0.0 --cluster staging --push --retry-for 1s',
    );
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/not landed after .* in 1 seconds: cannot fetch main/),
    });
  });

  test('works below the top of a repository', async () => {
    await platform.server.create('monorepo');
    const mono = join(platform.work, 'mono');
    await git(platform.work, 'clone', '--quiet', platform.server.url('monorepo'), mono);
    put(mono, 'deploy/clusters/prod.yaml', prod.replace('branch: main', 'branch: release, path: deploy'));
    put(mono, 'deploy/apps/shop.yaml', appText('shop').replace('  staging: {scale: {min: 1}}   # small\n', ''));
    await run(join(mono, 'deploy'), 'render');
    await git(mono, 'add', '.');
    await git(mono, 'commit', '--quiet', '-m', 'first');
    await git(mono, 'push', '--quiet', 'origin', 'HEAD:release');
    const { code, stdout } = await run(
      join(mono, 'deploy'),
      'bump shop --image ghcr.io/acme/shop:1.0.1 --cluster prod --push',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('on release, pushed to origin') });
    expect(await platform.server.git('monorepo', 'show', 'release:deploy/apps/shop.yaml')).toContain(
      'image: ghcr.io/acme/shop:1.0.1',
    );
  });
});

describe('spillway promote', () => {
  test('copies the image, its build and its source from one cluster to the other', async () => {
    const here = await platform.clone();
    const image = `ghcr.io/acme/shop:4.0.0@sha256:${'a'.repeat(64)}`;
    await run(here, `bump shop --image ${image} --cluster staging --build 40 --source-commit abcdef0 --push`);
    const { code, stdout } = await run(here, 'promote shop --from staging --to prod --push');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('shop on prod: 1.9.0 → 4.0.0') });
    const said = await platform.message();
    for (const line of [
      `Spillway-Image: ${image}`,
      'Spillway-Build: 40',
      'Source-Commit: abcdef0',
      'Spillway-Promoted-From: staging',
    ])
      expect(said).toContain(line);
    expect(await run(here, 'promote shop --from staging --to prod --push')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing to do'),
    });
    expect(await run(here, 'promote shop --from prod --to prod')).toMatchObject({ code: 2 });
  });
});
