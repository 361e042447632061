import { afterEach, describe, expect, test } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { chartObjects } from '../../charts/chart.js';

const metadata = { name: 'a', namespace: 'b' };

describe('the objects of a chart', () => {
  afterEach(() => {
    delete process.env['CDK8S_DISABLE_SORT'];
  });

  test('come in the order in which they were made', () => {
    const objects = chartObjects('test', (chart) => {
      for (const name of ['b', 'a', 'c']) new k8s.KubeConfigMap(chart, name, { metadata: { name } });
    });
    expect(objects.map((object) => object.metadata.name)).toEqual(['b', 'a', 'c']);
  });

  test('have the names they were given and no labels of cdk8s', () => {
    const objects = chartObjects('test', (chart) => new k8s.KubeConfigMap(chart, 'x', { metadata, data: { k: 'v' } }));
    expect(objects).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { k: 'v' } }]);
  });

  test('may have one name in two namespaces', () => {
    const objects = chartObjects('test', (chart) => {
      for (const namespace of ['x', 'y'])
        new k8s.KubeConfigMap(chart, namespace, { metadata: { name: 'a', namespace } });
    });
    expect(objects).toHaveLength(2);
  });

  test('have their keys in one order, whatever made them and whatever the environment says', () => {
    const keys = () =>
      chartObjects('test', (chart) => {
        const object = new ApiObject(chart, 'x', {
          kind: 'Widget',
          apiVersion: 'v1',
          metadata,
          spec: { z: 1, m: { y: 1, b: 2 } },
        });
        object.addJsonPatch(JsonPatch.add('/spec/a', { d: 1, c: 2 }));
      }).map((object) => JSON.stringify(object));
    const expected = [
      '{"apiVersion":"v1","kind":"Widget","metadata":{"name":"a","namespace":"b"},"spec":{"a":{"c":2,"d":1},"m":{"b":2,"y":1},"z":1}}',
    ];
    expect(keys()).toEqual(expected);
    process.env['CDK8S_DISABLE_SORT'] = 'true';
    expect(keys()).toEqual(expected);
  });
});
