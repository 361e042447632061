import { app, calm, casesOf, cluster, patch, quiet, worker } from './case.js';
import { rewriteObject } from './tamper.js';

export const gitopsCases = [
  ...casesOf('rollout-last-wave', [
    {
      when: 'a manifest of the app is in a later wave',
      apps: { shop: app(`${calm}release: {canary: [20%, 1m]}\nmanifests: [apps/extra/cm.yaml]`) },
      manifests: {
        'apps/extra/cm.yaml':
          '▸apiVersion: v1\nkind: ConfigMap\nmetadata: {name: late, annotations: {argocd.argoproj.io/sync-wave: "1"}}\n',
      },
      says: 'is in wave 1',
    },
    {
      when: 'a manifest of the app is a PostSync hook',
      apps: { shop: app(`${calm}release: {canary: [20%, 1m]}\nmanifests: [apps/extra/job.yaml]`) },
      manifests: {
        'apps/extra/job.yaml':
          '▸apiVersion: batch/v1\nkind: Job\nmetadata: {name: late, annotations: {argocd.argoproj.io/hook: PostSync}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: late, image: "busybox:1.38.0"}]}}}\n',
      },
    },
    {
      when: 'the app is a Deployment',
      apps: { shop: app('manifests: [apps/extra/cm.yaml]') },
      manifests: {
        'apps/extra/cm.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: late, annotations: {argocd.argoproj.io/sync-wave: "1"}}\n',
      },
    },
  ]),
  ...casesOf('rollout-service-apply', [
    {
      when: 'a patch asks for server-side apply',
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 1m]}\n${patch('{metadata: {annotations: {argocd.argoproj.io/sync-options: ServerSideApply=true}}}', 'Service')}`,
        ),
      },
    },
    {
      when: 'the app is a Deployment',
      apps: {
        shop: app(
          quiet(patch('{metadata: {annotations: {argocd.argoproj.io/sync-options: ServerSideApply=true}}}', 'Service')),
        ),
      },
    },
  ]),
  ...casesOf('ignore-differences', [
    {
      when: 'an Application respects ignored differences',
      cluster: cluster('gitops: ▸{repository: "https://github.com/acme/platform.git", branch: main}'),
      apps: { shop: app() },
      tamper: (rendered) =>
        rewriteObject(
          rendered,
          'Application',
          'shop',
          '"syncPolicy":{',
          '"syncPolicy":{"syncOptions":["RespectIgnoreDifferences=true"],',
        ),
    },
    { when: 'the load balancer’s chart has its own', apps: { shop: app('ingress: {host: shop.example.com}') } },
  ]),
  ...casesOf('crd-order', [
    {
      when: 'Rollouts come in the wave of their definition',
      apps: { shop: app(`name: ▸shop\n${calm}release: {canary: [20%, 1m]}`) },
      tamper: (rendered) =>
        rewriteObject(
          rendered,
          'Application',
          'apps',
          '"argocd.argoproj.io/sync-wave":"2"',
          '"argocd.argoproj.io/sync-wave":"1"',
        ),
      says: 'rollouts.argoproj.io',
    },
    { when: 'Rollouts come a wave later', apps: { shop: app(`${calm}release: {canary: [20%, 1m]}`) } },
  ]),
  ...casesOf('app-project', [
    {
      when: 'a project does not allow a kind',
      cluster: cluster(),
      apps: { shop: app('name: ▸shop') },
      tamper: (rendered) => rewriteObject(rendered, 'AppProject', 'apps-shop', '"kind":"Service"', '"kind":"Servant"'),
      says: 'does not allow Service',
    },
    {
      when: 'a project allows a cluster-scoped kind too many',
      cluster: cluster('gitops: ▸{repository: "https://github.com/acme/platform.git", branch: main}'),
      apps: { shop: app() },
      tamper: (rendered) =>
        rewriteObject(
          rendered,
          'AppProject',
          'apps-shop',
          '"clusterResourceWhitelist":[]',
          '"clusterResourceWhitelist":[{"group":"","kind":"Namespace"}]',
        ),
      says: 'AppProject apps-shop allows /Namespace',
    },
    {
      when: 'projects are as rendered',
      apps: {
        shop: app(`${calm}release: {canary: [20%, 1m], analysis: {job: {}}}\ningress: {host: shop.example.com}`),
        tick: worker('name: tick\nkind: cronjob\nschedule: "0 3 * * *"'),
      },
    },
  ]),
  ...casesOf('application-name', [
    { when: 'an app is called apps', apps: { apps: app('name: ▸apps', 'apps') } },
    { when: 'an app begins with platform-', apps: { 'platform-x': app('name: ▸platform-x', 'platform-x') } },
    { when: 'an app has a name of its own', apps: { shop: app() } },
  ]),
];
