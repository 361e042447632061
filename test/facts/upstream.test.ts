import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argoprojSchema, eksctlSchema, kubernetesSchema } from '../../src/facts/schemas.js';
import lock from '../../src/facts/upstream/lock.json';
import { rolloutsCrds } from '../../src/model/rollouts-crds.js';
import { componentVersions, supportedKubernetesVersions } from '../../src/facts/versions.js';

/** Whether any map below has a text under that key; a field *called* description is a schema, not a text. */
function hasText(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, child]) => (name === key && typeof child === 'string') || hasText(child, key),
  );
}

test('the lock names every module with version and hash', () => {
  const modules = lock.modules.map(({ module, version }) => `${module}@${version}`);
  expect(modules).toEqual([
    'github.com/argoproj/argo-rollouts@v1.9.1',
    'github.com/argoproj/argo-cd/v3@v3.5.3',
    'github.com/weaveworks/eksctl@v0.230.0',
    'k8s.io/kubernetes@v1.33.13',
    'k8s.io/kubernetes@v1.34.4',
    'k8s.io/kubernetes@v1.35.4',
  ]);
  for (const { sum } of lock.modules) expect(sum).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
});

test('what is locked is what is deployed', () => {
  const version = (module: string) => lock.modules.find((entry) => entry.module === module)?.version;
  expect(version('github.com/argoproj/argo-rollouts')).toBe(componentVersions('1.35').argoRollouts.version);
  expect(version('github.com/argoproj/argo-cd/v3')).toBe(componentVersions('1.35').argoCd.version);
  const kubernetes = lock.modules.filter(({ module }) => module === 'k8s.io/kubernetes');
  expect(kubernetes.map((entry) => entry.version.replace(/^v(\d+\.\d+)\.\d+$/, '$1'))).toEqual([
    ...supportedKubernetesVersions,
  ]);
});

test('the CRDs of Argo Rollouts are complete and carry no prose', () => {
  expect(rolloutsCrds.map(({ metadata }) => metadata.name)).toEqual([
    'rollouts.argoproj.io',
    'experiments.argoproj.io',
    'analysisruns.argoproj.io',
    'analysistemplates.argoproj.io',
    'clusteranalysistemplates.argoproj.io',
  ]);
  for (const crd of rolloutsCrds) expect(hasText(crd, 'description')).toBe(false);
});

test('no schema carries prose', async () => {
  const schemas = await Promise.all([
    argoprojSchema(),
    eksctlSchema(),
    ...supportedKubernetesVersions.map((kubernetes) => kubernetesSchema(kubernetes)),
  ]);
  for (const schema of schemas) {
    expect(hasText(schema, 'description')).toBe(false);
    expect(hasText(schema, 'x-intellij-html-description')).toBe(false);
  }
});

test('the imported classes come from the four CRDs', () => {
  const classes = readFileSync(join(__dirname, '../../imports/argoproj.io.ts'), 'utf8');
  for (const name of ['Rollout', 'AnalysisTemplate', 'Application', 'AppProject']) {
    expect(classes).toContain(`export class ${name} extends ApiObject`);
  }
});
