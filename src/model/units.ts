import type { CountOrShare, Quantity } from './resolved.js';

/** Seconds of a duration such as `90s`, `5m` or `1h30m` that the schema has accepted. */
export function durationSeconds(text: string): number {
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** A duration in the words that a person would write: `90s`, `5m`, `1h`. */
export function durationText(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  if (seconds > 0 && seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}

/** The number of a share such as `10%`. */
export function percentOf(share: string): number {
  return Number(share.slice(0, -1));
}

export function countOrShare(written: number | string): CountOrShare {
  return typeof written === 'number' ? { count: written } : { percent: percentOf(written) };
}

export function countOrShareText(value: CountOrShare): string {
  return 'count' in value ? String(value.count) : `${value.percent}%`;
}

/** A CPU quantity, in millicores. */
export function cpuQuantity(written: string | number): Quantity {
  const text = String(written);
  const amount = text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
  return { text, amount };
}

/** Kubernetes' suffixes: apimachinery's resource.Quantity. */
const memoryUnits: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** A memory or disk quantity, in bytes. */
export function memoryQuantity(text: string): Quantity {
  const [, number = '0', unit = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return { text, amount: Math.round(Number(number) * (memoryUnits[unit] ?? 1)) };
}
