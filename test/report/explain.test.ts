import { expect, test } from '@jest/globals';
import { explainJson, explainTable } from '../../src/report/explain.js';
import type { Explanation } from '../../src/report/explain.js';

const explanations: Explanation[] = [
  {
    app: 'web',
    cluster: 'prod',
    fields: [
      { path: 'scale.min', value: 3, origin: { kind: 'written', at: { file: 'apps/web.yaml', line: 4, column: 9 } } },
      { path: 'capacity', value: 'overflow', origin: { kind: 'default', why: 'stable, then cheap' } },
      { path: 'ingress', value: undefined, origin: { kind: 'default' } },
    ],
  },
];

test('the table says of each field its value, and the line or the reason behind it', () => {
  expect(explainTable(explanations, { colour: false, pathPrefix: 'shop/' })).toBe(
    [
      'web on prod',
      '  scale.min  3         shop/apps/web.yaml:4:9',
      '  capacity   overflow  default: stable, then cheap',
      '  ingress    –         default',
      '',
    ].join('\n'),
  );
});

test('programs get the values as they are', () => {
  expect(JSON.parse(explainJson(explanations))).toMatchObject([
    { app: 'web', fields: [{ value: 3 }, { value: 'overflow' }, { path: 'ingress' }] },
  ]);
});
