import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { appSpec } from '../../src/spec/schema/app.js';
import { clusterSpec } from '../../src/spec/schema/cluster.js';

interface Documented {
  readonly path: string;
  readonly schema: z.ZodType;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** Every schema with documentation, at every place where it stands. */
function documented(schema: z.ZodType, path: string): Documented[] {
  const meta = schema.meta();
  const here = meta === undefined ? [] : [{ path, schema, meta }];
  const below = (next: unknown, step = '') => documented(next as z.ZodType, path + step);
  if (schema instanceof z.ZodOptional) return [...here, ...below(schema.unwrap())];
  if (schema instanceof z.ZodUnion) return [...here, ...schema.options.flatMap((option) => below(option))];
  if (schema instanceof z.ZodObject) {
    return [...here, ...Object.entries(schema.shape).flatMap(([key, value]) => below(value, `.${key}`))];
  }
  if (schema instanceof z.ZodArray) return [...here, ...below(schema.element, '[]')];
  if (schema instanceof z.ZodRecord) return [...here, ...below(schema.valueType, '.*')];
  return here;
}

const all = [...documented(appSpec, 'app'), ...documented(clusterSpec, 'cluster')];

test('every default has a reason, for explain and docs/spec.md', () => {
  expect(all.length).toBeGreaterThan(150);
  const silent = all.filter(
    ({ meta }) => (meta['default'] ?? meta['x-default']) !== undefined && meta['x-why'] === undefined,
  );
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test('every default is a value that its own field accepts', () => {
  const wrong = all.filter(
    ({ meta, schema }) => meta['default'] !== undefined && !schema.safeParse(meta['default']).success,
  );
  expect(wrong.map(({ path, meta }) => `${path} = ${JSON.stringify(meta['default'])}`)).toEqual([]);
});

test('every field says what it is', () => {
  expect(
    all
      .filter(({ meta }) => typeof meta['description'] !== 'string' || meta['description'] === '')
      .map(({ path }) => path),
  ).toEqual([]);
});
