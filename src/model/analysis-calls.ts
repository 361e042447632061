import { closest } from '../diagnostic/closest.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { analysisTarget, canaryServiceHost, canaryServiceName, namesCanaryPlaceholder } from './analysis-target.js';
import type { ResolvedApp, ResolvedPort } from './resolved.js';

type App = Pick<ResolvedApp, 'name' | 'namespace' | 'ports' | 'release' | 'provenance'>;

/** A port of an app that the Rollouts controller itself asks during a release, of this app or of another. */
export interface AnalysisCall<T extends App> {
  readonly released: T;
  readonly callee: T;
  readonly port: ResolvedPort;
}

/** Whether the app's release needs the Service of the canary alone: for the analysis' Job, or for a URL that names it. */
export function wantsCanaryService(app: Pick<App, 'name' | 'namespace' | 'release'>): boolean {
  const analysis = app.release.canary?.analysis;
  if (analysis?.kind === 'job') return true;
  if (analysis?.kind !== 'web') return false;
  if (namesCanaryPlaceholder(analysis.url)) return true;
  const target = analysisTarget(analysis.url, app);
  return (
    target.kind === 'service' && target.namespace === app.namespace && target.service === canaryServiceName(app.name)
  );
}

/** The apps and ports that web analyses ask; a host that does not resolve or a port that no Service has is a diagnostic. */
export function analysisCalls<T extends App>(apps: readonly T[], diagnostics: Diagnostic[]): AnalysisCall<T>[] {
  return apps.flatMap((released): AnalysisCall<T>[] => {
    const analysis = released.release.canary?.analysis;
    if (analysis?.kind !== 'web') return [];
    const at = released.provenance.at('release.analysis.web.url');
    const target = analysisTarget(analysis.url, released);
    if (target.kind === 'outside') return [];
    if (target.kind === 'bare') {
      diagnostics.push({
        code: 'analysis-host',
        severity: 'error',
        message: `the Rollouts controller does not find ${target.name}: it asks from namespace argo-rollouts, where a name alone means a Service of that namespace`,
        hint: fullNameHint(target.name, released, apps),
        at,
      });
      return [];
    }
    const callee = apps.find((app) => isServiceOf(app, target.service, target.namespace));
    if (callee === undefined) return [];
    const port = callee.ports.find(({ servicePort, protocol }) => servicePort === target.port && protocol === 'TCP');
    if (port === undefined) {
      const offered = callee.ports.map(({ servicePort, name }) => `${servicePort} (${name})`).join(', ');
      diagnostics.push({
        code: 'unknown-port',
        severity: 'error',
        message: `the analysis asks port ${target.port} of ${target.service}, which its Service does not offer`,
        hint: offered === '' ? `give ${callee.name} a port` : `write one that it does: ${offered}`,
        at,
      });
      return [];
    }
    return [{ released, callee, port }];
  });
}

function isServiceOf(app: App, service: string, namespace: string): boolean {
  if (app.namespace !== namespace) return false;
  return app.name === service || (canaryServiceName(app.name) === service && wantsCanaryService(app));
}

function fullNameHint(name: string, released: App, apps: readonly App[]): string {
  if (name === canaryServiceName(released.name))
    return `write {{args.service}}, which stands for ${canaryServiceHost(released)}`;
  const meant =
    closest(
      name,
      apps.map((app) => app.name),
    ) ?? name;
  const app = apps.find((candidate) => candidate.name === name) ?? apps.find((candidate) => candidate.name === meant);
  return app === undefined
    ? 'write the whole name, <service>.<namespace>.svc'
    : `write ${app.name}.${app.namespace}.svc${app === released ? ', or {{args.service}} for the canary alone' : ''}`;
}
