import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { endpointOf, ownTemplate } from './view/endpoints.js';
import { dig, text } from './view/json.js';
import { reachesSome } from './view/ranges.js';
import { enumeration } from './view/words.js';

const https = { port: 443, protocol: 'TCP' } as const;

/** Where EKS takes Service addresses from if nobody says (API reference, KubernetesNetworkConfigRequest, serviceIpv4Cidr). */
const defaultServiceRanges = ['10.100.0.0/16', '172.20.0.0/16'] as const;

function serviceRanges({ clusterConfig }: ClusterView): readonly string[] {
  const written = text(dig(clusterConfig, 'kubernetesNetworkConfig', 'serviceIPv4CIDR'));
  return written === undefined ? defaultServiceRanges : [written];
}

/** What is outside the cluster's pods, and an app asks for by another field than `network`. */
export const egressChecks: readonly Check[] = [
  {
    id: 'aws-egress',
    title: 'an app with AWS permissions may call AWS',
    why: 'Egress is closed by default: the app gets its credentials, and its first call to AWS runs into a timeout.',
    severity: 'warning',
    *run(view) {
      for (const app of view.cluster.apps) {
        const template = app.aws === undefined ? undefined : ownTemplate(view, app);
        if (template === undefined || reachesSome(view, endpointOf(template), https)) continue;
        yield {
          message: `${app.name} has AWS permissions, but its NetworkPolicy lets it call nothing on port 443, where AWS answers`,
          hint: `add network.allowTo: [{cidr: 0.0.0.0/0, ports: [443]}], or the range of your VPC endpoints (${view.cluster.vpc.cidr})`,
          at: app.provenance.atKey('aws'),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'api-egress',
    title: 'an app with a token of the Kubernetes API may call it',
    why: 'The VPC CNI judges a packet before kube-proxy rewrites it, by the address of Service `kubernetes`: no rule for pods opens that, and the client hangs.',
    severity: 'warning',
    *run(view) {
      for (const app of view.cluster.apps) {
        const template = app.serviceAccountToken ? ownTemplate(view, app) : undefined;
        if (template === undefined) continue;
        const own = endpointOf(template);
        const ranges = serviceRanges(view);
        if (ranges.some((range) => reachesSome(view, own, https, range))) continue;
        yield {
          message: `${app.name} has a token of the Kubernetes API, but its NetworkPolicy does not let it call the API on port 443`,
          hint: `add network.allowTo: [{cidr: ${ranges[0] ?? ''}, ports: [443]}] with the range of the cluster’s Services${ranges.length > 1 ? ` (EKS uses ${enumeration(ranges).replace(' and ', ' or ')}; see kubectl get service kubernetes)` : ''}, and {cidr: ${view.cluster.vpc.cidr}, ports: [443]} for clients that ask its endpoints`,
          at: app.provenance.at('serviceAccountToken'),
          app: app.name,
        };
      }
    },
  },
];
