import type { Position } from '../../diagnostic/diagnostic.js';
import type { ClusterView } from './cluster-view.js';
import { text } from './json.js';

/** The parts of an ARN (AWS General Reference, "ARN format"); empty where a service has none. */
export interface Arn {
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of an ARN, undefined where a text is none. */
export function arn(value: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/.exec(value);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { text: value, partition, service, region, account, resource };
}

/** What an ARN is for: what AWS asks of it depends on that. */
export type ArnUse = 'certificate' | 'key' | 'policy' | 'principal' | 'resource';

export interface ArnPlace {
  readonly arn: Arn;
  readonly use: ArnUse;
  /** Who uses it, in words. */
  readonly user: string;
  readonly at: Position;
  readonly app?: string;
}

const certificateAnnotation = 'alb.ingress.kubernetes.io/certificate-arn';

/** Every ARN that the specs of a cluster and its rendered Ingresses name. */
export function* arnsOf(view: ClusterView): Generator<ArnPlace> {
  const { cluster } = view;
  for (const [field, use] of [['secretsEncryptionKeyArn', 'key']] as const) {
    const found = arn(cluster[field] ?? '');
    if (found) yield { arn: found, use, user: `cluster ${cluster.name}`, at: cluster.provenance.at(field) };
  }
  for (const [index, { principalArn }] of cluster.access.entries()) {
    const found = arn(principalArn);
    const at = cluster.provenance.at(`access.${index}.principalArn`);
    if (found) yield { arn: found, use: 'principal', user: `an access entry of ${cluster.name}`, at };
  }
  for (const { name, aws, provenance } of cluster.apps) {
    const own = { user: name, app: name };
    for (const [index, policy] of (aws?.policies ?? []).entries()) {
      const found = arn(policy);
      if (found) yield { arn: found, use: 'policy', at: provenance.at(`aws.policies.${index}`), ...own };
    }
    for (const [index, { resources }] of (aws?.statements ?? []).entries()) {
      for (const [place, resource] of resources.entries()) {
        const found = arn(resource);
        const at = provenance.at(`aws.statements.${index}.resources.${place}`);
        if (found) yield { arn: found, use: 'resource', at, ...own };
      }
    }
  }
  yield* certificates(view);
}

function* certificates(view: ClusterView): Generator<ArnPlace> {
  for (const owned of view.ofKind('Ingress')) {
    const app = view.appOf(owned);
    const written = text(owned.object.metadata.annotations?.[certificateAnnotation]) ?? '';
    for (const part of written.split(',')) {
      const found = arn(part.trim());
      if (found === undefined) continue;
      yield {
        arn: found,
        use: 'certificate',
        user: app?.name ?? 'Argo CD’s webhook',
        at: view.at(
          owned,
          app === undefined ? 'gitops.webhook.certificateArn' : 'ingress.certificateArn',
          '/metadata/annotations',
        ),
        ...(app && { app: app.name }),
      };
    }
  }
}
