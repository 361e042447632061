import { awsChecks } from './aws.js';
import { callChecks } from './calls.js';
import type { Check } from './check.js';
import { clusterConfigChecks } from './cluster-config.js';
import { clusterChecks } from './cluster.js';
import { controllerChecks } from './controllers.js';
import { disruptionChecks } from './disruption.js';
import { egressChecks } from './egress.js';
import { fitChecks } from './fit.js';
import { gitopsChecks } from './gitops.js';
import { imageChecks } from './images.js';
import { ingressChecks } from './ingress.js';
import { loadBalancerChecks } from './load-balancers.js';
import { networkChecks } from './network.js';
import { nodeGroupChecks } from './node-groups.js';
import { objectChecks } from './objects.js';
import { placementChecks } from './placement.js';
import { podSecurityChecks } from './pod-security.js';
import { podValidChecks } from './pod-valid.js';
import { portChecks } from './ports.js';
import { quotaChecks } from './quota.js';
import { referenceChecks } from './references.js';
import { regionChecks } from './regions.js';
import { releaseChecks } from './release.js';
import { roleChecks } from './roles.js';
import { rolloutChecks } from './rollouts.js';
import { scalingChecks } from './scaling.js';
import { schemaChecks } from './schema.js';
import { secretChecks } from './secrets.js';
import { selectorChecks } from './selectors.js';
import { spotAgreementChecks } from './spot-agreement.js';
import { terminationChecks } from './termination.js';
import { volumeChecks } from './volumes.js';
import { vpcChecks } from './vpc.js';

/** A subject of docs/checks.md with its checks. */
export interface Topic {
  readonly title: string;
  readonly checks: readonly Check[];
}

/** Every check, by subject, in the order of docs/checks.md. */
export const topics: readonly Topic[] = [
  { title: 'Node groups', checks: [...nodeGroupChecks, ...spotAgreementChecks] },
  { title: 'Room on the nodes', checks: fitChecks },
  { title: 'Placement', checks: placementChecks },
  { title: 'Pods that Kubernetes takes', checks: podValidChecks },
  { title: 'How pods end', checks: [...terminationChecks, ...disruptionChecks] },
  { title: 'Scaling', checks: [...scalingChecks, ...quotaChecks] },
  { title: 'Releases', checks: [...releaseChecks, ...rolloutChecks, ...imageChecks] },
  { title: 'Ports and requests from outside', checks: [...portChecks, ...ingressChecks, ...loadBalancerChecks] },
  { title: 'Names that refer to something', checks: [...referenceChecks, ...selectorChecks, ...volumeChecks] },
  {
    title: 'Secrets, rights and isolation',
    checks: [
      ...secretChecks,
      ...awsChecks,
      ...roleChecks,
      ...podSecurityChecks,
      ...networkChecks,
      ...egressChecks,
      ...callChecks,
    ],
  },
  { title: 'Objects and their delivery', checks: [...objectChecks, ...schemaChecks, ...gitopsChecks] },
  {
    title: 'The cluster',
    checks: [...clusterChecks, ...clusterConfigChecks, ...regionChecks, ...vpcChecks, ...controllerChecks],
  },
];

/** Every check, in the same order. */
export const checks: readonly Check[] = topics.flatMap((topic) => topic.checks);
