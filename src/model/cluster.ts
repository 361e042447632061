import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Located } from '../diagnostic/located.js';
import { controlPlaneLogTypes } from '../facts/eks.js';
import { componentVersions, isSupportedKubernetesVersion, supportedKubernetesVersions } from '../facts/versions.js';
import type { ClusterSpec } from '../spec/schema/cluster.js';
import type { AppOnCluster } from '../spec/schema/specs.js';
import { resolveApp } from './app.js';
import { controllerRoles } from './controller-roles.js';
import { Fields } from './fields.js';
import { reservedNamespaces, resolveNamespaces } from './namespaces.js';
import { resolveNetworks } from './network.js';
import { resolveNodeGroup } from './node-groups.js';
import type { ClusterFeatures, ResolvedApp, ResolvedCluster } from './resolved.js';
import { durationSeconds } from './units.js';

function resolveObservability(
  fields: Fields,
  spec: ClusterSpec,
  production: boolean,
): ResolvedCluster['observability'] {
  const written = fields.value('observability', spec.observability);
  if (written === false) return undefined;
  const detail = written === true ? {} : written;
  return {
    logRetentionDays: fields.value('observability.logRetentionDays', detail.logRetentionDays, production ? 90 : 30),
    logTypes: fields.value<readonly string[]>('observability.logTypes', detail.logTypes, controlPlaneLogTypes),
    containerInsights: fields.value('observability.containerInsights', detail.containerInsights),
  };
}

function resolveVpc(fields: Fields, spec: ClusterSpec, production: boolean): ResolvedCluster['vpc'] {
  const vpc = spec.vpc ?? {};
  return {
    cidr: fields.value('vpc.cidr', vpc.cidr),
    ...(vpc.id === undefined ? {} : { id: fields.value('vpc.id', vpc.id) }),
    ...(vpc.privateSubnets === undefined ? {} : { privateSubnets: vpc.privateSubnets }),
    ...(vpc.publicSubnets === undefined ? {} : { publicSubnets: vpc.publicSubnets }),
    nat: fields.value('vpc.nat', vpc.nat, production ? 'HighlyAvailable' : 'Single'),
  };
}

function resolveGitOps(fields: Fields, spec: ClusterSpec): ResolvedCluster['gitops'] {
  const { gitops } = spec;
  const path = fields.optional('gitops.path', gitops.path);
  const { webhook } = gitops;
  return {
    repository: fields.value('gitops.repository', gitops.repository),
    branch: fields.value('gitops.branch', gitops.branch),
    pathPrefix: path === undefined ? '' : `${path.replace(/\/+$/, '')}/`,
    ...(webhook === undefined
      ? {}
      : {
          webhook: {
            host: webhook.host,
            ...(webhook.certificateArn === undefined ? {} : { certificateArn: webhook.certificateArn }),
          },
        }),
  };
}

function reservedNamespaceDiagnostics(
  apps: readonly Pick<ResolvedApp, 'namespace' | 'name' | 'provenance'>[],
): Diagnostic[] {
  return apps
    .filter((app) => (reservedNamespaces as readonly string[]).includes(app.namespace))
    .map((app) => ({
      code: 'reserved-namespace',
      severity: 'error',
      message: `namespace ${app.namespace} belongs to the platform, not to apps`,
      hint: 'give the app a namespace of its own; left out, it is the app’s name',
      at: app.provenance.at('namespace'),
    }));
}

