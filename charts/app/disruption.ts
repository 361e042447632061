import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { CountOrShare, ResolvedApp } from '../../src/model/resolved.js';
import { intOrString } from './count-or-share.js';
import { objectMeta, podSelector } from './object-meta.js';

/** The PodDisruptionBudget: how many pods a drain may take at once. */
export function addDisruptionBudget(chart: Chart, app: ResolvedApp, maxUnavailable: CountOrShare): void {
  new k8s.KubePodDisruptionBudget(chart, 'disruption-budget', {
    metadata: objectMeta(app),
    spec: {
      maxUnavailable: intOrString(maxUnavailable),
      selector: podSelector(app),
      // A pod that is not ready serves nobody: without this, an app that is already broken holds up every drain.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
