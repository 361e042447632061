import type { Request } from './audit.js';
import { covers, inWords } from './grants.js';
import type { Binding, Grant } from './grants.js';

/** Why rights are rendered that a run does not show in use, or not every run. */
export interface Reason {
  /** `ClusterRole/name` or `Role/namespace/name`. */
  readonly role: string;
  /** In kubectl's words, such as `create pods/eviction`; or all that the role gives. */
  readonly rights: readonly string[] | 'all';
  /**
   * `unseen`: the run must not show it, or the reason is stale. `sometimes`: chance decides. `where it runs`: every run shows it
   * in which the controller itself runs, and not every machine has its binary.
   */
  readonly when: 'unseen' | 'sometimes' | 'where it runs';
  readonly why: string;
  /** The upstream file that needs it, with its version; or where it was seen, with the date. */
  readonly source: string;
}

/** A refusal that is no fault of ours. */
export interface KnownRefusal {
  /** `namespace/name`. */
  readonly serviceAccount: string;
  readonly request: string;
  readonly why: string;
  readonly source: string;
}

/** What a run and the rendered rights say of each other; nothing in it is good. */
export interface Verdict {
  /** Rights that the run did not use and no reason answers for. */
  readonly needless: string[];
  /** Reasons for rights that were used after all, or that are not rendered (any more). */
  readonly stale: string[];
  /** Requests that were refused, and no list of known refusals has them. */
  readonly refused: string[];
  /** Bindings to roles of Kubernetes' own through which nothing came. */
  readonly idleBindings: string[];
}

/** Judges what is rendered by what was asked for. */
export function judge(input: {
  readonly grants: readonly Grant[];
  readonly bindings: readonly Binding[];
  readonly requests: readonly Request[];
  readonly reasons: readonly Reason[];
  readonly knownRefusals: readonly KnownRefusal[];
}): Verdict {
  const { grants, bindings, requests, reasons, knownRefusals } = input;
  const isUsed = (grant: Grant): boolean => requests.some((request) => request.allowed && covers(grant, request));
  const runs = (grant: Grant): boolean =>
    requests.some(({ serviceAccount }) => grant.serviceAccounts.includes(serviceAccount));
  const reasonFor = (grant: Grant): Reason | undefined => reasons.find((reason) => answersFor(reason, grant));
  return {
    needless: texts(
      grants.filter((grant) => {
        const when = reasonFor(grant)?.when;
        return !isUsed(grant) && (when === undefined || (when === 'where it runs' && runs(grant)));
      }),
    ),
    stale: [
      ...texts(grants.filter((grant) => reasonFor(grant)?.when === 'unseen' && isUsed(grant))),
      ...reasons.flatMap((reason) => notRendered(reason, grants)),
    ],
    refused: refusals(requests, bindings)
      .filter(([account, text]) => !knownRefusals.some((it) => it.serviceAccount === account && it.request === text))
      .map(([account, text]) => `${account}: ${text}`),
    idleBindings: bindings
      .filter(({ role }) => !grants.some((grant) => grant.role === role))
      .filter(({ binding }) => !requests.some((request) => request.allowed && request.binding === binding))
      .map(({ binding, role }) => `${binding} (to ${role})`),
  };
}

/** Whether the reason is about this grant. */
export function answersFor({ role, rights }: Reason, grant: Grant): boolean {
  return role === grant.role && (rights === 'all' || rights.includes(inWords(grant)));
}

function notRendered({ role, rights }: Reason, grants: readonly Grant[]): string[] {
  const rendered = grants.filter((grant) => grant.role === role).map(inWords);
  if (rights === 'all') return rendered.length === 0 ? [`${role} is not rendered`] : [];
  return rights.filter((right) => !rendered.includes(right)).map((right) => `${role}: ${right} is not rendered`);
}

/** [service account, request] of every request that RBAC refused one of those that are bound here. */
function refusals(requests: readonly Request[], bindings: readonly Binding[]): [string, string][] {
  const ours = new Set(bindings.flatMap(({ serviceAccounts }) => serviceAccounts));
  const found = requests
    .filter(({ allowed, serviceAccount }) => !allowed && ours.has(serviceAccount))
    .map((request): [string, string] => [request.serviceAccount, inWords(request)]);
  return [...new Map(found.map((one) => [one.join(), one])).values()];
}

function texts(grants: readonly Grant[]): string[] {
  return grants.map((grant) => `${grant.role}: ${inWords(grant)}`);
}
