import { app, casesOf, configMap, manifest, patch, quiet, withManifest } from './case.js';

export const referencesCases = [
  ...casesOf('secret-exists', [
    {
      when: 'a variable reads a Secret that nobody declares',
      apps: { shop: app('env:\n  DB_PASSWORD: ▸{secret: {name: shop-db, key: password}}') },
      says: 'DB_PASSWORD of container shop reads Secret shop-db',
    },
    { when: 'envFrom reads one', apps: { shop: app('envFrom: [▸{secret: shop-db}]') } },
    { when: 'a volume reads one', apps: { shop: app('volumes:\n  - ▸{name: tls, path: /tls, secret: shop-tls}') } },
    {
      when: 'it is declared',
      apps: {
        shop: app(
          'env: {DB_PASSWORD: {secret: {name: shop-db, key: password}}}\nexternalSecrets: [{name: shop-db, keys: [password], source: Secrets Manager}]',
        ),
      },
    },
    {
      when: 'it is optional',
      apps: { shop: app('env: {DB_PASSWORD: {secret: {name: shop-db, key: password, optional: true}}}') },
    },
    {
      when: 'a sealed Secret of the manifests makes it',
      apps: { shop: withManifest('env: {DB_PASSWORD: {secret: {name: shop-db, key: password}}}') },
      manifests: manifest('apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: shop-db}\n'),
    },
  ]),
  ...casesOf('secret-key-exists', [
    {
      when: 'a key is not among the declared ones',
      apps: {
        shop: app(
          'env:\n  DB_PASSWORD: ▸{secret: {name: shop-db, key: pasword}}\nexternalSecrets: [{name: shop-db, keys: [password], source: Secrets Manager}]',
        ),
      },
      says: 'key pasword of Secret shop-db',
    },
    {
      when: 'the key is declared',
      apps: {
        shop: app(
          'env: {DB_PASSWORD: {secret: {name: shop-db, key: password}}}\nexternalSecrets: [{name: shop-db, keys: [password], source: Secrets Manager}]',
        ),
      },
    },
  ]),
  ...casesOf('config-map-exists', [
    {
      when: 'a variable reads a ConfigMap that is not there',
      apps: { shop: withManifest('env:\n  MODE: ▸{configMap: {name: settngs, key: mode}}') },
      manifests: manifest(configMap('settings', 'data: {mode: fast}\n').replace('▸', '')),
      says: 'ConfigMap settngs',
    },
    {
      when: 'a manifest brings it',
      apps: { shop: withManifest('env: {MODE: {configMap: {name: settings, key: mode}}}') },
      manifests: manifest(quiet(configMap('settings', 'data: {mode: fast}\n'))),
    },
    {
      when: 'it is Kubernetes’ own',
      apps: {
        shop: app(
          quiet(patch('{spec: {template: {spec: {volumes: [{name: ca, configMap: {name: kube-root-ca.crt}}]}}}}')),
        ),
      },
    },
    { when: 'it is the app’s files', apps: { shop: app('files: {/etc/shop.yaml: "a: 1"}') } },
  ]),
  ...casesOf('config-map-key-exists', [
    {
      when: 'the ConfigMap has other keys',
      apps: { shop: withManifest('env:\n  MODE: ▸{configMap: {name: settings, key: mod}}') },
      manifests: manifest(quiet(configMap('settings', 'data: {mode: fast}\n'))),
      says: 'key mod of ConfigMap settings',
    },
    {
      when: 'it has the key',
      apps: { shop: withManifest('env: {MODE: {configMap: {name: settings, key: mode}}}') },
      manifests: manifest(quiet(configMap('settings', 'data: {mode: fast}\n'))),
    },
  ]),
  ...casesOf('service-account-exists', [
    {
      when: 'a patch names another account',
      apps: { shop: app(patch('{spec: {template: {spec: {serviceAccountName: shopp}}}}')) },
      says: 'ServiceAccount shopp',
    },
    { when: 'pods run as the rendered one', apps: { shop: app() } },
  ]),
  ...casesOf('volume-exists', [
    {
      when: 'a sidecar mounts a volume that is not there',
      apps: {
        shop: app(
          'sidecars: [{name: log, image: "fluent-bit:4.1.0", mounts: [{volume: ▸scrach, path: /logs}]}]\nvolumes: [{name: scratch, path: /logs, emptyDir: {}}]',
        ),
      },
      says: 'volume scrach',
    },
    {
      when: 'it mounts one of the app’s',
      apps: {
        shop: app(
          'sidecars: [{name: log, image: "fluent-bit:4.1.0", mounts: [{volume: scratch, path: /logs}]}]\nvolumes: [{name: scratch, path: /logs, emptyDir: {}}]',
        ),
      },
    },
  ]),
  ...casesOf('env-reference', [
    {
      when: 'a name is not there',
      apps: { shop: app('env:\n  HOST: db\n  URL: ▸http://$(HOSST)/') },
      says: '$(HOSST)',
    },
    {
      when: 'a name stands below',
      apps: { shop: app('env:\n  URL: ▸http://$(HOST)/\n  HOST: db') },
      says: 'stands below it',
    },
    {
      when: 'a name stands above, and a text is meant',
      apps: { shop: app('env:\n  HOST: db\n  URL: http://$(HOST)/$$(HOSST)') },
    },
    {
      when: 'a whole Secret may have the name',
      apps: {
        shop: app(
          'envFrom: [{secret: s}]\nenv: {URL: "http://$(HOST)/"}\nexternalSecrets: [{name: s, keys: [HOST], source: Secrets Manager}]',
        ),
      },
    },
  ]),
  ...casesOf('selector-matches', [
    {
      when: 'a patch changes a Service’s selector',
      apps: { shop: app(patch('{spec: {selector: {app.kubernetes.io/name: shopp}}}', 'Service')) },
      says: 'no pod in namespace shop',
    },
    {
      when: 'a manifest’s budget selects nothing',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: more}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: none}}}\n',
      ),
    },
    {
      when: 'a manifest’s policy selects every pod',
      apps: { shop: withManifest() },
      manifests: manifest(
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}}\n',
      ),
    },
    {
      when: 'selectors are as rendered',
      apps: { shop: app('scale: {min: 10, max: 20}\nrelease: {canary: [20%, 1m], analysis: {job: {}}}') },
    },
  ]),
  ...casesOf('selector-overlap', [
    {
      when: 'a Service selects pods of two apps of a namespace',
      apps: {
        shop: app(
          `namespace: web\nlabels: {tier: web}\n${patch('{spec: {selector: {app.kubernetes.io/name: null, tier: web}}}', 'Service')}`,
        ),
        cart: app('namespace: web\nlabels: {tier: web}', 'cart'),
      },
      says: 'Deployment cart and Deployment shop',
    },
    { when: 'two apps of a namespace', apps: { shop: app('namespace: web'), cart: app('namespace: web', 'cart') } },
  ]),
  ...casesOf('workload-selector', [
    {
      when: 'a patch changes the pods’ labels',
      apps: { shop: app(patch('{spec: {template: {metadata: {labels: {app.kubernetes.io/name: shopp}}}}}')) },
      says: 'does not select the pods',
    },
    {
      when: 'a manifest’s Deployment selects the app’s pods',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: more}\nspec: {selector: {matchLabels: {app.kubernetes.io/managed-by: spillway}}, template: {metadata: {labels: {app.kubernetes.io/managed-by: spillway}}, spec: {containers: [{name: more, image: "more:1.0"}]}}}\n',
      ),
      says: 'also selects the pods of Deployment shop',
    },
    { when: 'the workload is as rendered', apps: { shop: app() } },
  ]),
  ...casesOf('claim-exists', [
    {
      when: 'a patch mounts a claim that is not there',
      apps: {
        shop: app(
          patch('{spec: {template: {spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}}}}'),
        ),
      },
      says: 'claim data',
    },
    {
      when: 'the claim of an app',
      apps: {
        shop: app(
          'scale: {min: 1, max: 1}\nrelease: {maxSurge: 0, maxUnavailable: 1}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi}}]',
        ),
      },
    },
  ]),
  ...casesOf('claim-replicas', [
    {
      when: 'two pods share a disk',
      apps: { shop: app('scale: {min: 2, max: 2}\nvolumes:\n  - ▸{name: data, path: /data, claim: {size: 10Gi}}') },
      says: 'up to 2 pods',
    },
    {
      when: 'one pod has it',
      apps: { shop: app('scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi}}]') },
    },
    {
      when: 'the disk is shared',
      apps: {
        shop: app(
          'volumes: [{name: data, path: /data, claim: {size: 10Gi, accessMode: ReadWriteMany, storageClass: efs}}]',
        ),
      },
    },
  ]),
  ...casesOf('claim-release', [
    {
      when: 'a release brings a second pod',
      apps: {
        shop: app(
          'scale: {min: 1, max: 1}\nrelease: {maxSurge: ▸1}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi}}]',
        ),
      },
      says: 'starts a second pod',
    },
    {
      when: 'a canary brings one',
      apps: {
        shop: app(
          'scale: {min: 1, max: 1}\nrelease: {canary: ▸[50%, 1m]}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi}}]',
        ),
      },
    },
    {
      when: 'the old pod goes first',
      apps: {
        shop: app(
          'scale: {min: 1, max: 1}\nrelease: {maxSurge: 0, maxUnavailable: 1}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi}}]',
        ),
      },
    },
  ]),
  ...casesOf('claim-storage-class', [
    {
      when: 'the class is not rendered',
      apps: {
        shop: app(
          'scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi, storageClass: ▸gp4}}]',
        ),
      },
      says: 'StorageClass gp4',
    },
    {
      when: 'EBS is to be shared',
      apps: { shop: app('volumes: [{name: data, path: /data, claim: {size: 10Gi, accessMode: ▸ReadWriteMany}}]') },
      says: 'cannot do',
    },
    {
      when: 'the default',
      apps: { shop: app('scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 10Gi}}]') },
    },
  ]),
];
