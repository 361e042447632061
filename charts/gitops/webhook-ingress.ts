import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedGitOps } from '../../src/model/resolved.js';
import { argoCdNamespace } from './names.js';

/**
 * Lets the Git host tell Argo CD of a push: exactly /api/webhook, and nothing else of its API or UI. Always HTTPS; without a
 * certificateArn the controller looks in ACM for a certificate of this host name.
 */
export function addWebhookIngress(chart: Chart, webhook: NonNullable<ResolvedGitOps['webhook']>): void {
  new k8s.KubeIngress(chart, 'webhook', {
    metadata: {
      name: 'argocd-webhook',
      namespace: argoCdNamespace,
      annotations: {
        'alb.ingress.kubernetes.io/scheme': 'internet-facing',
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
        ...(webhook.certificateArn !== undefined && {
          'alb.ingress.kubernetes.io/certificate-arn': webhook.certificateArn,
        }),
        // argocd-server speaks TLS with a certificate of its own making, which a load balancer does not verify.
        'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS',
        'alb.ingress.kubernetes.io/healthcheck-protocol': 'HTTPS',
        'alb.ingress.kubernetes.io/healthcheck-path': '/healthz',
      },
    },
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: webhook.host,
          http: {
            paths: [
              {
                path: '/api/webhook',
                pathType: 'Exact',
                backend: { service: { name: 'argocd-server', port: { name: 'https' } } },
              },
            ],
          },
        },
      ],
    },
  });
}
