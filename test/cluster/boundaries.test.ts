import { describe, expect, test } from '@jest/globals';
import type { V1Namespace } from '@kubernetes/client-node';

import { waitFor } from './rig/wait.js';
import {
  application,
  applications,
  describeApplication,
  waitForAllGood,
  waitForSynced,
} from './support/applications.js';
import type { Application } from './support/applications.js';
import { useGitOps } from './support/gitops.js';
import { nodesOfGroups } from './support/node-groups.js';
import { wishesOf } from './support/objects.js';

// What Argo CD takes away and what it does not, and what it refuses: on the rendered projects and Applications.

const gitops = useGitOps({
  cluster: { name: 'boundaries', nodes: nodesOfGroups('prod', { base: 3 }) },
  as: 'prod',
  repository: { apps: ['podinfo', 'emailservice', 'adservice'] },
});

const REFRESH = 'argocd.argoproj.io/refresh=normal';
const EMAIL = 'dist/prod/apps/emailservice';

describe('an AppProject refuses', () => {
  test.each([
    {
      what: 'a ClusterRole in an app’s folder',
      path: `${EMAIL}/ClusterRole-too-much.yaml`,
      text: manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', 'too-much'),
      refusal: 'resource rbac.authorization.k8s.io:ClusterRole is not permitted in project apps-boutique',
    },
    {
      what: 'a namespaced kind that apps do not have',
      path: `${EMAIL}/boutique.Role-too-much.yaml`,
      text: manifest('rbac.authorization.k8s.io/v1', 'Role', 'too-much', 'boutique'),
      refusal: 'resource rbac.authorization.k8s.io:Role is not permitted in project apps-boutique',
    },
    {
      what: 'an object in another namespace',
      path: `${EMAIL}/kube-system.ConfigMap-elsewhere.yaml`,
      text: manifest('v1', 'ConfigMap', 'elsewhere', 'kube-system'),
      refusal: "namespace kube-system is not permitted in project 'apps-boutique'",
    },
  ])('$what, and applies nothing else of that commit', async ({ path, text, refusal }) => {
    const { cluster, repository } = gitops();
    const before = await managed('emailservice');
    repository.write(path, text);
    repository.edit(`${EMAIL}/boutique.Deployment-emailservice.yaml`, (it) =>
      it.replace(/replicas: \d/, 'replicas: 7'),
    );
    await repository.push('What a project does not allow');
    const refused = await waitForMessage('emailservice', refusal);
    expect(refused.status?.operationState?.phase).not.toBe('Succeeded');
    expect(await managed('emailservice')).toEqual(before);
    const reverted = await repository.revert();
    await waitForSynced(cluster, 'emailservice', reverted);
  });

  test.each([
    {
      what: 'another repository',
      from: /repoURL: .*/,
      to: 'repoURL: https://github.com/somebody/else.git',
      refusal: "application repo https://github.com/somebody/else.git is not permitted in project 'apps-boutique'",
    },
    {
      what: 'another namespace',
      from: 'namespace: boutique',
      to: 'namespace: kube-system',
      refusal:
        "application destination server 'https://kubernetes.default.svc' and namespace 'kube-system' do not match any of the allowed destinations in project 'apps-boutique'",
    },
  ])('an Application of $what', async ({ from, to, refusal }) => {
    const { cluster, repository } = gitops();
    repository.edit('dist/prod/argocd/apps/argocd.Application-emailservice.yaml', (it) => it.replace(from, to));
    await repository.push('What a project does not allow');
    const refused = await waitForMessage('emailservice', refusal);
    expect(refused.status?.conditions?.map(({ type }) => type)).toContain('InvalidSpecError');
    const reverted = await repository.revert();
    await waitForSynced(cluster, 'apps', reverted);
    // To Argo CD the Application is again what it last compared, so it would look at it with the next resync only.
    await cluster.kubectl(['annotate', 'application', 'emailservice', '--namespace=argocd', REFRESH, '--overwrite']);
    await settled();
  });
});

