import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp } from '../../src/model/resolved.js';
import { addPatchable } from '../newer-fields.js';
import { present } from '../present.js';
import { intOrString } from './count-or-share.js';
import { objectMeta, podSelector } from './object-meta.js';
import { addNewerPodFields, podTemplate } from './pod-template.js';

/**
 * `replicas` of a workload: absent where an HPA decides. It must be so from the first commit on: taken out later, Kubernetes resets it
 * to 1, and written, every sync takes back what the HPA did.
 */
export function replicas(app: ResolvedApp): number | undefined {
  return app.scale.autoscaled ? undefined : app.scale.min;
}

/** The Deployment of a service or worker that rolls. */
export function addDeployment(chart: Chart, app: ResolvedApp): void {
  const { release } = app;
  const manifest: unknown = k8s.KubeDeployment.manifest({
    metadata: objectMeta(app),
    spec: present<k8s.DeploymentSpec>({
      replicas: replicas(app),
      revisionHistoryLimit: release.historyLimit,
      progressDeadlineSeconds: release.progressDeadlineSeconds,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: intOrString(release.maxSurge), maxUnavailable: intOrString(release.maxUnavailable) },
      },
      selector: podSelector(app),
      template: podTemplate(app, 'Deployment'),
    }),
  });
  addNewerPodFields(addPatchable(chart, 'deployment', manifest), app, 'Deployment');
}
