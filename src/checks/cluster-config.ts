import type { Check } from './check.js';
import { accessRules } from './eksctl/access.js';
import { addonRules } from './eksctl/addons.js';
import { clusterRules } from './eksctl/cluster.js';
import { groupRules } from './eksctl/groups.js';
import { identityRules } from './eksctl/identity.js';
import { networkRules } from './eksctl/network.js';
import { dig, text } from './view/json.js';
import { operationThatTouches } from './view/patches.js';

const rules = [groupRules, identityRules, addonRules, networkRules, accessRules, clusterRules];

/** Whether the patched ClusterConfig is one that eksctl takes and that still fits what is rendered beside it. */
export const clusterConfigChecks: readonly Check[] = [
  {
    id: 'cluster-config-rules',
    title: 'the patched ClusterConfig keeps eksctl’s own rules',
    why: 'eksctl 0.230.0 refuses the file, or EKS does after a quarter of an hour: numbers out of range, fields that exclude each other, addon values that are no JSON, IPv6 and other things that are not rendered for.',
    severity: 'error',
    *run({ cluster, clusterConfig }) {
      // What is rendered without patches keeps them: the tests ask eksctl itself.
      if (cluster.eksctlPatches.length === 0) return;
      for (const rule of rules) {
        for (const { pointer, message, hint } of rule(clusterConfig)) {
          // Nothing but a patch can be the cause, if not of this field then of one that does not go with it.
          const operation = operationThatTouches(cluster.eksctlPatches, pointer) ?? cluster.eksctlPatches.length - 1;
          yield { message, hint, at: cluster.provenance.at(['eksctl', 'patches', operation]) };
        }
      }
    },
  },
  {
    id: 'cluster-config-version',
    title: 'patches leave the Kubernetes version to the spec',
    why: 'Controllers, API versions and checks are chosen for the version of the spec; eksctl would build the cluster with another one.',
    severity: 'error',
    *run({ cluster, clusterConfig }) {
      const version = text(dig(clusterConfig, 'metadata', 'version'));
      if (version === cluster.kubernetesVersion) return;
      const operation = operationThatTouches(cluster.eksctlPatches, '/metadata/version');
      yield {
        message: `a patch makes the Kubernetes version ${version ?? 'whatever eksctl chooses'}, but everything else is rendered for ${cluster.kubernetesVersion}`,
        hint: 'change kubernetesVersion in the spec instead',
        at: cluster.provenance.at(operation === undefined ? 'eksctl.patches' : ['eksctl', 'patches', operation]),
      };
    },
  },
];
