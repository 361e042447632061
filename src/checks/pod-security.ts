import type { Check } from './check.js';
import { labelsOf } from './view/cluster-view.js';
import type { PodSecurityLevel } from './view/pod-security.js';
import { podSecurityViolations } from './view/pod-security.js';
import { enumeration } from './view/words.js';

const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** Which field of an app's spec brings what Pod Security refuses. */
const specFields: readonly (readonly [RegExp, string])[] = [
  [/capabilit/, 'security.capabilities'],
  [/root/, 'security.runAsUser'],
  [/seccomp/, 'security.seccompProfile'],
  [/gain rights/, 'security.allowPrivilegeEscalation'],
  [/volume|hostPath/, 'volumes'],
];

function level(value: string | undefined): PodSecurityLevel {
  return value === 'restricted' || value === 'baseline' ? value : 'privileged';
}

/** What Pod Security admission would do to the pods. */
export const podSecurityChecks: readonly Check[] = [
  {
    id: 'pod-security',
    title: 'pods keep to the Pod Security level of their namespace',
    why: 'Admission refuses the pods of a workload that itself was accepted: it shows no pods, and says why only in events.',
    severity: 'error',
    *run(view) {
      const levels = new Map(
        view.ofKind('Namespace').map(({ object }) => [object.metadata.name, level(labelsOf(object)[enforceLabel])]),
      );
      for (const { app, template } of view.appTemplates()) {
        const enforced = levels.get(template.namespace) ?? 'privileged';
        const violations = podSecurityViolations(template, enforced);
        const [first] = violations;
        if (first === undefined) continue;
        const enough = podSecurityViolations(template, 'baseline').length === 0 ? 'baseline' : 'privileged';
        const parts = violations.map(({ what, container }) =>
          container === undefined ? what : `container ${container} ${what}`,
        );
        const container = template.containers.find(({ name }) => name === first.container);
        const field = specFields.find(([form]) => form.test(first.what))?.[1] ?? 'security';
        yield {
          message: `namespace ${template.namespace} is ${enforced}, so pods of ${view.nameOf(template.owned)} are refused: ${enumeration([...new Set(parts)], 4)}`,
          hint: `change that, or set namespaces: {${template.namespace}: {podSecurity: ${enough}}} in the cluster spec`,
          at:
            container === undefined
              ? view.at(template.owned, field, first.pointer)
              : view.atContainer(template, container, field, first.pointer.slice(container.pointer.length + 1)),
          app: app.name,
        };
      }
    },
  },
];
