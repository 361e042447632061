import { z } from 'zod';
import { field } from './field.js';
import { cpuQuantity, duration, memoryQuantity, positiveShare, qualifiedName } from './scalars.js';

const selector = field(z.record(qualifiedName, z.string()), { description: 'Labels that pick the series.' }).optional();
const quantity = z.union([
  z.number().positive(),
  z.string().regex(/^\d+(\.\d+)?(m|k|M|G|Ki|Mi|Gi)?$/, 'a quantity such as 100 or 500m'),
]);

/** One metric of a HorizontalPodAutoscaler (autoscaling/v2). */
export const metric = z.union([
  z.strictObject({
    cpu: field(z.union([positiveShare, cpuQuantity]), {
      description: 'Average CPU: a share of the request, or an amount per pod.',
    }),
  }),
  z.strictObject({
    memory: field(z.union([positiveShare, memoryQuantity]), {
      description: 'Average memory: a share of the request, or an amount per pod.',
    }),
  }),
  z.strictObject({
    pods: field(
      z.strictObject({
        metric: field(z.string().min(1), { description: 'Name of the custom metric.' }),
        average: field(quantity, { description: 'Target average per pod.' }),
        selector,
      }),
      {
        description:
          'A custom metric of the pods (custom.metrics.k8s.io); needs `metricsAdapters` in the cluster spec.',
      },
    ),
  }),
  z.strictObject({
    external: field(
      z.strictObject({
        metric: field(z.string().min(1), { description: 'Name of the external metric.' }),
        average: field(quantity, { description: 'Target average per pod; either this or `value`.' }).optional(),
        value: field(quantity, { description: 'Target for the whole; either this or `average`.' }).optional(),
        selector,
      }),
      { description: 'A metric from outside (external.metrics.k8s.io); needs `metricsAdapters` in the cluster spec.' },
    ),
  }),
]);

const scalingPolicy = z.strictObject({
  pods: field(z.int().min(1), {
    description: 'At most this many pods in one period; either this or `percent`.',
  }).optional(),
  percent: field(z.int().min(1), {
    description: 'At most this share of the current pods in one period; either this or `pods`.',
  }).optional(),
  period: field(duration, { description: 'The period, 30m at most (Kubernetes’ limit).' }),
});

const direction = (window: string, why: string) =>
  z.strictObject({
    stabilizationWindow: field(duration, {
      description: 'The HPA takes the safest of the recommendations of this time, 1h at most.',
      default: window,
      why,
    }).optional(),
    policies: field(z.array(scalingPolicy), { description: 'Limits on the speed.' }).optional(),
    select: field(z.enum(['Max', 'Min', 'Disabled']), {
      description: 'Which policy wins; Disabled never scales in this direction.',
      default: 'Max',
      why: 'Kubernetes’ own: the rule that allows most wins',
    }).optional(),
    tolerance: field(z.number().min(0).max(1), {
      description: 'Deviation from the target that is ignored (Kubernetes 1.35 and later).',
      defaultText: '0.1, the controller’s own',
      why: 'Kubernetes’ own: small swings move nothing',
    }).optional(),
  });

export const scale = z.strictObject({
  min: field(z.int().min(0), {
    description: 'Pods at least. 0 is for an app that is switched off.',
    defaultText: '2 in a production cluster, 1 elsewhere',
    why: 'one pod is an outage at every node that goes; outside production a gap is cheaper than a pod',
  }).optional(),
  max: field(z.int().min(1), {
    description: 'Pods at most; above `min`, a HorizontalPodAutoscaler is rendered.',
    defaultText: 'min: no autoscaling',
    why: 'autoscaling is asked for, not assumed',
  }).optional(),
  cpu: field(positiveShare, {
    description: 'Target average CPU utilisation, of the request.',
    defaultText: '70% where max is above min and no other metric is named',
    why: 'leaves room for the half minute that new pods take',
  }).optional(),
  memory: field(positiveShare, { description: 'Target average memory utilisation, of the request.' }).optional(),
  metrics: field(z.array(metric), { description: 'More metrics; the one that asks for most pods wins.' }).optional(),
  up: field(direction('0s', 'load that is there now needs pods now'), {
    description: 'How fast pods are added.',
  }).optional(),
  down: field(direction('5m', 'load often comes back within minutes, and starting again costs more than waiting'), {
    description: 'How fast pods are taken away.',
  }).optional(),
});
