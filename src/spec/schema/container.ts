import { z } from 'zod';
import { field } from './field.js';
import {
  absolutePath,
  cpuQuantity,
  dnsLabel,
  objectName,
  duration,
  envName,
  imageReference,
  memoryQuantity,
  portName,
  portNumber,
  text,
} from './scalars.js';

/** What a container of any role (main, init, sidecar) is written with. */

const keyOf = (what: string) =>
  z.strictObject({
    name: field(objectName, { description: `Name of the ${what} in the app's namespace.` }),
    key: field(z.string().min(1), { description: `Key in the ${what}.` }),
    optional: field(z.boolean(), {
      description: 'Whether the container starts without it.',
      default: false,
      why: 'a missing value should stop a release, not surprise it',
    }).optional(),
  });

export const envValue = z.union([
  text,
  z.strictObject({ secret: keyOf('Secret') }),
  z.strictObject({ configMap: keyOf('ConfigMap') }),
  z.strictObject({
    field: field(z.string().min(1), {
      description: 'A field of the pod, in the downward API’s spelling.',
      examples: ['status.podIP', 'metadata.name'],
    }),
  }),
  z.strictObject({
    resource: field(z.enum(['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']), {
      description: 'A request or limit of this container, in the downward API’s spelling.',
    }),
  }),
]);

export const env = z.record(envName, envValue);

export const envFrom = z.array(
  z.union([
    z.strictObject({ secret: field(objectName, { description: 'Every key of this Secret becomes a variable.' }) }),
    z.strictObject({
      configMap: field(objectName, { description: 'Every key of this ConfigMap becomes a variable.' }),
    }),
  ]),
);

const timing = {
  initialDelay: field(duration, {
    description: 'Time from the start of the container to the first probe.',
    default: '0s',
    why: 'a startup probe waits better than a fixed time',
  }).optional(),
  period: field(duration, {
    description: 'Time between two probes.',
    defaultText: '5s for readiness, 10s for liveness and startup',
    why: 'a pod that cannot serve should leave its Service within 15s; a restart can wait longer',
  }).optional(),
  timeout: field(duration, {
    description: 'Time after which a probe has failed.',
    defaultText: '1s for httpGet, grpc and tcp, 5s for exec',
    why: 'Kubernetes’ own for network probes; starting a command takes longer',
  }).optional(),
  failureThreshold: field(z.int().min(1), {
    description: 'Failures in a row that count.',
    defaultText: '3; 30 for startup',
    why: 'one lost packet is not a failure; a slow start gets five minutes',
  }).optional(),
  successThreshold: field(z.int().min(1), {
    description: 'Successes in a row that count after a failure; 1 for liveness and startup.',
    default: 1,
    why: 'a pod that answers can serve',
  }).optional(),
};

const port = field(z.union([portName, portNumber]), {
  description: 'Name or number of one of the ports.',
  defaultText: 'the first of `ports`',
  why: 'most apps have one port',
}).optional();

/** A probe: a path alone, or one of http, grpc, tcp and exec with timing. */
export const probe = z.union([
  absolutePath,
  z.strictObject({
    http: field(
      z.union([
        absolutePath,
        z.strictObject({
          path: field(absolutePath, { description: 'Path that is fetched; any status from 200 to 399 is a success.' }),
          port,
          scheme: field(z.enum(['HTTP', 'HTTPS']), {
            description: 'HTTPS is not verified by the kubelet.',
            default: 'HTTP',
            why: 'TLS ends at the load balancer',
          }).optional(),
          headers: field(z.record(z.string().min(1), text), {
            description: 'Headers sent with the request.',
          }).optional(),
        }),
      ]),
      { description: 'A path, or a path with port, scheme and headers.' },
    ),
    ...timing,
  }),
  z.strictObject({
    grpc: field(
      z.strictObject({
        port: field(z.union([portName, portNumber]), {
          description: 'Name or number of one of the ports.',
          defaultText: 'the first of `ports`',
          why: 'most apps have one port',
        }).optional(),
        service: field(z.string(), {
          description: 'Service name in the health request.',
          default: '',
          why: 'the whole server’s health',
        }).optional(),
      }),
      { description: 'The standard gRPC health service; `grpc: {}` asks the first port.' },
    ),
    ...timing,
  }),
  z.strictObject({
    tcp: field(z.strictObject({ port }), {
      description: 'A connection that opens is a success; `tcp: {}` asks the first port.',
    }),
    ...timing,
  }),
  z.strictObject({
    exec: field(z.array(z.string()).min(1), { description: 'A command in the container; exit code 0 is a success.' }),
    ...timing,
  }),
]);

export const health = z.union([
  absolutePath,
  z.strictObject({
    readiness: field(probe, {
      description: 'Whether the pod gets traffic.',
      defaultText: 'none: a pod is ready when its container runs',
      why: 'nothing is known of an app that names no probe',
    }).optional(),
    liveness: field(probe, {
      description: 'Whether the container is restarted.',
      defaultText: 'none',
      why: 'a liveness probe that shares a dependency restarts everything at once; only what is asked for',
    }).optional(),
    startup: field(probe, {
      description: 'Holds the other probes back until it succeeds once, for slow starters.',
      defaultText: 'none',
      why: 'most apps start within the readiness probe’s patience',
    }).optional(),
    readyAfter: field(duration, {
      description:
        'How long a new pod usually takes until it is ready: the input of the drain-time check on Spot nodes.',
      default: '10s',
      why: 'most services are ready within seconds; measure yours and say so',
    }).optional(),
  }),
]);

