import { load } from 'js-yaml';

import type { OwnedObject } from '../../../src/model/kube-object.js';
import { renderSources } from '../../../src/pipeline.js';
import { describeDiagnostics, sourcesOf } from '../../support/repository.js';

/** A cluster spec for apps that a test makes up; its node groups are named as prod's are. */
const CLUSTER = `name: prod
region: us-east-1
kubernetesVersion: "1.35"
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.xlarge], min: 2, max: 6}
  - {name: burst, capacity: spot, instanceTypes: [m6i.xlarge, m5.xlarge, m6a.xlarge, m5a.xlarge], min: 0, max: 20}
gitops: {repository: https://github.com/acme/platform.git, branch: main}
`;

/** An object as Spillway renders it, open to a test that breaks it on purpose. */
export type AppObject = OwnedObject['object'];

/**
 * What Spillway renders for an app spec: its namespace first, then its own objects. The spec is one that `spillway
 * check` lets through; a test that wants another says so by changing the objects.
 */
export async function renderApp(spec: string): Promise<AppObject[]> {
  const { name } = load(spec) as { name: string };
  const rendering = await renderSources(sourcesOf({ clusters: { prod: CLUSTER }, apps: { [name]: spec } }));
  const errors = rendering.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the test's own spec has errors:\n${describeDiagnostics(errors)}`);
  const objects = rendering.clusters[0]?.objects ?? [];
  const own = objects.filter(({ owner }) => owner.kind === 'app').map(({ object }) => object);
  const namespaces = new Set(own.map(({ metadata }) => metadata.namespace));
  const namespace = objects
    .map(({ object }) => object)
    .filter(({ kind, metadata }) => kind === 'Namespace' && namespaces.has(metadata.name));
  return [...namespace, ...own];
}
