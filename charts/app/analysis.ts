import { JsonPatch, type Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { AnalysisTemplateSpec, AnalysisTemplateSpecMetrics } from '../../imports/argoproj.io.js';
import {
  AnalysisTemplate,
  AnalysisTemplateSpecMetricsCount,
  AnalysisTemplateSpecMetricsFailureLimit,
  AnalysisTemplateSpecMetricsProviderCloudWatchMetricDataQueriesMetricStatPeriod,
} from '../../imports/argoproj.io.js';
import { canaryServiceHost, namesCanaryPlaceholder } from '../../src/model/analysis-target.js';
import type { ResolvedAnalysis, ResolvedApp } from '../../src/model/resolved.js';
import { addPatchable } from '../newer-fields.js';
import { present, unlessEmpty } from '../present.js';
import { analysisJob } from './analysis-job.js';
import { objectMeta } from './object-meta.js';

type WebAnalysis = Extract<ResolvedAnalysis, { kind: 'web' }>;
type CloudWatchAnalysis = Extract<ResolvedAnalysis, { kind: 'cloudWatch' }>;

/** Name of the app's AnalysisTemplate and of the NetworkPolicy of its Job. */
export function analysisName(app: ResolvedApp): string {
  return `${app.name}-analysis`;
}

/** The AnalysisTemplate that a canary's analysis step runs once. */
export function addAnalysisTemplate(chart: Chart, app: ResolvedApp, analysis: ResolvedAnalysis): void {
  const manifest: unknown = AnalysisTemplate.manifest({
    metadata: objectMeta(app, analysisName(app)),
    spec: present<AnalysisTemplateSpec>({
      args:
        analysis.kind === 'web' && namesCanaryPlaceholder(analysis.url)
          ? [{ name: 'service', value: canaryServiceHost(app) }]
          : undefined,
      metrics: [metric(analysis)],
    }),
  });
  const template = addPatchable(chart, 'analysis-template', manifest);
  if (analysis.kind === 'job') {
    // The CRD leaves resources untyped, and cdk8s would write its own quantities into the manifest as they are.
    const job = k8s.toJson_JobTemplateSpec(analysisJob(app, analysis, canaryServiceHost(app)));
    template.addJsonPatch(JsonPatch.add('/spec/metrics/0/provider', { job }));
  }
}

function metric(analysis: ResolvedAnalysis): AnalysisTemplateSpecMetrics {
  switch (analysis.kind) {
    case 'job':
      return {
        name: 'requests',
        // One Job, whose failure is the verdict: it counts the errors itself.
        count: AnalysisTemplateSpecMetricsCount.fromNumber(1),
        failureLimit: AnalysisTemplateSpecMetricsFailureLimit.fromNumber(0),
        provider: {},
      };
    case 'web':
      return {
        name: 'web',
        ...measurements(analysis),
        provider: { web: { url: analysis.url, jsonPath: analysis.jsonPath } },
      };
    case 'cloudWatch':
      return { name: 'cloudwatch', ...measurements(analysis), provider: { cloudWatch: cloudWatchQuery(analysis) } };
  }
}

/** Without a count the controller would measure for ever, which it refuses in a step. */
function measurements(analysis: WebAnalysis | CloudWatchAnalysis) {
  return {
    interval: `${analysis.intervalSeconds}s`,
    count: AnalysisTemplateSpecMetricsCount.fromNumber(analysis.count),
    failureLimit: AnalysisTemplateSpecMetricsFailureLimit.fromNumber(analysis.failureLimit),
    successCondition: analysis.successCondition,
  };
}

/** What the controller looks back over by default (argo-rollouts v1.9.1, metricproviders/cloudwatch/cloudwatch.go). */
const defaultWindowSeconds = 300;

function cloudWatchQuery(analysis: CloudWatchAnalysis) {
  const { namespace, metric: metricName, dimensions, statistic, periodSeconds } = analysis;
  // Two periods, so that one whole period is always among them.
  const windowSeconds = Math.max(defaultWindowSeconds, 2 * periodSeconds);
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    interval: `${windowSeconds}s`,
    metricDataQueries: [
      {
        id: 'result',
        metricStat: {
          metric: present({
            namespace,
            metricName,
            dimensions: unlessEmpty(sorted.map(([name, value]) => ({ name, value }))),
          }),
          period:
            AnalysisTemplateSpecMetricsProviderCloudWatchMetricDataQueriesMetricStatPeriod.fromNumber(periodSeconds),
          stat: statistic,
        },
        returnData: true,
      },
    ],
  };
}
