/** Suffixes of Kubernetes quantities (apimachinery, resource.Quantity). */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A Kubernetes quantity as a number of its unit (cores, bytes, pieces); undefined where it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match = /^([+-]?\d+(?:\.\d+)?)(?:[eE]([+-]?\d+)|([a-zA-Z]*))$/.exec(value);
  if (match === null) return undefined;
  const [, digits = '', exponent, suffix = ''] = match;
  if (exponent !== undefined) return Number(digits) * 10 ** Number(exponent);
  const factor = factors[suffix];
  return factor === undefined ? undefined : Number(digits) * factor;
}

/** CPU in whole millicores, rounded up as the scheduler does; 0 where there is none. */
export function cpuMillis(value: unknown): number {
  return Math.ceil(Math.round((quantity(value) ?? 0) * 1e6) / 1e3);
}

/** Memory in bytes; 0 where there is none. */
export function bytes(value: unknown): number {
  return Math.ceil(quantity(value) ?? 0);
}

/** Millicores in words: `250m`, `1.5`. */
export function cpuText(millis: number): string {
  return millis % 100 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** Bytes in words: `512Mi`, `1.5Gi`. */
export function memoryText(amount: number): string {
  const mebibytes = amount / 2 ** 20;
  return mebibytes >= 1024 ? `${round(mebibytes / 1024)}Gi` : `${round(mebibytes)}Mi`;
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
