import { describe, expect, test } from '@jest/globals';
import { app } from '../said.js';

describe('delivery.bumps', () => {
  test('names one of the app’s clusters', () => {
    const { diagnostics, specs } = app('delivery: {bumps: prod}\n');
    expect(diagnostics).toEqual([]);
    expect(specs.apps[0]?.spec.value.delivery).toEqual({ bumps: 'prod' });
  });

  test('is refused where the app is on no such cluster, with the one that was probably meant', () => {
    const near = app('delivery: {bumps: pord}\n');
    expect(near.places).toEqual(['1:19 delivery-cluster']);
    expect(near.hints).toEqual(['did you mean `prod`?']);
    expect(app('delivery: {bumps: elsewhere}\n').hints).toEqual(['put it on the cluster: `clusters: {elsewhere: {}}`']);
  });

  test('cannot differ from cluster to cluster', () => {
    const head = 'name: a\nimage: acme/a:1.0.0\nport: 80\n';
    expect(app('clusters: {prod: {delivery: {bumps: prod}}}\n', head).places).toEqual(['1:19 override-not-allowed']);
  });

  test('has no other fields', () => {
    expect(app('delivery: {bump: prod}\n').hints).toEqual(['did you mean `bumps`?']);
  });
});
