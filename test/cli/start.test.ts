import { describe, expect, test } from '@jest/globals';
import { put, temporaryRoot, tree } from '../layout/temporary-root.js';
import { spillway } from './run-spillway.js';

const initArgs = ['init', '--region', 'eu-west-1', '--repository', 'https://github.com/acme/platform.git'];

describe('starting a repository', () => {
  test('init, new app and render give a repository without errors, in three commands', () => {
    const root = temporaryRoot();
    const begun = spillway(root, initArgs);
    expect(begun).toMatchObject({ code: 0, stderr: '' });
    for (const next of [
      'npm install --save-dev',
      'npx spillway new app',
      'npx spillway render',
      'npx spillway bootstrap prod',
    ])
      expect(begun.stdout).toContain(`\n  ${next}`);
    expect(Object.keys(tree(root))).toEqual([
      '.gitattributes',
      '.gitignore',
      'clusters/prod.yaml',
      'schemas/app.json',
      'schemas/cluster.json',
    ]);
    expect(spillway(root, ['new', 'app', 'shop', '--image', 'ghcr.io/acme/shop:1.4.2', '--port', '8080']).code).toBe(0);
    expect(spillway(root, ['new', 'app', 'mill', '--image', 'ghcr.io/acme/mill:1.0.0']).code).toBe(0);
    expect(tree(root)['apps/mill.yaml']).toContain('kind: worker');
    expect(spillway(root, ['render', '--strict'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('neither overwrites a file', () => {
    const root = temporaryRoot({ 'clusters/prod.yaml': '# mine' });
    const before = tree(root);
    expect(spillway(root, initArgs)).toMatchObject({ code: 1 });
    expect(spillway(root, initArgs).stdout).toContain('clusters/prod.yaml is there already');
    expect(tree(root)).toEqual(before);
  });

  test('init leaves the line ends and schemas of a repository as they are', () => {
    const root = temporaryRoot({ '.gitattributes': '* text=auto\n' });
    expect(spillway(root, initArgs).code).toBe(0);
    expect(tree(root)['.gitattributes']).toBe('* text=auto\n');
  });

  test('init refuses a cluster that the checks refuse, such as one in a region that does not exist', () => {
    const root = temporaryRoot();
    const { code, stdout } = spillway(root, initArgs.with(2, 'eu-wset-1'));
    expect(code).toBe(1);
    expect(stdout).toContain('did you mean eu-west-1?');
    expect(tree(root)).toEqual({});
  });

  test('new app says at once what check would say of it, and not what is wrong elsewhere', () => {
    const root = temporaryRoot();
    spillway(root, initArgs);
    put(root, 'apps/broken.yaml', 'name: broken\n');
    const { code, stdout } = spillway(root, ['new', 'app', 'shop', '--image', 'ghcr.io/acme/shop']);
    expect(code).toBe(0);
    expect(stdout).toContain('[image-pinned]');
    expect(stdout).toContain('created apps/shop.yaml');
    expect(stdout).not.toContain('broken');
  });

  test.each([
    ['a name that is none', ['new', 'app', '../evil', '--image', 'x/y:1.0.0']],
    ['a name with YAML in it', ['new', 'app', 'x\nkind: cronjob', '--image', 'x/y:1.0.0']],
    ['an image that is none', ['new', 'app', 'shop', '--image', 'not an image']],
    ['a port that is none', ['new', 'app', 'shop', '--image', 'x/y:1.0.0', '--port', '99999']],
  ])('%s is refused by the name of its option, and nothing is written', (_, args) => {
    const root = temporaryRoot();
    spillway(root, initArgs);
    const before = tree(root);
    const { code, stdout } = spillway(root, args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/error {2}`(NAME|--image|--port|--name|--region|--repository)`/);
    expect(tree(root)).toEqual(before);
  });

  test('an app that is there already is left as it is', () => {
    const root = temporaryRoot();
    spillway(root, initArgs);
    put(root, 'apps/shop.yaml', '# mine\n');
    expect(spillway(root, ['new', 'app', 'shop', '--image', 'x/y:1.0.0']).code).toBe(1);
    expect(tree(root)['apps/shop.yaml']).toBe('# mine\n');
  });

  test('a new app needs a repository', () => {
    const { code, stdout } = spillway(temporaryRoot(), ['new', 'app', 'shop', '--image', 'x/y:1.0.0']);
    expect(code).toBe(2);
    expect(stdout).toContain('there is no folder clusters/');
  });
});
