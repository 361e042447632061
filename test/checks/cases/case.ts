import type { RenderedCluster } from '../../../src/pipeline.js';
import { prod } from '../../support/repository.js';

/** Stands in a test's YAML right before what a check must point at; taken out before the YAML is read. */
export const mark = '▸';

/** One spec, and what one check says about it. */
export interface CheckCase {
  readonly check: string;
  /** What is the matter, or what is not, in a few words. */
  readonly when: string;
  /** A mark wherever the check must fire; a case without any is one where it must stay silent. */
  readonly cluster?: string;
  readonly apps?: Readonly<Record<string, string>>;
  readonly manifests?: Readonly<Record<string, string>>;
  /** A part of the messages or hints. */
  readonly says?: string;
  /** Breaks what no spec can break: what is rendered by the platform itself. */
  readonly tamper?: (rendered: RenderedCluster) => RenderedCluster;
}

/** Cases of one check, told apart only by what they hold. */
export function casesOf(check: string, cases: readonly Omit<CheckCase, 'check'>[]): CheckCase[] {
  return cases.map((one) => ({ check, ...one }));
}

/** The default lines with `lines` in the place of those that say the same field. */
function withLines(base: string, lines: string): string {
  const fields = new Set([...lines.matchAll(/^▸?([A-Za-z]+):/gm)].map(([, field]) => field));
  const kept = base
    .split(/^(?=[A-Za-z])/m)
    .filter((block) => !fields.has(/^[A-Za-z]+/.exec(block)?.[0] ?? ''))
    .join('');
  return `${kept}${lines}${lines === '' || lines.endsWith('\n') ? '' : '\n'}`;
}

/** The cluster `prod` with these lines in place of its own. */
export function cluster(lines = ''): string {
  return withLines(prod, lines);
}

const groups = {
  base: 'name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6',
  burst: 'name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 20',
} as const;

/** The cluster `prod` with other node groups; `base` and `burst` are the usual ones. */
export function nodeGroups(...written: readonly string[]): string {
  const lines = written.map((group) => {
    const place = group.startsWith(mark) ? mark : '';
    const name = group.slice(place.length);
    return `  - ${place}{${name === 'base' || name === 'burst' ? groups[name] : name}}\n`;
  });
  return cluster(`nodeGroups:\n${lines.join('')}`);
}

const service = `name: shop
image: ghcr.io/acme/shop:1.4.2
port: 8080
health: {readiness: /readyz}
clusters: {prod: {}}
`;

/** The app `shop` with these lines in place of its own. */
export function app(lines = '', name = 'shop'): string {
  return withLines(service, lines).replaceAll('shop', name);
}

/** The app `shop` without ports. */
export function worker(lines = ''): string {
  return withLines('name: shop\nkind: worker\nimage: ghcr.io/acme/shop:1.4.2\nclusters: {prod: {}}\n', lines);
}

/** A merge patch of the app, which the check must point at. */
export function patch(merge: string, kind = 'Deployment'): string {
  return `patches:\n  - ${mark}{target: {kind: ${kind}}, merge: ${merge}}\n`;
}

/** The same for the pods of its Deployment. */
export function podPatch(spec: string): string {
  return patch(`{spec: {template: {spec: ${spec}}}}`);
}

/** A JSON patch of the app. */
export function jsonPatch(operation: string, kind = 'Deployment'): string {
  return `patches:\n  - ${mark}{target: {kind: ${kind}}, json: [${operation}]}\n`;
}

/** A text without its marks. */
export function quiet(text: string): string {
  return text.replaceAll(mark, '');
}

/** The app `shop` with a raw manifest. */
export function withManifest(lines = ''): string {
  return app(`manifests: [apps/extra/x.yaml]\n${lines}`);
}

/** That manifest. */
export function manifest(text: string): Readonly<Record<string, string>> {
  return { 'apps/extra/x.yaml': text };
}

/** A ConfigMap as a manifest. */
export function configMap(name: string, rest = ''): string {
  return `${mark}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${rest}`;
}

/** The cluster `prod` with patches of its ClusterConfig. */
export function eksctl(...operations: readonly string[]): string {
  return cluster(`eksctl:\n  patches:\n${operations.map((operation) => `    - ${operation}\n`).join('')}`);
}

/** The cluster `prod`, marked at its list of node groups. */
export function markedGroups(text = cluster()): string {
  return text.replace('nodeGroups:\n  -', `nodeGroups:\n  ${mark}-`);
}

/** Enough pods for a canary to express its shares. */
export const calm = 'scale: {min: 10, max: 20}\n';
