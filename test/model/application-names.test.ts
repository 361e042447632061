import { expect, test } from '@jest/globals';
import { isReservedApplicationName } from '../../src/model/application-names.js';
import { delivery, ofOwner, appText } from '../charts/gitops/delivery.js';

test('every Application of the platform has a reserved name, so that no app can take it', () => {
  const { objects } = delivery({ apps: { podinfo: appText('podinfo', 'ingress: {host: podinfo.acme.io}') } });
  const applications = [...ofOwner(objects, 'bootstrap'), ...ofOwner(objects, 'argocd')].filter(
    ({ kind }) => kind === 'Application',
  );
  expect(applications.length).toBeGreaterThan(7);
  for (const { metadata } of applications) expect(isReservedApplicationName(metadata.name)).toBe(true);
});

test('other names are free', () => {
  for (const name of ['podinfo', 'platforms', 'apps-2', 'argocd-notifier']) {
    expect(isReservedApplicationName(name)).toBe(false);
  }
});
