import type { Output } from '@pulumi/pulumi';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { addonsAfterNodes, addonsBeforeNodes } from './addons.js';
import { controlPlane as newControlPlane } from './control-plane.js';
import { workloadIdentities } from './identity.js';
import { managedNodeGroup } from './managed-node-group.js';
import { network as networkOf } from './network.js';
import { SelfManagedNodeGroup } from './self-managed-node-group.js';

/** What the stack tells. */
export interface Outputs {
  readonly clusterName: string;
  readonly endpoint: Output<string>;
  /** For kubectl: it asks the AWS command line for a token. */
  readonly kubeconfig: Output<string>;
}

/** Everything that AWS shall hold for a cluster; what Kubernetes shall hold is in dist/, for Argo CD. */
export async function program(cluster: ResolvedCluster): Promise<Outputs> {
  const network = await networkOf(cluster);
  const controlPlane = newControlPlane(cluster, network);
  workloadIdentities(cluster, controlPlane);
  const surroundings = { controlPlane, network, dependsOn: addonsBeforeNodes(cluster, controlPlane) };
  const nodes = cluster.nodeGroups.map((group) =>
    group.managed
      ? managedNodeGroup(cluster, group, surroundings)
      : new SelfManagedNodeGroup(cluster, group, surroundings),
  );
  addonsAfterNodes(cluster, controlPlane, nodes);
  return {
    clusterName: cluster.name,
    endpoint: controlPlane.eksCluster.endpoint,
    kubeconfig: controlPlane.kubeconfigJson,
  };
}
