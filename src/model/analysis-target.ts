/** The placeholder for the canary's own Service that charts give every web analysis (an argument of the AnalysisTemplate). */
const canaryPlaceholder = /\{\{\s*args\.service\s*\}\}/g;

/** Name of the Service that the Rollouts controller points at the canary's pods alone. */
export function canaryServiceName(app: string): string {
  return `${app}-canary`;
}

/** Host name of that Service, as other namespaces reach it too. */
export function canaryServiceHost(app: { readonly name: string; readonly namespace: string }): string {
  return `${canaryServiceName(app.name)}.${app.namespace}.svc`;
}

/** Whether a URL stands on the placeholder. */
export function namesCanaryPlaceholder(url: string): boolean {
  return url.search(canaryPlaceholder) !== -1;
}

/** Where a web analysis goes, as the Rollouts controller resolves it from its own namespace. */
export type AnalysisTarget =
  | { readonly kind: 'service'; readonly service: string; readonly namespace: string; readonly port: number }
  /** One label: DNS looks for it in the namespace `argo-rollouts`, where no app is. */
  | { readonly kind: 'bare'; readonly name: string }
  | { readonly kind: 'outside' };

const standardPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Reads the host of an analysis' URL: `<service>.<namespace>`, with `.svc` and `.svc.cluster.local` or without, is a Service (of this
 * cluster, if it has one of that name); anything longer is somewhere else.
 */
export function analysisTarget(
  url: string,
  app: { readonly name: string; readonly namespace: string },
): AnalysisTarget {
  const parsed = parseUrl(url.replace(canaryPlaceholder, canaryServiceHost(app)));
  if (parsed === undefined) return { kind: 'outside' };
  const host = parsed.hostname.replace(/\.$/, '');
  const [service = '', namespace, ...rest] = host.replace(/\.svc(\.cluster\.local)?$/, '').split('.');
  if (namespace === undefined) return host.startsWith('[') ? { kind: 'outside' } : { kind: 'bare', name: service };
  if (rest.length > 0) return { kind: 'outside' };
  const port = parsed.port === '' ? standardPorts[parsed.protocol] : Number(parsed.port);
  return port === undefined ? { kind: 'outside' } : { kind: 'service', service, namespace, port };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
