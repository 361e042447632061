import { describe, expect, test } from '@jest/globals';
import { runChecks } from '../../src/checks/run.js';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { renderTexts } from '../support/rendering.js';
import { describeDiagnostics, prod } from '../support/repository.js';
import { app, cluster } from './cases/case.js';
import { judgedCluster } from './judged-cluster.js';

/** What the checks say of one app on the cluster `prod`, about silences and the id that is silenced. */
async function said(shop: string, clusterText = cluster()): Promise<string> {
  const { rendered } = judgedCluster({ clusters: { prod: clusterText }, apps: { shop } });
  const about = ['single-pod', 'unknown-check', 'unused-silence', 'essential-check', 'application-name'];
  return describeDiagnostics((await runChecks(rendered)).filter(({ code }) => about.includes(code)));
}

const reason = 'a batch importer, being away is fine';
const onePod = 'scale: {min: 1, max: 1}';

describe('silence', () => {
  test('in the app’s spec keeps a check from speaking of that app', async () => {
    expect(await said(app(onePod))).toContain('warning single-pod');
    expect(await said(app(`${onePod}\nsilence: {single-pod: ${JSON.stringify(reason)}}`))).toBe('');
  });

  test('in the cluster’s spec keeps a check from speaking of every app', async () => {
    expect(await said(app(onePod), cluster(`silence: {single-pod: ${JSON.stringify(reason)}}`))).toBe('');
  });

  test('in one app’s spec does not reach another app', async () => {
    const { rendered } = judgedCluster({
      clusters: { prod },
      apps: {
        shop: app(`${onePod}\nsilence: {single-pod: ${JSON.stringify(reason)}}`),
        cart: app(onePod, 'cart'),
      },
    });
    const found = (await runChecks(rendered)).filter(({ code }) => code === 'single-pod');
    expect(found.map(({ at }) => at?.file)).toEqual(['apps/cart.yaml']);
  });

  test('of a check that is not there is an error at its key, with the nearest check', async () => {
    const { rendered } = judgedCluster({
      clusters: { prod },
      apps: { shop: app(`silence:\n  singel-pod: ${reason}`) },
    });
    const [unknown] = (await runChecks(rendered)).filter(({ code }) => code === 'unknown-check');
    expect(unknown).toMatchObject({
      severity: 'error',
      message: 'there is no check singel-pod',
      hint: 'did you mean single-pod?',
      at: { file: 'apps/shop.yaml', line: 7, column: 3 },
    });
  });

  test('that silences nothing is said, and is no error', async () => {
    expect(await said(app(`scale: {min: 2, max: 2}\nsilence:\n  single-pod: ${reason}`))).toBe(
      'apps/shop.yaml:8:3: info unused-silence: single-pod has nothing to say here, so nothing is silenced',
    );
  });

  test('of an essential check is refused, and the check speaks', async () => {
    const { rendered } = judgedCluster({
      clusters: { prod },
      apps: { apps: app(`silence: {application-name: ${JSON.stringify(reason)}}`, 'apps') },
    });
    const codes = (await runChecks(rendered)).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['application-name', 'essential-check']));
    expect(codes).not.toContain('unused-silence');
  });

  test('in a base spec that one of two clusters needs is not unused', async () => {
    const staging = prod.replace('name: prod', 'name: staging').concat('production: false\n');
    const shop = app(`${onePod}\nsilence: {single-pod: ${JSON.stringify(reason)}}`).replace(
      'clusters: {prod: {}}',
      'clusters: {prod: {}, staging: {}}',
    );
    const rendering = await renderTexts({ clusters: { prod, staging }, apps: { shop } });
    const codes = rendering.diagnostics.map(({ code }: Diagnostic) => code);
    expect(codes).not.toContain('unused-silence');
    expect(codes).not.toContain('single-pod');
  });
});

