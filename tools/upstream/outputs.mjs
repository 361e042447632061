import { stringify } from 'yaml';
import { importCrds } from './cdk8s-import.mjs';
import { crdSchema, readCrds } from './crds.mjs';
import { eksctlSchema } from './eksctl-schema.mjs';
import { formatJson } from './format.mjs';
import { servedKinds } from './kubernetes-api.mjs';
import { readOpenApi } from './kubernetes-openapi.mjs';
import { kubernetesSchema } from './kubernetes-schema.mjs';
import { downloadModule } from './module.mjs';
import * as pins from './pins.mjs';

const facts = 'src/facts/upstream';

/**
 * Every generated file, by its path from the root of the repository. Reads the module cache, writes nothing.
 *
 * @returns {Map<string, string>}
 */
export function generate() {
  const rollouts = downloadModule(pins.argoRollouts);
  const argoCd = downloadModule(pins.argoCd);
  const eksctl = downloadModule(pins.eksctl);
  const kubernetes = pins.kubernetes.map((pin) => downloadModule(pin));

  // The order of upstream's own kustomization.
  const rolloutsCrds = readCrds(rollouts.dir, [
    'rollout-crd.yaml',
    'experiment-crd.yaml',
    'analysis-run-crd.yaml',
    'analysis-template-crd.yaml',
    'cluster-analysis-template-crd.yaml',
  ]);
  const writtenCrds = [
    ...readCrds(rollouts.dir, ['rollout-crd.yaml', 'analysis-template-crd.yaml']),
    ...readCrds(argoCd.dir, ['application-crd.yaml', 'appproject-crd.yaml']),
  ];
  const importYaml = writtenCrds
    .map((crd) => stringify(crd, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');

  const openApi = kubernetes.map(({ minor, dir }) => ({ minor, documents: readOpenApi(dir) }));
  const lock = [rollouts, argoCd, eksctl, ...kubernetes].map(({ module, version, sum }) => ({ module, version, sum }));

  return new Map([
    [`${facts}/lock.json`, formatJson({ modules: lock }, 2)],
    [`${facts}/argo-rollouts-crds.json`, formatJson(rolloutsCrds, 3)],
    [`${facts}/argoproj.schema.json`, formatJson(crdSchema(writtenCrds), 2)],
    [`${facts}/eksctl-clusterconfig.schema.json`, formatJson(eksctlSchema(eksctl.dir), 2)],
    [
      `${facts}/kubernetes-api.json`,
      formatJson(Object.fromEntries(openApi.map(({ minor, documents }) => [minor, servedKinds(documents)])), 3),
    ],
    ...openApi.map(
      ({ minor, documents }) =>
        /** @type {const} */ ([`${facts}/kubernetes-${minor}.schema.json`, formatJson(kubernetesSchema(documents), 2)]),
    ),
    ['imports/crds/argoproj.io.yaml', importYaml],
    ['imports/argoproj.io.ts', importCrds(importYaml, 'argoproj.io')],
  ]);
}
