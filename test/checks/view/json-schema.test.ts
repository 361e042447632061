import { expect, test } from '@jest/globals';
import { knownKeywords, schemaProblems } from '../../../src/checks/view/json-schema.js';
import { map } from '../../../src/checks/view/json.js';
import { argoprojSchema, eksctlSchema, kubernetesSchema } from '../../../src/facts/schemas.js';

/** Every keyword of a schema; names under `properties` and `definitions` are no keywords. */
function keywords(schema: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    for (const [key, part] of Object.entries(map(value))) {
      found.add(key);
      if (key === 'properties' || key === 'definitions') Object.values(map(part)).forEach(walk);
      else if (key !== 'kinds' && key !== 'default') walk(part);
    }
  };
  walk(schema);
  return found;
}

test('the schemas use no keyword that is not read', async () => {
  const schemas = [
    await kubernetesSchema('1.33'),
    await kubernetesSchema('1.34'),
    await kubernetesSchema('1.35'),
    await argoprojSchema(),
    await eksctlSchema(),
  ];
  const unread = schemas.flatMap((schema) => [...keywords(schema)]).filter((keyword) => !knownKeywords.has(keyword));
  // eksctl notes the group, version and kind of its one object.
  expect([...new Set(unread)].sort()).toEqual(['group', 'kind', 'version', 'x-kubernetes-group-version-kind']);
});

const schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[a-z]+$' },
    port: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
    ports: { type: 'array', items: { $ref: '#/definitions/port' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const definitions = { port: { type: 'integer', enum: [80, 443] } };

test.each([
  [{ name: 'a', port: 80, ports: [80], labels: { a: 'b' } }, []],
  [{}, [' lacks name']],
  [{ name: 'A' }, ['/name "A" must match ^[a-z]+$']],
  [{ name: 'a', prot: 1 }, ['/prot there is no field prot']],
  [{ name: 'a', port: true }, ['/port must be a whole number, not true or false, or must be text, not true or false']],
  [{ name: 'a', ports: [80, 81] }, ['/ports/1 must be one of 80, 443']],
  [{ name: 'a', labels: { 'x/y': 1 } }, ['/labels/x~1y must be text, not a whole number']],
  ['a', [' must be a map, not text']],
])('%j has the problems %j', (value, problems) => {
  expect(schemaProblems(schema, definitions, value).map(({ pointer, message }) => `${pointer} ${message}`)).toEqual(
    problems,
  );
});