test('the specs of design.md give no error and no more than two remarks', async () => {
  const podinfo = `name: podinfo
image: ghcr.io/stefanprodan/podinfo:6.9.2
port: 9898
health: {readiness: /readyz, liveness: /healthz}
resources: {cpu: 100m, memory: 64Mi}
capacity: overflow
scale: {min: 3, max: 30, cpu: 60%}
release: {canary: [10%, 2m, 30%, 5m, 60%, 5m]}
clusters: {prod: {}}
`;
  const { rendered } = judgedCluster({ clusters: { prod }, apps: { podinfo } });
  const diagnostics = await runChecks(rendered);
  expect(diagnostics.map(({ code }) => code)).toEqual(['canary-share', 'endpoint-open']);
  expect(diagnostics[0]?.message).toBe(
    'with 3 pods, the 10% step of podinfo is really 1 of 4 pods: 25% of the traffic',
  );
});

test('the same input gives the same list, whatever the order of the objects', async () => {
  const { rendered } = judgedCluster({
    clusters: { prod },
    apps: { shop: app('scale: {min: 1, max: 1}\nimage: shop'), cart: app('image: cart', 'cart') },
  });
  const reversed = { ...rendered, objects: [...rendered.objects].reverse() };
  expect(await runChecks(reversed)).toEqual(await runChecks(rendered));
});

describe('a finding in a line that several clusters share', () => {
  const staging = prod.replace('name: prod', 'name: staging').replace('region:', 'production: false\nregion:');
  const spec = (scale: string) => app(scale).replace('clusters: {prod: {}}', 'clusters: {prod: {}, staging: {}}');
  const messages = async (shop: string) => {
    const { diagnostics } = await renderTexts({ clusters: { prod, staging }, apps: { shop } });
    return diagnostics
      .filter(({ code }) => code === 'single-pod' || code === 'image-pinned')
      .map(({ message }) => message);
  };

  test('names the cluster on which alone it is true', async () => {
    expect(await messages(spec(onePod))).toEqual([expect.stringMatching(/^on prod: shop runs one pod/)]);
  });

  test('names none where it is true on all', async () => {
    const [message, ...others] = await messages(
      spec('scale: {min: 2, max: 2}').replace(/image: \S+/, 'image: ghcr.io/acme/shop:latest'),
    );
    expect(message).not.toMatch(/^on /);
    expect(message).toContain('latest');
    expect(others).toEqual([]);
  });
});

describe('an app whose name or namespace belongs to the platform', () => {
  const found = async (shop: string) => {
    const { rendered } = judgedCluster({ clusters: { prod }, apps: { shop } });
    return (await runChecks(rendered)).filter(({ at }) => at?.file === 'apps/shop.yaml').map(({ code }) => code);
  };
  const faulty = `${onePod}\nimage: ghcr.io/acme/shop:latest\nresources: {memory: 2Gi, memoryLimit: 1Gi}\nsilence: {drain-time: it drains by itself, as we measured}\n`;

  test('is judged by no other check: most of what they would say follows from that', async () => {
    expect(await found(app(`${faulty}namespace: kube-system`))).toEqual([]);
    expect(await found(app(faulty, 'apps'))).toEqual(['application-name']);
  });

  test('is judged as all others once it has another one', async () => {
    const codes = await found(app(faulty));
    expect(codes).toEqual(
      expect.arrayContaining(['single-pod', 'image-pinned', 'limit-below-request', 'unused-silence']),
    );
  });
});

test('a Secret with nearly the right name can still be declared', async () => {
  const shop = app(
    'env: {A: {secret: {name: shop-keys, key: a}}}\nexternalSecrets: [{name: shop-key, keys: [a], source: by hand}]',
  );
  const { diagnostics } = await renderTexts({ clusters: { prod }, apps: { shop } });
  expect(diagnostics.find(({ code }) => code === 'secret-exists')?.hint).toBe(
    'did you mean shop-key? Otherwise declare it under externalSecrets: [{name: shop-keys, keys: [a], source: where it comes from}]',
  );
});
