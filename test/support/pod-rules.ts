/**
 * What Kubernetes refuses in a pod, told from the objects alone: a second reading of the API server's rules, for specs that rendered
 * without an error. Nothing of src/checks is used.
 */
interface Container {
  readonly name: string;
  readonly restartPolicy?: string;
  readonly resources?: { readonly requests?: Quantities; readonly limits?: Quantities };
  readonly volumeMounts?: readonly { readonly mountPath: string }[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
}
type Quantities = Readonly<Record<string, string | number>>;
interface Probe {
  readonly successThreshold?: number;
  readonly [handler: string]: unknown;
}
interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly name: string }[];
}

/** Every pod spec within an object, wherever it stands. */
function podSpecs(value: unknown): PodSpec[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = Array.isArray((value as Partial<PodSpec>).containers) ? [value as PodSpec] : [];
  return [...here, ...Object.values(value).flatMap(podSpecs)];
}

const binary = ['Ki', 'Mi', 'Gi', 'Ti'];
const decimal = ['k', 'M', 'G', 'T'];

/** A quantity in thousandths, as an exact integer. */
function thousandths(value: string | number): bigint {
  const [, digits = '0', fraction = '', unit = ''] = /^(\d+)(?:\.(\d{1,3}))?([A-Za-z]*)$/.exec(String(value)) ?? [];
  const amount = BigInt(digits) * 1000n + BigInt(fraction.padEnd(3, '0') || '0');
  if (unit === 'm') return amount / 1000n;
  if (binary.includes(unit)) return amount * 1024n ** BigInt(binary.indexOf(unit) + 1);
  if (decimal.includes(unit)) return amount * 1000n ** BigInt(decimal.indexOf(unit) + 1);
  if (unit !== '') throw new Error(`${String(value)} is a quantity that this test cannot read`);
  return amount;
}

function doubles(what: string, names: readonly string[]): string[] {
  return names.length === new Set(names).size ? [] : [`two ${what} of one name: ${names.join(', ')}`];
}

function probeFaults({ name, readinessProbe, livenessProbe, startupProbe }: Container): string[] {
  const handlers = ['httpGet', 'grpc', 'tcpSocket', 'exec'];
  return [readinessProbe, livenessProbe, startupProbe].flatMap((probe, index) => {
    if (probe === undefined) return [];
    const asked = handlers.filter((handler) => probe[handler] !== undefined).length;
    return [
      ...(asked === 1 ? [] : [`a probe of ${name} asks in ${asked} ways`]),
      ...(index === 0 || (probe.successThreshold ?? 1) === 1 ? [] : [`a probe of ${name} wants several successes`]),
    ];
  });
}

function containerFaults(container: Container): string[] {
  const { requests = {}, limits = {} } = container.resources ?? {};
  const low = Object.entries(requests).filter(([resource, request]) => {
    const limit = limits[resource];
    return limit !== undefined && thousandths(limit) < thousandths(request);
  });
  return [
    ...low.map(([resource]) => `${container.name} may use less ${resource} than it requests`),
    ...doubles(
      'mounts',
      (container.volumeMounts ?? []).map(({ mountPath }) => mountPath),
    ),
    ...probeFaults(container),
  ];
}

/** What is wrong with the pods of an object, one line each. */
export function podFaults(object: unknown): string[] {
  return podSpecs(object).flatMap(({ containers, initContainers = [], volumes = [] }) => [
    ...doubles(
      'containers',
      [...containers, ...initContainers].map(({ name }) => name),
    ),
    ...doubles(
      'volumes',
      volumes.map(({ name }) => name),
    ),
    ...[...containers, ...initContainers].flatMap(containerFaults),
    ...initContainers
      .filter(({ restartPolicy, readinessProbe }) => restartPolicy !== 'Always' && readinessProbe !== undefined)
      .map(({ name }) => `init container ${name} has a probe`),
  ]);
}

/** Whether this machine's own database has the time zone of a CronJob; other objects have none. */
export function timeZoneFaults(object: unknown): string[] {
  const zone = (object as { spec?: { timeZone?: string } }).spec?.timeZone;
  if (zone === undefined) return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return [];
  } catch {
    return [`there is no time zone ${zone}`];
  }
}
