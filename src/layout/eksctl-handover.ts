import { load } from 'js-yaml';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { clusterConfigDifference } from './cluster-config-diff.js';
import type { ClusterConfig } from './cluster-config-diff.js';
import { eksctlSteps } from './eksctl-steps.js';
import type { EksctlStep, EksctlSteps } from './eksctl-steps.js';
import type { FileChange } from './file-spec.js';

/**
 * A warning for each ClusterConfig that differs from the one rendered before: Argo CD delivers dist/ and knows nothing of eksctl/, so
 * that an app with new AWS permissions would start without them.
 */
export function eksctlHandovers(clusters: readonly ResolvedCluster[], changes: readonly FileChange[]): Diagnostic[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'update' || change.owner !== 'eksctl') return [];
    const [before, after] = [parse(change.before), parse(change.after)];
    const cluster = clusters.find(({ name }) => name === change.cluster);
    if (!before || !after || !cluster) return [];
    const difference = clusterConfigDifference(before, after);
    const todo = eksctlSteps(difference, before, after, change.path);
    if (todo.steps.length === 0 && todo.rest.length === 0) return [];
    const sections = [...new Set([...difference.entries.map(({ list }) => list), ...difference.fields])];
    return [
      {
        code: 'eksctl-handover',
        severity: 'warning',
        message: `${change.path} changes (${sections.join(', ')}), and Argo CD does not apply it: if cluster ${cluster.name} runs already, you do`,
        hint: instructions(todo),
        at: cluster.provenance.at('name'),
      },
    ];
  });
}

function instructions({ steps, rest }: EksctlSteps): string {
  const phases = (['before the merge', 'after the merge'] as const).flatMap((when) => {
    const ofPhase = steps.filter((step) => step.when === when);
    return ofPhase.length === 0 ? [] : [`${when}:`, ...ofPhase.map(line)];
  });
  return [...phases, ...(rest.length === 0 ? [] : ['by no command:', ...rest.map((text) => `  ${text}`)])].join('\n');
}

function line({ command, why }: EksctlStep): string {
  return `  ${command}  # ${why}`;
}

function parse(text: string): ClusterConfig | undefined {
  try {
    const value = load(text);
    return typeof value === 'object' && value !== null ? (value as ClusterConfig) : undefined;
  } catch {
    return undefined;
  }
}
