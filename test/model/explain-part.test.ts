import { describe, expect, test } from '@jest/globals';
import { explainPart } from '../../src/model/explain-part.js';
import { podinfo, resolvedApp } from '../support/repository.js';

const text = `${podinfo.replace('clusters: {prod: {}}', 'clusters: {prod: {env: {LOG_LEVEL: debug}}}')}env:
  LOG_LEVEL: info
  COLOUR: blue
podAnnotations: {example.com/team: shop, example: other}
volumes:
  - {name: data, path: /data, emptyDir: {sizeLimit: 64Mi}}
`;
const explained = (path: string) => explainPart(resolvedApp(text).app.provenance, path);

describe('a part of a field', () => {
  test('is the entry of a map, with the line that it was written on: the override where there is one', () => {
    expect(explained('env.COLOUR')).toMatchObject({ value: 'blue', origin: { kind: 'written', at: { line: 9 } } });
    expect(explained('env.LOG_LEVEL')).toMatchObject({ value: 'debug', origin: { kind: 'written', at: { line: 6 } } });
  });

  test('is the entry of a list, and what is in it', () => {
    expect(explained('volumes[0].path')).toMatchObject({
      value: '/data',
      origin: { kind: 'written', at: { line: 12 } },
    });
    expect(explained('volumes.0.emptyDir.sizeLimit')?.value).toBe('64Mi');
  });

  test('may have dots in its key', () => {
    expect(explained('podAnnotations.example.com/team')?.value).toBe('shop');
    expect(explained('podAnnotations.example')?.value).toBe('other');
  });

  test.each(['env.LOG', 'env.LOG_LEVEL.more', 'volumes[1]', 'nothing.at.all', 'env.constructor'])(
    '%s is none',
    (path) => {
      expect(explained(path)).toBeUndefined();
    },
  );
});
