import { map, maps, text, texts, type JsonMap } from './json.js';
import type { PodTemplate } from './pods.js';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** Capabilities that `baseline` lets a container add (Kubernetes docs, Pod Security Standards). */
const baselineCapabilities = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);

/** Volume types that `restricted` admits. */
const restrictedVolumes = new Set([
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'],
]);

/** Sysctls that are safe for the node. */
const safeSysctls = new Set([
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start'],
  ...['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports'],
  ...[
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
  ],
  ...['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
]);

/** One thing that the Pod Security admission of a namespace would refuse, and where it stands. */
export interface PodSecurityViolation {
  readonly what: string;
  readonly pointer: string;
  readonly container?: string;
}

/** Everything in a pod that a Pod Security level refuses (Kubernetes docs, Pod Security Standards, as of 1.35; Linux pods). */
export function podSecurityViolations(template: PodTemplate, level: PodSecurityLevel): PodSecurityViolation[] {
  if (level === 'privileged') return [];
  const baseline = [...podBaseline(template), ...template.containers.flatMap(containerBaseline)];
  if (level === 'baseline') return baseline;
  return [
    ...baseline,
    ...podRestricted(template),
    ...template.containers.flatMap((container) => containerRestricted(template, container)),
  ];
}

function podBaseline({ spec, pointer }: PodTemplate): PodSecurityViolation[] {
  const security = map(spec['securityContext']);
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true);
  const paths = maps(spec['volumes']).flatMap((volume, index) => ('hostPath' in volume ? [index] : []));
  const sysctls = maps(security['sysctls'])
    .map(({ name }) => text(name) ?? '')
    .filter((name) => !safeSysctls.has(name));
  return [
    ...host.map((field) => ({ what: `has ${field}`, pointer: `${pointer}/${field}` })),
    ...paths.map((index) => ({ what: 'mounts a path of the node (hostPath)', pointer: `${pointer}/volumes/${index}` })),
    ...sysctls.map((name) => ({ what: `sets sysctl ${name}`, pointer: `${pointer}/securityContext/sysctls` })),
    ...contextBaseline(security, `${pointer}/securityContext`),
  ];
}

function contextBaseline(security: JsonMap, pointer: string): PodSecurityViolation[] {
  const seLinux = map(security['seLinuxOptions']);
  const seLinuxType = text(seLinux['type']) ?? '';
  const admitted = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].includes(
    seLinuxType,
  );
  return [
    ...(map(security['seccompProfile'])['type'] === 'Unconfined'
      ? [{ what: 'has seccompProfile Unconfined', pointer: `${pointer}/seccompProfile` }]
      : []),
    ...(map(security['appArmorProfile'])['type'] === 'Unconfined'
      ? [{ what: 'has appArmorProfile Unconfined', pointer: `${pointer}/appArmorProfile` }]
      : []),
    ...(map(security['windowsOptions'])['hostProcess'] === true
      ? [{ what: 'is a host process', pointer: `${pointer}/windowsOptions` }]
      : []),
    ...(!admitted || seLinux['user'] !== undefined || seLinux['role'] !== undefined
      ? [{ what: 'sets SELinux options', pointer: `${pointer}/seLinuxOptions` }]
      : []),
  ];
}

function containerBaseline(container: PodTemplate['containers'][number]): PodSecurityViolation[] {
  const security = map(container.spec['securityContext']);
  const pointer = `${container.pointer}/securityContext`;
  const added = texts(map(security['capabilities'])['add']).filter((name) => !baselineCapabilities.has(name));
  const hostPorts = maps(container.spec['ports']).filter(({ hostPort }) => hostPort !== undefined && hostPort !== 0);
  const found = [
    ...(security['privileged'] === true ? [{ what: 'is privileged', pointer: `${pointer}/privileged` }] : []),
    ...added.map((name) => ({ what: `adds capability ${name}`, pointer: `${pointer}/capabilities` })),
    ...hostPorts.map(() => ({ what: 'takes a port of the node (hostPort)', pointer: `${container.pointer}/ports` })),
    ...(![undefined, 'Default', ''].includes(text(security['procMount']))
      ? [{ what: 'sets procMount', pointer: `${pointer}/procMount` }]
      : []),
    ...contextBaseline(security, pointer),
  ];
  return found.map((violation) => ({ ...violation, container: container.name }));
}

function podRestricted({ spec, pointer }: PodTemplate): PodSecurityViolation[] {
  const security = map(spec['securityContext']);
  const volumes = maps(spec['volumes']).flatMap((volume, index) => {
    const type = Object.keys(volume).find((field) => field !== 'name') ?? 'emptyDir';
    // hostPath is refused by baseline already.
    return restrictedVolumes.has(type) || type === 'hostPath'
      ? []
      : [{ what: `has a ${type} volume`, pointer: `${pointer}/volumes/${index}` }];
  });
  return [
    ...volumes,
    ...(security['runAsUser'] === 0
      ? [{ what: 'runs as root (runAsUser 0)', pointer: `${pointer}/securityContext/runAsUser` }]
      : []),
  ];
}

function containerRestricted(
  template: PodTemplate,
  container: PodTemplate['containers'][number],
): PodSecurityViolation[] {
  const pod = map(template.spec['securityContext']);
  const own = map(container.spec['securityContext']);
  const pointer = `${container.pointer}/securityContext`;
  const capabilities = map(own['capabilities']);
  const seccomp = text(map(own['seccompProfile'] ?? pod['seccompProfile'])['type']);
  const found: PodSecurityViolation[] = [];
  const add = (what: string, field: string) =>
    found.push({ what, pointer: `${pointer}/${field}`, container: container.name });
  if (own['allowPrivilegeEscalation'] !== false)
    add('may gain rights (allowPrivilegeEscalation is not false)', 'allowPrivilegeEscalation');
  if (!texts(capabilities['drop']).includes('ALL')) add('keeps capabilities (drop: [ALL] is missing)', 'capabilities');
  for (const name of texts(capabilities['add']).filter(
    (name) => name !== 'NET_BIND_SERVICE' && baselineCapabilities.has(name),
  ))
    add(`adds capability ${name}`, 'capabilities');
  if ((own['runAsNonRoot'] ?? pod['runAsNonRoot']) !== true)
    add('may run as root (runAsNonRoot is not true)', 'runAsNonRoot');
  if (own['runAsUser'] === 0) add('runs as root (runAsUser 0)', 'runAsUser');
  if (seccomp === undefined) add('has no seccompProfile', 'seccompProfile');
  return found;
}