export const resources = z.strictObject({
  cpu: field(cpuQuantity, {
    description: 'CPU request: what the scheduler reserves and what HPA percentages are of.',
    defaultText: '100m for the app; 10m for init containers and sidecars',
    why: 'without a request neither the scheduler nor the HPA has anything to reckon with',
  }).optional(),
  memory: field(memoryQuantity, {
    description: 'Memory request.',
    defaultText: '128Mi for the app; 32Mi for init containers and sidecars',
    why: 'enough for a small service; `spillway check` adds it up against the nodes',
  }).optional(),
  memoryLimit: field(memoryQuantity, {
    description: 'Memory limit; the container is killed above it.',
    defaultText: 'the memory request',
    why: 'memory cannot be taken back from a pod: what is promised must be what is reserved',
  }).optional(),
  cpuLimit: field(cpuQuantity, {
    description: 'CPU limit; the container is throttled above it.',
    defaultText: 'none',
    why: 'unused CPU is free to take, and a limit throttles latency even on an idle node',
  }).optional(),
  ephemeralStorage: field(memoryQuantity, {
    description: 'Request and limit of local disk (logs, emptyDir, writable layer).',
    defaultText: 'none',
    why: 'few apps write to disk',
  }).optional(),
});

export const security = z.strictObject({
  runAsUser: field(z.int().min(0), {
    description: 'User id of the processes; 0 is root and leaves Pod Security `restricted`.',
    default: 1000,
    why: 'an image that names its user by a word fails under runAsNonRoot unless a number is set',
  }).optional(),
  runAsGroup: field(z.int().min(0), {
    description: 'Group id of the processes.',
    default: 1000,
    why: 'the same as the user, so that both are known',
  }).optional(),
  fsGroup: field(z.int().min(0), {
    description: 'Group that owns mounted volumes.',
    default: 1000,
    why: 'a volume must be writable for the process that mounts it',
  }).optional(),
  readOnlyRootFilesystem: field(z.boolean(), {
    description: 'Whether the image’s own files can be changed; mount an emptyDir for scratch space.',
    default: true,
    why: 'an attacker who gets in cannot leave anything behind',
  }).optional(),
  capabilities: field(z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a Linux capability such as NET_BIND_SERVICE')), {
    description:
      'Linux capabilities added; all others are dropped. Pod Security `restricted` admits NET_BIND_SERVICE only.',
    default: [],
    why: 'few processes need a right of root’s',
  }).optional(),
  seccompProfile: field(z.enum(['RuntimeDefault', 'Unconfined']), {
    description: 'System-call filter; Unconfined leaves Pod Security `restricted`.',
    default: 'RuntimeDefault',
    why: 'blocks the system calls that container escapes use',
  }).optional(),
  allowPrivilegeEscalation: field(z.boolean(), {
    description: 'Whether a process may gain more rights than its parent.',
    default: false,
    why: 'no process should gain rights that it did not start with',
  }).optional(),
});

export const volumeMount = z.strictObject({
  volume: field(dnsLabel, { description: 'Name of one of `volumes`.' }),
  path: field(absolutePath, { description: 'Where it appears in the container.' }),
  readOnly: field(z.boolean(), {
    description: 'Whether the container may only read it.',
    default: false,
    why: 'what is mounted is usually written to',
  }).optional(),
});

/** An init container or a sidecar. */
export const extraContainer = z.strictObject({
  name: field(dnsLabel, { description: 'Name of the container.' }),
  image: field(imageReference, {
    description: 'Image with a version in its tag, or a digest; a tag that moves (latest, main) is a warning.',
  }),
  command: field(z.array(z.string()), { description: 'Replaces the image’s entrypoint.' }).optional(),
  args: field(z.array(z.string()), { description: 'Replaces the image’s arguments.' }).optional(),
  env: field(env, { description: 'Environment variables, in order.' }).optional(),
  envFrom: field(envFrom, { description: 'Whole Secrets or ConfigMaps as variables.' }).optional(),
  port: field(portNumber, { description: 'Port it listens on, named after the container (sidecars only).' }).optional(),
  resources: field(resources, { description: 'Requests and limits.' }).optional(),
  mounts: field(z.array(volumeMount), { description: 'Volumes of the app that it sees.' }).optional(),
  security: field(
    security.pick({
      readOnlyRootFilesystem: true,
      capabilities: true,
      runAsUser: true,
      runAsGroup: true,
      allowPrivilegeEscalation: true,
    }),
    {
      description: 'Where it differs from the app’s.',
    },
  ).optional(),
  readiness: field(probe, { description: 'Readiness probe (sidecars only).' }).optional(),
  startup: field(probe, { description: 'Startup probe; the app starts after it succeeds (sidecars only).' }).optional(),
});
