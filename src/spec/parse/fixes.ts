import type { z } from 'zod';

/** What somebody probably meant by a value that a schema refuses: what to write instead, the likeliest first; empty where nothing is obvious. */
export function obviousFixes(schema: z.ZodType, value: unknown): string[] {
  const takes = (candidate: string) => schema.safeParse(candidate).success;
  const proposals = typeof value === 'number' || typeof value === 'string' ? proposed(takes, String(value).trim()) : [];
  return [...new Set(proposals)].filter((candidate) => candidate !== value && takes(candidate)).slice(0, 2);
}

type Takes = (candidate: string) => boolean;

function proposed(takes: Takes, written: string): string[] {
  // A schema that takes any text takes these too, and then nothing tells that a quantity was meant.
  const isFor = (sample: string) => takes(sample) && !takes('x');
  const kinds = [...(takes('cronjob') ? kindsFor(written) : [])];
  const quantities = [
    ...(isFor('10%') ? shares(written) : []),
    ...(isFor('90s') ? durations(written) : []),
    ...(isFor('256Mi') ? memories(written) : []),
  ];
  if (quantities.length > 0 || kinds.length > 0) return [...kinds, ...quantities];
  return texts(takes, written);
}

/** Kubernetes' kinds, and what runs as one of them here. */
function kindsFor(written: string): string[] {
  const always = ['service', 'worker'];
  const kinds: Readonly<Record<string, readonly string[]>> = {
    deployment: always,
    statefulset: always,
    replicaset: always,
    rollout: always,
    pod: always,
    job: ['cronjob'],
    web: ['service'],
    daemon: ['worker'],
  };
  const kind = written.toLowerCase();
  return Object.hasOwn(kinds, kind) ? [...(kinds[kind] ?? [])] : [];
}

function shares(written: string): string[] {
  const number = /^(\d+(?:\.\d+)?)\s*%?$/.exec(written)?.[1];
  if (number === undefined) return [];
  return Number(number) > 0 && Number(number) < 1 ? [`${Math.round(Number(number) * 100)}%`] : [`${number}%`];
}

function durations(written: string): string[] {
  const [, number, unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(written) ?? [];
  if (number === undefined) return [];
  if (/^d(ays?)?$/i.test(unit)) return [`${Number(number) * 24}h`];
  const short = { '': 's', s: 's', m: 'm', h: 'h' }[unit.charAt(0).toLowerCase()];
  const known = /^(|s|secs?|seconds?|m|mins?|minutes?|h|hours?)$/i.test(unit);
  return known && short !== undefined ? [`${number}${short}`] : [];
}

/** The unit that a number without one probably has: megabytes are the usual ones; below 17 it would be too little for anything. */
function memories(written: string): string[] {
  const [, number, unit, binary] = /^(\d+(?:\.\d+)?)\s*(?:([kmgt])(i?)b?)?$/i.exec(written) ?? [];
  if (number === undefined) return [];
  const mebi = Number(number) / 1024 ** 2;
  if (unit === undefined && mebi >= 1) return Number.isInteger(mebi) ? [`${mebi}Mi`] : [];
  if (unit === undefined) return [`${number}${Number(number) <= 16 ? 'Gi' : 'Mi'}`];
  const letter = unit.toUpperCase();
  return [`${number}${letter}i`, ...(binary === '' ? [`${number}${letter === 'K' ? 'k' : letter}`] : [])];
}

/** An address without its scheme, a name in lower case, a path with its slash or without. The first that is taken is enough. */
function texts(takes: Takes, written: string): string[] {
  const bare = written.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '');
  const [, name = '', rest = ''] = /^(.*?)((?::[^/:@]*)?(?:@.*)?)$/.exec(bare) ?? [];
  // An image's registry alone would be an image too.
  const host = takes('a.example/b:1') ? [] : [bare.replace(/[/:].*$/, ''), bare.replace(/[/:].*$/, '').toLowerCase()];
  const candidates = [
    written,
    ...(/^\d/.test(written) ? [written.replace(/\s+/g, '')] : []),
    bare,
    `${name.toLowerCase()}${rest}`,
    ...host,
    written.toLowerCase(),
    `/${written}`,
    written.replace(/^(\.?\/)+/, ''),
  ];
  return candidates.filter((candidate) => candidate !== '' && takes(candidate)).slice(0, 1);
}
