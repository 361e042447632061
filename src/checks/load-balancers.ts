import type { OwnedObject } from '../model/kube-object.js';
import type { Check } from './check.js';
import { enumeration } from './view/words.js';

const prefix = 'alb.ingress.kubernetes.io/';

function annotation({ object }: OwnedObject, name: string): string | undefined {
  return object.metadata.annotations?.[`${prefix}${name}`];
}

/** The controller's default is internal (aws-load-balancer-controller v3.5.0, guide/ingress/annotations). */
function schemeOf(ingress: OwnedObject): string {
  return annotation(ingress, 'scheme') ?? 'internal';
}

/** Load balancers that several Ingresses share. */
export const loadBalancerChecks: readonly Check[] = [
  {
    id: 'ingress-group-scheme',
    title: 'Ingresses of a group are all on the internet, or all inside',
    why: 'A group is one load balancer: where its members disagree the controller makes and changes nothing, for all of them.',
    severity: 'error',
    *run(view) {
      const groups = new Map<string, OwnedObject[]>();
      for (const ingress of view.ofKind('Ingress')) {
        const group = annotation(ingress, 'group.name');
        if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), ingress]);
      }
      for (const [group, members] of groups) {
        for (const ingress of members) {
          const others = members.filter((other) => schemeOf(other) !== schemeOf(ingress));
          if (others.length === 0) continue;
          const app = view.appOf(ingress);
          const names = others.map((other) => view.appOf(other)?.name ?? other.object.metadata.name);
          yield {
            message: `${app?.name ?? ingress.object.metadata.name} is ${schemeOf(ingress)} in ingress group ${group}, ${enumeration(names.sort())} ${schemeOf(others[0] ?? ingress)}`,
            hint: 'give them the same ingress.scheme, or different groups',
            at: view.at(ingress, 'ingress.scheme', '/metadata/annotations'),
            ...(app && { app: app.name }),
          };
        }
      }
    },
  },
];
