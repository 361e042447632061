import { expect, test } from '@jest/globals';
import { appKinds, distinctKinds, groupKindOf } from '../../src/model/project-kinds.js';
import { appText, delivery } from '../charts/gitops/delivery.js';

test('the kinds that projects allow are those that Spillway renders for apps, all of them', () => {
  const { rendered } = delivery({
    apps: {
      podinfo: appText('podinfo'),
      web: appText(
        'web',
        'ingress: {host: web.acme.io}',
        'scale: {min: 2, max: 9, cpu: 60%}',
        'release: {canary: [50%, 1m], analysis: {job: {path: /}}}',
        'files: {/etc/web.yaml: "a: 1"}',
      ),
      store: appText('store', 'scale: {min: 1, max: 1}', 'volumes: [{name: data, path: /data, claim: {size: 1Gi}}]'),
      nightly: appText('nightly', 'kind: cronjob', 'schedule: {cron: "0 3 * * *"}')
        .replace('port: 9898\n', '')
        .replace(/health: .*\n/, ''),
    },
  });
  const ofApps = rendered.filter(({ owner }) => owner.kind === 'app').map(({ object }) => groupKindOf(object));
  expect(distinctKinds(ofApps)).toEqual(distinctKinds(appKinds));
});
