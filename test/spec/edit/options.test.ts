import { expect, test } from '@jest/globals';
import { aboutOptions } from '../../../src/spec/edit/options.js';
import { appText, clusterText } from '../../../src/spec/edit/templates.js';
import { parseSpecs } from '../../../src/spec/parse/specs.js';
import { parseSource } from '../../../src/spec/read/source.js';
import { prod } from '../../support/repository.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function aboutCluster(given: { name: string; region: string; repository: string }) {
  const { source, diagnostics } = parseSource('cluster', `clusters/${given.name}.yaml`, bytes(clusterText(given)));
  return aboutOptions([...diagnostics, ...parseSpecs([source]).diagnostics], source.positions, {
    name: '--name',
    region: '--region',
    'gitops.repository': '--repository',
  });
}

function aboutApp(given: { name: string; image: string; port?: string }) {
  const cluster = parseSource('cluster', 'clusters/prod.yaml', bytes(prod)).source;
  const text = appText({ ...given, clusters: ['prod'] });
  const { source, diagnostics } = parseSource('app', `apps/${given.name}.yaml`, bytes(text));
  return aboutOptions([...diagnostics, ...parseSpecs([cluster, source]).diagnostics], source.positions, {
    name: 'NAME',
    image: '--image',
    port: '--port',
  });
}

const good = { name: 'shop', image: 'acme/shop:1.0.0', port: '80' };

test('what is wrong with a template’s value is said of the option, without a place in a file that is not there', () => {
  const said = aboutCluster({ name: 'Prod', region: 'Frankfurt', repository: 'acme/platform' });
  expect(said.map(({ at }) => at)).toEqual([undefined, undefined, undefined]);
  expect(said.map(({ message }) => message)).toEqual([
    '`--name` must be a name of at most 40 lower-case letters, digits and "-" that starts with a letter, not "Prod"',
    '`--region` must be an AWS region such as us-east-1, not "Frankfurt"',
    '`--repository` must be the URL of a Git repository, not "acme/platform"',
  ]);
});

test.each<[Partial<typeof good>, string[]]>([
  [{}, []],
  [{ port: '80x80' }, ['`--port` must be a whole number from 1 to 65535, not "80x80"']],
  [{ port: '99999' }, ['`--port` must be a whole number from 1 to 65535, not 99999']],
  [{ image: '123' }, []],
  [
    { name: '../evil' },
    [
      '`NAME` must be a DNS label of at most 48 characters that starts with a letter: it names Services and prefixes other objects, not "../evil"',
    ],
  ],
])('of an app: %j', (changed, messages) => {
  expect(aboutApp({ ...good, ...changed }).map(({ message }) => message)).toEqual(messages);
});

test('what is not about a value of the person’s stays as it is', () => {
  const positions = { at: { file: 'a', line: 1, column: 1 }, children: new Map() };
  expect(aboutOptions([{ code: 'x', severity: 'error', message: 'y' }], positions, { name: '--name' })).toEqual([
    { code: 'x', severity: 'error', message: 'y' },
  ]);
});
