import { describe, expect, test } from '@jest/globals';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { git, Platform, run } from './platform.js';

const platform = new Platform();

describe('spillway bump --pull-request', () => {
  test('pushes a branch and opens one pull request, whose body says what changes; without a token it says where', async () => {
    const asked: { method: string; url: string; authorization: string | undefined; body: string }[] = [];
    const page = 'https://github.example/acme/platform/pull/1';
    const gitHub = createServer((request: IncomingMessage, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        asked.push({ method, url, authorization: headers.authorization, body });
        const there = asked.some((one) => one.method === 'POST');
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(method === 'POST' ? { html_url: page } : there ? [{ html_url: page }] : []));
      });
    });
    await new Promise<void>((resolve) => gitHub.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = gitHub.address() as AddressInfo;
      const here = await platform.clone();
      await platform.server.create('acme/platform');
      await git(here, 'remote', 'set-url', 'origin', platform.server.url('acme/platform'));
      await git(here, 'push', '--quiet', 'origin', 'HEAD:main');
      const env = {
        GITHUB_SERVER_URL: `http://127.0.0.1:${platform.server.port}`,
        GITHUB_API_URL: `http://127.0.0.1:${port}/api/v3`,
        GITHUB_TOKEN: '',
      };
      const bump = 'bump shop --image ghcr.io/acme/shop:5.0.0 --cluster prod --build 50 --pull-request';
      const branch = 'spillway/bump-shop-prod-5.0.0';
      const byHand = await run(here, bump, env);
      expect(byHand).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`/acme/platform/compare/main...${branch}?expand=1`),
      });
      expect(asked).toEqual([]);
      expect(await platform.server.git('acme/platform', 'log', '-1', '--format=%s', branch)).toBe(
        'shop on prod: 1.0.0 → 5.0.0',
      );
      expect(await platform.server.git('acme/platform', 'show', 'main:apps/shop.yaml')).not.toContain('5.0.0');

      const opened = await run(here, bump, { ...env, GITHUB_TOKEN: 'secret' });
      expect(opened).toMatchObject({ code: 0, stdout: expect.stringContaining(page) });
      const post = asked.find(({ method }) => method === 'POST');
      expect(post).toMatchObject({ url: '/api/v3/repos/acme/platform/pulls', authorization: 'Bearer secret' });
      const request = JSON.parse(post?.body ?? '') as Record<string, string>;
      expect(request).toMatchObject({ title: 'shop on prod: 1.0.0 → 5.0.0', head: branch, base: 'main' });
      expect(request['body']).toContain('- Deployment shop changes (`dist/prod/apps/shop/shop.Deployment-shop.yaml`)');

      expect(await run(here, bump, { ...env, GITHUB_TOKEN: 'secret' })).toMatchObject({
        stdout: expect.stringContaining(page),
      });
      expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    } finally {
      gitHub.close();
    }
  });
});
