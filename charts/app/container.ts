import { k8s } from 'cdk8s-plus-27';
import type { ResolvedContainer, ResolvedEnv, ResolvedResources } from '../../src/model/resolved.js';
import { present, unlessEmpty } from '../present.js';
import { probeSpec } from './probes.js';

/** A container of any role: the app's own, an init container, a sidecar. */
export function containerSpec(container: ResolvedContainer): k8s.Container {
  return present<k8s.Container>({
    name: container.name,
    image: container.image,
    imagePullPolicy: container.imagePullPolicy,
    command: container.command && [...container.command],
    args: container.args && [...container.args],
    workingDir: container.workingDir,
    // In the order of the spec: $(NAME) in a value reads only what stands above it.
    env: unlessEmpty(container.env.map(envVar)),
    envFrom: unlessEmpty(container.envFrom.map(envFromSource)),
    ports: unlessEmpty(container.ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol }))),
    resources: resourceRequirements(container.resources),
    volumeMounts: unlessEmpty(container.mounts.map(volumeMount)),
    securityContext: securityContext(container.security),
    readinessProbe: container.readiness && probeSpec(container.readiness),
    livenessProbe: container.liveness && probeSpec(container.liveness),
    startupProbe: container.startup && probeSpec(container.startup),
  });
}

function envVar(env: ResolvedEnv): k8s.EnvVar {
  const { name } = env;
  switch (env.kind) {
    case 'value':
      return { name, value: env.value };
    case 'secret':
      return { name, valueFrom: { secretKeyRef: keySelector(env) } };
    case 'configMap':
      return { name, valueFrom: { configMapKeyRef: keySelector(env) } };
    case 'field':
      return { name, valueFrom: { fieldRef: { fieldPath: env.path } } };
    case 'resource':
      return { name, valueFrom: { resourceFieldRef: { resource: env.resource } } };
  }
}

function keySelector(env: {
  readonly source: string;
  readonly key: string;
  readonly optional: boolean;
}): k8s.SecretKeySelector {
  return present<k8s.SecretKeySelector>({ name: env.source, key: env.key, optional: env.optional || undefined });
}

function envFromSource(source: ResolvedContainer['envFrom'][number]): k8s.EnvFromSource {
  return 'secret' in source ? { secretRef: { name: source.secret } } : { configMapRef: { name: source.configMap } };
}

function volumeMount(mount: ResolvedContainer['mounts'][number]): k8s.VolumeMount {
  return present<k8s.VolumeMount>({
    name: mount.volume,
    mountPath: mount.path,
    subPath: mount.subPath,
    readOnly: mount.readOnly || undefined,
  });
}

/** Requests and limits, in the words of the spec: `0.5` stays `0.5`. */
export function resourceRequirements(resources: ResolvedResources): k8s.ResourceRequirements {
  const { cpu, memory, memoryLimit, cpuLimit, ephemeralStorage } = resources;
  const ephemeral = ephemeralStorage && { 'ephemeral-storage': k8s.Quantity.fromString(ephemeralStorage.text) };
  return {
    requests: { cpu: k8s.Quantity.fromString(cpu.text), memory: k8s.Quantity.fromString(memory.text), ...ephemeral },
    limits: {
      ...(cpuLimit && { cpu: k8s.Quantity.fromString(cpuLimit.text) }),
      memory: k8s.Quantity.fromString(memoryLimit.text),
      ...ephemeral,
    },
  };
}

/** What Pod Security `restricted` asks of a container, and what the spec relaxes. */
function securityContext(security: ResolvedContainer['security']): k8s.SecurityContext {
  return present<k8s.SecurityContext>({
    allowPrivilegeEscalation: security.allowPrivilegeEscalation,
    capabilities: present<k8s.Capabilities>({ add: unlessEmpty(security.addCapabilities), drop: ['ALL'] }),
    readOnlyRootFilesystem: security.readOnlyRootFilesystem,
    runAsUser: security.runAsUser,
    runAsGroup: security.runAsGroup,
    // A user of its own: what the pod says about root need not hold for it.
    runAsNonRoot: security.runAsUser === undefined ? undefined : security.runAsUser !== 0,
  });
}
