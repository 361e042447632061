import type { NodeGroup, Taint } from './groups.js';
import { dig, map, maps, number, text, textMap, texts, type JsonMap } from './json.js';
import { expressionMatches, type Labels } from './labels.js';
import type { PodTemplate } from './pods.js';

/** Labels whose value depends on the node, not on its group: nothing is held against a pod that asks for them. */
const perNode =
  /^(topology\.kubernetes\.io|topology\.k8s\.aws|topology\.ebs\.csi\.aws\.com|failure-domain\.beta\.kubernetes\.io)\/|^kubernetes\.io\/hostname$/;

/** The labels that nodes of a group may have, one set for each of its instance types. */
function nodeLabels(group: NodeGroup): Labels[] {
  const common = {
    'kubernetes.io/os': 'linux',
    'alpha.eksctl.io/nodegroup-name': group.name,
    ...(group.managed
      ? {
          'eks.amazonaws.com/nodegroup': group.name,
          'eks.amazonaws.com/capacityType': group.spot ? 'SPOT' : 'ON_DEMAND',
        }
      : {}),
    ...group.labels,
  };
  if (group.knownTypes.length === 0) return [common];
  return group.knownTypes.map((type) => ({
    'kubernetes.io/arch': type.arch,
    'node.kubernetes.io/instance-type': type.name,
    ...common,
  }));
}

/** Whether the scheduler may put such a pod on nodes of a group: node selector, required affinity, hard taints. */
export function mayRunOn(template: PodTemplate, group: NodeGroup): boolean {
  let answers = answersByTemplate.get(template);
  if (answers === undefined) answersByTemplate.set(template, (answers = new Map<NodeGroup, boolean>()));
  let answer = answers.get(group);
  if (answer === undefined) answers.set(group, (answer = isAdmitted(template, group)));
  return answer;
}

/** Asked for by several checks, and more than once by each. */
const answersByTemplate = new WeakMap<PodTemplate, Map<NodeGroup, boolean>>();

function isAdmitted(template: PodTemplate, group: NodeGroup): boolean {
  if (group.taints.some((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(template, taint))) return false;
  const terms = requiredTerms(template);
  const selector = Object.entries(textMap(template.spec['nodeSelector']));
  return nodeLabels(group).some(
    (labels) =>
      selector.every(([key, value]) => perNode.test(key) || labels[key] === value) &&
      (terms === undefined ||
        terms.some((term) => {
          const expressions = maps(term['matchExpressions']);
          return expressions.every(
            (expression) => perNode.test(text(expression['key']) ?? '') || expressionMatches(expression, labels),
          );
        })),
  );
}

/** The terms of the required node affinity, of which one must hold; undefined where nothing is required. */
function requiredTerms(template: PodTemplate): readonly JsonMap[] | undefined {
  const required = dig(
    template.spec,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  return required === undefined ? undefined : maps(required);
}

/** Whether the pod tolerates a taint (core/v1 Toleration.ToleratesTaint). */
export function tolerates(template: PodTemplate, taint: Taint): boolean {
  return maps(template.spec['tolerations']).some((toleration) => {
    const key = text(toleration['key']) ?? '';
    const effect = text(toleration['effect']) ?? '';
    if (effect !== '' && effect !== taint.effect) return false;
    if (key !== '' && key !== taint.key) return false;
    if ((toleration['operator'] ?? 'Equal') === 'Exists') return true;
    return key !== '' && (text(toleration['value']) ?? '') === taint.value;
  });
}

/** A preferred node affinity for one value of a label. */
export interface NodePreference {
  readonly value: string;
  readonly weight: number;
}

/** The values of a label that a pod prefers its nodes to have. */
export function nodePreferences(template: PodTemplate, label: string): NodePreference[] {
  const preferred = dig(template.spec, 'affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution');
  return maps(preferred).flatMap((term) =>
    maps(map(term['preference'])['matchExpressions'])
      .filter((expression) => expression['key'] === label && expression['operator'] === 'In')
      .flatMap((expression) =>
        texts(expression['values']).map((value) => ({ value, weight: number(term['weight']) ?? 0 })),
      ),
  );
}
