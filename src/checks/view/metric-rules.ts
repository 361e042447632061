import { map, maps, text, type JsonMap } from './json.js';
import { isDuration, type RolloutProblem } from './rollout-rules.js';

/** A number that may be written as text; undefined where it is an argument, known only when the analysis runs. */
function whole(value: unknown): number | undefined {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** What the controller refuses in the metrics of an AnalysisTemplate (argo-rollouts v1.9.1, utils/analysis, ValidateMetrics). */
export function* refusedMetrics(metrics: readonly JsonMap[]): Generator<RolloutProblem> {
  if (metrics.length === 0)
    yield { problem: 'has no metrics', hint: 'add one, or take the analysis out', pointer: '/spec/metrics' };
  const names = new Set<string>();
  for (const [index, metric] of metrics.entries()) {
    const pointer = `/spec/metrics/${index}`;
    const name = text(metric['name']) ?? '';
    if (names.has(name)) yield { problem: `has two metrics named ${name}`, hint: 'rename one', pointer };
    names.add(name);
    for (const { problem, hint, field } of refusedMetric(metric))
      yield { problem: `${problem} (metric ${name})`, hint, pointer: `${pointer}/${field}` };
  }
}

function* refusedMetric(metric: JsonMap): Generator<{ problem: string; hint: string; field: string }> {
  const count = whole(metric['count']) ?? 0;
  const failures = whole(metric['failureLimit']);
  const successes = whole(metric['consecutiveSuccessLimit']);
  const inconclusive = whole(metric['inconclusiveLimit']) ?? 0;
  if (failures !== undefined && failures < -1)
    yield { problem: `has failureLimit ${failures}`, hint: 'use 0 or more', field: 'failureLimit' };
  if (failures === -1 && successes === 0)
    yield { problem: 'can neither fail nor succeed', hint: 'use failureLimit 0 or more', field: 'failureLimit' };
  if (failures !== undefined && successes !== undefined && count > 0 && count < Math.max(0, failures) + successes)
    yield {
      problem: `measures ${count} times, fewer than failureLimit ${failures}${successes > 0 ? ` and consecutiveSuccessLimit ${successes}` : ''}`,
      hint: `use failureLimit ${Math.max(0, count - successes)} or less, or measure more often`,
      field: 'failureLimit',
    };
  if (count > 0 && count < inconclusive)
    yield {
      problem: `measures ${count} times, fewer than inconclusiveLimit ${inconclusive}`,
      hint: `use ${count} or less`,
      field: 'inconclusiveLimit',
    };
  if (count > 1 && (metric['interval'] ?? '') === '')
    yield { problem: `measures ${count} times without an interval`, hint: 'add interval: 1m', field: 'count' };
  for (const field of ['interval', 'initialDelay']) {
    const value = metric[field];
    if (value === undefined || value === null || value === '' || isDuration(value) || isArgument(value)) continue;
    yield { problem: `has ${field} ${JSON.stringify(value)}`, hint: 'use a duration such as 1m', field };
  }
  const providers = Object.entries(map(metric['provider'])).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  if (providers.length !== 1)
    yield {
      problem:
        providers.length === 0 ? 'asks nobody' : `asks several at once: ${providers.map(([key]) => key).join(' and ')}`,
      hint: 'use one provider for each metric',
      field: 'provider',
    };
}

function isArgument(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{');
}

/** Metrics of a template, as maps. */
export function metricsOf(spec: unknown): readonly JsonMap[] {
  return maps(map(spec)['metrics']);
}
