import { logRetentionDays } from '../facts/eks.js';
import type { Check } from './check.js';
import { counted, didYouMean, enumeration } from './view/words.js';
import { dig, number, textMap } from './view/json.js';

/** Settings of the cluster itself. */
export const clusterChecks: readonly Check[] = [
  {
    id: 'log-retention',
    title: 'logs are kept for one of CloudWatch’s numbers of days',
    why: 'eksctl refuses any other number.',
    severity: 'error',
    *run({ cluster, clusterConfig }) {
      const days =
        number(dig(clusterConfig, 'cloudWatch', 'clusterLogging', 'logRetentionInDays')) ??
        cluster.observability?.logRetentionDays;
      if (days === undefined || logRetentionDays.some((allowed) => allowed === days)) return;
      const [below, above] = [
        logRetentionDays.findLast((allowed) => allowed < days),
        logRetentionDays.find((allowed) => allowed > days),
      ];
      yield {
        message: `logs cannot be kept for ${counted(days, 'day')}`,
        hint: `use ${[below, above].filter((allowed) => allowed !== undefined).join(' or ')}`,
        at: cluster.provenance.at('observability.logRetentionDays'),
      };
    },
  },
  {
    id: 'endpoint-reachable',
    title: 'the Kubernetes API answers somewhere',
    why: 'EKS refuses a cluster whose endpoint is neither public nor private.',
    severity: 'error',
    *run({ cluster }) {
      if (cluster.endpoint.public || cluster.endpoint.private) return;
      yield {
        message: 'the Kubernetes API is neither public nor private: nobody could reach it',
        hint: 'leave endpoint.private at true',
        at: cluster.provenance.at('endpoint.private'),
      };
    },
  },
  {
    id: 'endpoint-cidrs',
    title: 'public CIDRs are those of a public endpoint',
    why: 'On a private endpoint they mean nothing: whoever wrote them expects another cluster than comes out.',
    severity: 'error',
    *run({ cluster }) {
      if (cluster.endpoint.public || cluster.endpoint.publicCidrs === undefined) return;
      yield {
        message: 'endpoint.publicCidrs is set, but the endpoint is not public',
        hint: 'take publicCidrs out, or set endpoint.public: true',
        at: cluster.provenance.atKey('endpoint.publicCidrs'),
      };
    },
  },
  {
    id: 'endpoint-nodes',
    title: 'nodes reach the Kubernetes API',
    why: 'Without a private endpoint they come from the NAT gateways’ addresses: unless publicCidrs holds those, no node joins.',
    severity: 'warning',
    *run({ cluster }) {
      const { endpoint, provenance } = cluster;
      if (
        endpoint.private ||
        !endpoint.public ||
        endpoint.publicCidrs === undefined ||
        endpoint.publicCidrs.includes('0.0.0.0/0')
      )
        return;
      yield {
        message: `nodes must reach the API from one of ${enumeration(endpoint.publicCidrs)}, for the endpoint is not private`,
        hint: 'leave endpoint.private at true',
        at: provenance.at('endpoint.private'),
      };
    },
  },
  {
    id: 'endpoint-open',
    title: 'the public endpoint is for known addresses',
    why: 'Authentication protects it, but a leaked token then works from everywhere.',
    severity: 'info',
    *run({ cluster }) {
      const { endpoint, provenance } = cluster;
      if (!endpoint.public || (endpoint.publicCidrs !== undefined && !endpoint.publicCidrs.includes('0.0.0.0/0')))
        return;
      yield {
        message: `the Kubernetes API of ${cluster.name} answers to the whole internet`,
        hint: 'name your addresses under endpoint.publicCidrs, or set endpoint.public: false',
        at: provenance.at('endpoint.publicCidrs'),
      };
    },
  },
  {
    id: 'observability-off',
    title: 'a production cluster has logs and metrics',
    why: 'Control-plane logs cannot be had afterwards: an incident without them stays a riddle.',
    severity: 'info',
    *run({ cluster }) {
      if (!cluster.production || cluster.observability !== undefined) return;
      yield {
        message: `production cluster ${cluster.name} keeps no control-plane logs and no Container Insights`,
        hint: 'take observability: false out, or keep at least {logTypes: [audit, authenticator], containerInsights: false}',
        at: cluster.provenance.at('observability'),
      };
    },
  },
  {
    id: 'access-namespace',
    title: 'access entries name namespaces that exist',
    why: 'Access to a misspelt namespace is access to nothing.',
    severity: 'warning',
    *run(view) {
      const known = [...view.ofKind('Namespace').map(({ object }) => object.metadata.name), 'kube-system', 'default'];
      for (const [index, { principalArn, namespaces }] of view.cluster.access.entries()) {
        for (const [place, namespace] of (namespaces ?? []).entries()) {
          if (known.includes(namespace) || namespace.includes('*')) continue;
          yield {
            message: `${principalArn.split('/').at(-1) ?? principalArn} gets access to namespace ${namespace}, which is not on this cluster`,
            hint: didYouMean(namespace, known, `namespaces are ${enumeration(known)}`),
            at: view.cluster.provenance.at(`access.${index}.namespaces.${place}`),
          };
        }
      }
    },
  },
  {
    id: 'tag-conflict',
    title: 'a tag of the cluster and one of a node group do not contradict each other',
    why: 'eksctl gives both to the group’s CloudFormation stack under one key: which value stays, on what is billed by it, is up to AWS.',
    severity: 'warning',
    *run({ clusterConfig, groups }) {
      const ofCluster = textMap(dig(clusterConfig, 'metadata', 'tags'));
      for (const group of groups) {
        for (const [key, value] of Object.entries(group.tags)) {
          const other = ofCluster[key];
          if (other === undefined || other === value) continue;
          yield {
            message: `tag ${key} is ${other} for the cluster, but ${value} for node group ${group.name}`,
            hint: 'keep the key in one of the two places',
            at: group.at('tags'),
          };
        }
      }
    },
  },
];