/** A cluster with its apps, every default filled in. Undefined after a diagnostic about its Kubernetes version. */
export function resolveCluster(
  source: Located<ClusterSpec>,
  appSources: readonly AppOnCluster[],
  unreadable: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): ResolvedCluster | undefined {
  const { value: spec } = source;
  const fields = new Fields('cluster', source);
  const name = fields.value('name', spec.name);
  const region = fields.value('region', spec.region);
  const accountId = fields.optional('accountId', spec.accountId);
  const kubernetesVersion = fields.value('kubernetesVersion', spec.kubernetesVersion);
  if (!isSupportedKubernetesVersion(kubernetesVersion)) {
    diagnostics.push({
      code: 'kubernetes-version',
      severity: 'error',
      message: `Kubernetes ${kubernetesVersion} is not supported`,
      hint: `use one of ${supportedKubernetesVersions.join(', ')}: every component has a version for these`,
      at: source.at('kubernetesVersion'),
    });
    return undefined;
  }
  const production = fields.value('production', spec.production);
  const identity = fields.value('identity', spec.identity);
  const components = componentVersions(kubernetesVersion);
  const vpc = resolveVpc(fields, spec, production);
  const observability = resolveObservability(fields, spec, production);
  const nodeGroups = spec.nodeGroups.map((group, index) => resolveNodeGroup(fields, name, group, index));
  const gitops = resolveGitOps(fields, spec);
  const rolloutsCloudWatch = fields.value('rollouts.cloudWatch', spec.rollouts?.cloudWatch);

  const inputs = appSources.map((app) => ({
    spec: app.spec.value,
    app: resolveApp(
      app,
      { name, region, ...(accountId === undefined ? {} : { accountId }), identity, production, components },
      diagnostics,
    ),
  }));
  const networks = resolveNetworks(inputs, { vpc, identity }, unreadable, diagnostics);
  const apps = inputs.map(({ app }): ResolvedApp => ({
    ...app,
    network: networks.get(app.name) ?? { ingress: [], egress: [] },
  }));
  diagnostics.push(...reservedNamespaceDiagnostics(apps));

  const features: ClusterFeatures = {
    nodeTerminationHandler: nodeGroups.some((group) => group.capacity === 'spot' && !group.managed),
    loadBalancerController: gitops.webhook !== undefined || apps.some((app) => app.ingress !== undefined),
    ebs: apps.some((app) => app.volumes.some((volume) => volume.kind === 'claim')),
    containerInsights: observability?.containerInsights ?? false,
  };
  const availabilityZones = fields.optional('availabilityZones', spec.availabilityZones);
  const publicCidrs = fields.optional('endpoint.publicCidrs', spec.endpoint?.publicCidrs);
  const secretsEncryptionKeyArn = fields.optional('secretsEncryptionKeyArn', spec.secretsEncryptionKeyArn);
  return {
    name,
    region,
    ...(accountId === undefined ? {} : { accountId }),
    kubernetesVersion,
    extendedSupport: fields.value('extendedSupport', spec.extendedSupport),
    production,
    nodeGroups,
    gitops,
    identity,
    ...(availabilityZones === undefined ? {} : { availabilityZones }),
    vpc,
    endpoint: {
      public: fields.value('endpoint.public', spec.endpoint?.public),
      private: fields.value('endpoint.private', spec.endpoint?.private),
      ...(publicCidrs === undefined ? {} : { publicCidrs }),
    },
    ...(secretsEncryptionKeyArn === undefined ? {} : { secretsEncryptionKeyArn }),
    access: fields.value('access', spec.access).map(({ principalArn, policy, namespaces }) => ({
      principalArn,
      policy,
      ...(namespaces === undefined ? {} : { namespaces }),
    })),
    ...(observability === undefined ? {} : { observability }),
    metricsAdapters: fields.value('metricsAdapters', spec.metricsAdapters),
    rolloutsCloudWatch,
    autoscaler: {
      scaleDownUnneededSeconds: durationSeconds(
        fields.value('autoscaler.scaleDownUnneeded', spec.autoscaler?.scaleDownUnneeded),
      ),
      scaleDownAfterAddSeconds: durationSeconds(
        fields.value('autoscaler.scaleDownAfterAdd', spec.autoscaler?.scaleDownAfterAdd),
      ),
    },
    eksctlPatches: (spec.eksctl?.patches ?? []).map(({ op, path, from, value }) => ({
      op,
      path,
      ...(from === undefined ? {} : { from }),
      ...(value === undefined ? {} : { value }),
    })),
    tags: spec.tags ?? {},
    silence: spec.silence ?? {},
    components,
    controllerRoles: controllerRoles({ name, region, accountId, identity, features, rolloutsCloudWatch }),
    namespaces: resolveNamespaces(fields, spec.namespaces, apps),
    features,
    apps,
    provenance: fields.provenance(),
  };
}