describe('an app that is taken out of the specs', () => {
  test('goes with all its objects; its namespace stays, and nothing waits for anybody', async () => {
    const { cluster, repository } = gitops();
    repository.remove('apps/podinfo.yaml');
    await repository.renderAndPush('podinfo is no more');
    expect(repository.applicationNames('prod')).not.toContain('podinfo');
    // All others Synced and Healthy, platform-namespaces too, though a namespace is left over.
    await settled();
    for (const kind of ['rollouts', 'services', 'pods', 'hpa', 'networkpolicies'])
      expect((await cluster.get(kind, '--namespace=podinfo')).map(({ metadata }) => metadata?.name)).toEqual([]);
    const projects = await cluster.get('appprojects', '--namespace=argocd');
    expect(projects.map(({ metadata }) => metadata?.name)).not.toContain('apps-podinfo');
    const [namespace] = await cluster.get<V1Namespace>('namespaces', 'podinfo');
    expect(namespace?.status?.phase).toBe('Active');
    expect(namespace?.metadata?.deletionTimestamp).toBeUndefined();
  });

  test('the next commits sync, of apps and of namespaces', async () => {
    const { cluster, repository } = gitops();
    repository.edit('apps/emailservice.yaml', (spec) => spec.replace('namespace: boutique', 'namespace: mail'));
    const commit = await repository.renderAndPush('emailservice moves');
    await waitForSynced(cluster, 'emailservice', commit);
    await settled();
    const names = (await cluster.get<V1Namespace>('namespaces')).map(({ metadata }) => metadata?.name);
    expect(names).toEqual(expect.arrayContaining(['mail', 'boutique', 'podinfo']));
  });
});

describe('an empty dist/ is refused', () => {
  test('folders without manifests: automated sync does not wipe out', async () => {
    const { cluster, repository } = gitops();
    const names = repository.applicationNames('prod');
    const before = await applications(cluster);
    const wishes = await wishesOf(cluster, before);
    const files = (await repository.git('ls-files', 'dist/prod')).split('\n').filter((file) => file.endsWith('.yaml'));
    for (const file of files) {
      repository.remove(file);
      repository.write(file.replace(/[^/]+$/, 'README.md'), 'Nothing here.\n');
    }
    const commit = await repository.push('A mistake');
    // Argo CD itself is never pruned. Namespaces neither, and left-over ones do not even count as a difference.
    for (const name of names.filter((it) => it !== 'argocd' && it !== 'platform-namespaces')) {
      await waitForMessage(name, `Skipping sync attempt to [${commit}]: auto-sync will wipe out all resources`);
    }
    await unharmed(before, wishes);
    await repository.revert();
    await settled();
  });

  test('folders that are gone: nothing can be compared, so nothing is touched', async () => {
    const { cluster, repository } = gitops();
    const names = repository.applicationNames('prod');
    const before = await applications(cluster);
    const wishes = await wishesOf(cluster, before);
    repository.remove('dist');
    await repository.push('A bigger mistake');
    for (const name of names) await waitForMessage(name, 'app path does not exist');
    await unharmed(before, wishes);
    await repository.revert();
    await settled();
  });
});

/**
 * Waits until every Application has made the newest commit its own and no sync runs: a root that still waits for the health of its children is
 * deaf to what is pushed next.
 */
async function settled(): Promise<void> {
  const { cluster, repository } = gitops();
  const head = await repository.git('rev-parse', 'HEAD');
  await waitForAllGood(cluster, repository.applicationNames('prod'), 180_000, head);
}

/** Every Application and every object that it had is still there, as it was. */
async function unharmed(before: readonly Application[], wishes: Readonly<Record<string, unknown>>): Promise<void> {
  const { cluster } = gitops();
  const namesOf = (all: readonly Application[]) => all.map(({ metadata }) => metadata.name).sort();
  expect(namesOf(await applications(cluster))).toEqual(namesOf(before));
  expect(Object.keys(wishes).length).toBeGreaterThan(100);
  expect(await wishesOf(cluster, before)).toEqual(wishes);
}

async function managed(name: string): Promise<Readonly<Record<string, unknown>>> {
  const found = await application(gitops().cluster, name);
  const own = found === undefined ? [] : [found];
  const wishes = await wishesOf(gitops().cluster, own);
  return Object.fromEntries(Object.entries(wishes).filter(([key]) => key.includes(' boutique/emailservice')));
}

/** Waits until an Application says this, in a condition or in its operation. */
function waitForMessage(name: string, text: string): Promise<Application> {
  return waitFor(
    `Application ${name} to say: ${text}`,
    async () => {
      const found = await application(gitops().cluster, name);
      if (found === undefined) throw new Error('there is no such Application');
      const { conditions = [], operationState } = found.status ?? {};
      const results = operationState?.syncResult?.resources ?? [];
      const said = [
        ...conditions.map(({ message }) => message),
        operationState?.message ?? '',
        ...results.map((it) => it.message ?? ''),
      ];
      if (said.some((it) => it.includes(text))) return found;
      throw new Error(describeApplication(found));
    },
    { timeoutMs: 180_000 },
  );
}

function manifest(apiVersion: string, kind: string, name: string, namespace?: string): string {
  const rules = apiVersion.startsWith('rbac') ? { rules: [] } : {};
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return `${JSON.stringify({ apiVersion, kind, metadata, ...rules })}\n`;
}
