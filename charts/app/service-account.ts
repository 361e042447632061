import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp } from '../../src/model/resolved.js';
import { objectMeta } from './object-meta.js';

/**
 * The app's own ServiceAccount: what its AWS identity is bound to, by name (Pod Identity) or by this annotation (IRSA). It mounts no
 * token; a pod that calls the Kubernetes API asks for one itself.
 */
export function addServiceAccount(chart: Chart, app: ResolvedApp): void {
  const roleArn = app.aws?.roleArn;
  new k8s.KubeServiceAccount(chart, 'service-account', {
    metadata: objectMeta(app, app.name, roleArn === undefined ? undefined : { 'eks.amazonaws.com/role-arn': roleArn }),
    automountServiceAccountToken: false,
  });
}
