import { wantsCanaryService } from '../../src/model/analysis-calls.js';
import type { KubeObject } from '../../src/model/kube-object.js';
import type { ResolvedApp, ResolvedCluster } from '../../src/model/resolved.js';
import { chartObjects } from '../chart.js';
import { addAnalysisTemplate } from './analysis.js';
import { addClaims } from './claims.js';
import { addCronJob } from './cron-job.js';
import { addDisruptionBudget } from './disruption.js';
import { addFiles } from './files.js';
import { addIngress } from './ingress.js';
import { addAnalysisNetworkPolicy, addNetworkPolicy } from './network-policy.js';
import { addRollout } from './rollout.js';
import { addAutoscaler } from './scaling.js';
import { addServiceAccount } from './service-account.js';
import { addCanaryService, addService } from './service.js';
import { addDeployment } from './workload.js';

/** Every object of one app on one cluster, before the patches of its spec (src/model/patches.ts) and without its raw manifests. */
export function appObjects(cluster: ResolvedCluster, app: ResolvedApp): KubeObject[] {
  const { canary } = app.release;
  const analysis = canary?.analysis;
  return chartObjects(`${cluster.name}-${app.name}`, (chart) => {
    addServiceAccount(chart, app);
    addNetworkPolicy(chart, app);
    if (app.files) addFiles(chart, app, app.files);
    addClaims(chart, app);
    if (app.schedule) addCronJob(chart, app, app.schedule);
    else if (canary) addRollout(chart, app, canary);
    else addDeployment(chart, app);
    if (app.ports.length > 0) addService(chart, app);
    if (wantsCanaryService(app)) addCanaryService(chart, app);
    if (analysis) addAnalysisTemplate(chart, app, analysis);
    if (analysis?.kind === 'job') addAnalysisNetworkPolicy(chart, app, analysis);
    if (app.scale.autoscaled) addAutoscaler(chart, app);
    if (app.disruption) addDisruptionBudget(chart, app, app.disruption.maxUnavailable);
    if (app.ingress) addIngress(chart, app, app.ingress);
  });
}
