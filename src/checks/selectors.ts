import type { OwnedObject } from '../model/kube-object.js';
import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, textMap } from './view/json.js';
import { isEmptySelector, labelSelectorMatches, serviceSelectorMatches } from './view/labels.js';
import type { PodTemplate } from './view/pods.js';
import { enumeration } from './view/words.js';

/** An object that selects pods of its namespace. */
interface Selector {
  readonly owned: OwnedObject;
  readonly selected: readonly PodTemplate[];
  readonly text: string;
  readonly pointer: string;
}

function* selectors(view: ClusterView): Generator<Selector> {
  const among = (owned: OwnedObject, matches: (template: PodTemplate) => boolean) =>
    view.templatesIn(owned.object.metadata.namespace).filter(matches);
  for (const owned of view.ofKind('Service')) {
    const selector = dig(owned.object, 'spec', 'selector');
    // Without a selector somebody else makes the endpoints.
    if (Object.keys(textMap(selector)).length === 0) continue;
    const selected = among(owned, ({ labels }) => serviceSelectorMatches(selector, labels));
    yield { owned, selected, text: labelText(textMap(selector)), pointer: '/spec/selector' };
  }
  for (const [kind, field] of [
    ['PodDisruptionBudget', 'selector'],
    ['NetworkPolicy', 'podSelector'],
  ] as const) {
    for (const owned of view.ofKind(kind)) {
      const selector = map(dig(owned.object, 'spec', field));
      // An empty one means every pod of the namespace, on purpose.
      if (isEmptySelector(selector)) continue;
      const selected = among(owned, ({ labels }) => labelSelectorMatches(selector, labels));
      yield { owned, selected, text: labelText(textMap(selector['matchLabels'])), pointer: `/spec/${field}` };
    }
  }
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** Bootstrap's budgets are for Argo CD's own release, which is not rendered here. */
function isForRelease({ owner }: OwnedObject): boolean {
  return owner.kind === 'bootstrap';
}

/** Whoever selects pods selects the right ones. */
export const selectorChecks: readonly Check[] = [
  {
    id: 'selector-matches',
    title: 'every selector matches a pod template',
    why: 'A Service without pods refuses every connection; a budget or policy without pods protects nothing.',
    severity: 'error',
    *run(view) {
      for (const { owned, selected, text, pointer } of selectors(view)) {
        if (selected.length > 0 || isForRelease(owned)) continue;
        yield {
          message: `${view.nameOf(owned)} selects ${text}, but no pod in namespace ${owned.object.metadata.namespace ?? ''} has these labels`,
          hint: 'keep the rendered labels and selectors, and add labels beside them',
          at: view.at(owned, 'name', pointer),
          ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'selector-overlap',
    title: 'a selector matches the pods of one owner',
    why: 'A Service that also selects pods of another app or job sends them its requests; a budget then counts the wrong pods.',
    severity: 'error',
    *run(view) {
      for (const { owned, selected, text, pointer } of selectors(view)) {
        const owners = new Set(selected.map((template) => ownerKey(template)));
        if (owners.size < 2) continue;
        yield {
          message: `${view.nameOf(owned)} selects ${text}, which matches pods of ${enumeration([...new Set(selected.map((template) => view.nameOf(template.owned)))])}`,
          hint: 'give the pods of each a label of their own (app.kubernetes.io/name) and select that',
          at: view.at(owned, 'name', pointer),
          ...(owned.owner.kind === 'app' ? { app: owned.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'workload-selector',
    title: 'a workload selects its own pods and no other’s',
    why: 'Controllers that select each other’s pods adopt and delete them; one that does not select its own is refused.',
    severity: 'error',
    *run(view) {
      for (const template of view.templates) {
        const { owned, purpose, namespace } = template;
        const selector = dig(owned.object, 'spec', 'selector');
        if (selector === undefined || (purpose !== 'workload' && purpose !== 'daemon')) continue;
        const app = owned.owner.kind === 'app' ? { app: owned.owner.app } : {};
        const at = view.at(owned, 'name', '/spec/selector', template.pointer.replace(/spec$/, 'metadata/labels'));
        if (!labelSelectorMatches(map(selector), template.labels)) {
          yield {
            message: `${view.nameOf(owned)} does not select the pods that it makes`,
            hint: 'keep the selector and the pod labels as they are rendered; the selector can never be changed',
            at,
            ...app,
          };
          continue;
        }
        const others = view
          .templatesIn(namespace)
          .filter((other) => other.owned !== owned && labelSelectorMatches(map(selector), other.labels));
        if (others.length === 0) continue;
        yield {
          message: `${view.nameOf(owned)} also selects the pods of ${enumeration(others.map((other) => view.nameOf(other.owned)))}`,
          hint: 'give each workload a label of its own and select that',
          at,
          ...app,
        };
      }
    },
  },
];

/** Pods of one app's workloads belong together; those of its jobs and analyses do not. */
function ownerKey({ owned, purpose }: PodTemplate): string {
  const served = purpose === 'workload' || purpose === 'daemon';
  return JSON.stringify([owned.owner, served ? '' : owned.object.kind]);
}
