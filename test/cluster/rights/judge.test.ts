import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { readRequests } from './audit.js';
import type { Request } from './audit.js';
import { bindingsOf, covers, grantsOf, inWords } from './grants.js';
import type { RenderedAccess } from './grants.js';
import { judge } from './judge.js';
import type { Reason, Verdict } from './judge.js';

const subject = { kind: 'ServiceAccount', name: 'robot', namespace: 'ops' };
const rendered: RenderedAccess[] = [
  {
    kind: 'ClusterRole',
    metadata: { name: 'robot' },
    rules: [
      { apiGroups: [''], resources: ['pods', 'pods/eviction'], verbs: ['get', 'create'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] },
    ],
  },
  {
    kind: 'Role',
    metadata: { name: 'robot', namespace: 'ops' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['own', 'other'], verbs: ['get'] }],
  },
  binding('ClusterRoleBinding', undefined, { kind: 'ClusterRole', name: 'robot' }),
  binding('RoleBinding', 'ops', { kind: 'Role', name: 'robot' }),
];

function binding(kind: string, namespace: string | undefined, roleRef: { kind: string; name: string }): RenderedAccess {
  return {
    kind,
    metadata: { name: roleRef.name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef,
    subjects: [subject],
  };
}

const request = (changes: Partial<Request>): Request => ({
  serviceAccount: 'ops/robot',
  verb: 'get',
  group: '',
  resource: 'pods',
  namespace: 'shop',
  name: 'web-1',
  allowed: true,
  binding: 'ClusterRoleBinding/robot',
  ...changes,
});

const everything = [
  request({}),
  request({ resource: 'pods/eviction' }),
  request({ verb: 'create' }),
  request({ verb: 'create', resource: 'pods/eviction' }),
  request({ verb: 'list', group: 'apps', resource: 'deployments', name: '' }),
  request({ resource: 'configmaps', namespace: 'ops', name: 'own' }),
  request({ resource: 'configmaps', namespace: 'ops', name: 'other' }),
];

const good: Verdict = { needless: [], stale: [], refused: [], idleBindings: [] };

function judged(requests: readonly Request[], reasons: readonly Reason[] = [], objects = rendered): Verdict {
  const input = { grants: grantsOf(objects), bindings: bindingsOf(objects), knownRefusals: [] };
  return judge({ ...input, requests, reasons });
}

const reason = (changes: Partial<Reason>): Reason => ({
  role: 'ClusterRole/robot',
  rights: ['list deployments.apps'],
  when: 'unseen',
  why: 'because',
  source: 'robot v1',
  ...changes,
});

describe('what is rendered', () => {
  test('is taken apart into single verbs on single resources and objects, each once however many clusters have it', () => {
    expect(grantsOf([...rendered, ...rendered]).map(inWords)).toEqual([
      'get pods',
      'create pods',
      'get pods/eviction',
      'create pods/eviction',
      'list deployments.apps',
      'get configmaps own',
      'get configmaps other',
    ]);
  });

  test('covers requests of the bound account alone, and of its Role’s namespace and names', () => {
    const own = grantsOf(rendered).find((grant) => grant.name === 'own');
    const covered = (changes: Partial<Request>) =>
      own !== undefined && covers(own, request({ resource: 'configmaps', namespace: 'ops', name: 'own', ...changes }));
    expect(covered({})).toBe(true);
    expect(covered({ namespace: 'shop' })).toBe(false);
    expect(covered({ name: 'foreign' })).toBe(false);
    expect(covered({ serviceAccount: 'ops/somebody' })).toBe(false);
  });

  test('with a wildcard cannot be judged', () => {
    const all = { kind: 'ClusterRole', metadata: { name: 'all' }, rules: [{ apiGroups: ['*'], verbs: ['get'] }] };
    expect(() => grantsOf([all])).toThrow('wildcard');
  });
});

describe('a run', () => {
  test('that used everything is good', () => {
    expect(judged(everything)).toEqual(good);
  });

  test('that left a right out says which, unless a reason answers', () => {
    const some = everything.filter(({ verb }) => verb !== 'list');
    expect(judged(some)).toEqual({ ...good, needless: ['ClusterRole/robot: list deployments.apps'] });
    expect(judged(some, [reason({})])).toEqual(good);
    expect(judged(some, [reason({ when: 'sometimes' })])).toEqual(good);
  });

  test('in which a right was asked for and refused has not used it', () => {
    const some = everything.map((one) => (one.verb === 'list' ? { ...one, allowed: false, binding: '' } : one));
    expect(judged(some)).toMatchObject({ needless: ['ClusterRole/robot: list deployments.apps'] });
  });

  test('makes a reason stale that it disproves, or that is about nothing rendered', () => {
    expect(judged(everything, [reason({})]).stale).toEqual(['ClusterRole/robot: list deployments.apps']);
    expect(judged(everything, [reason({ when: 'sometimes' })]).stale).toEqual([]);
    expect(judged(everything, [reason({ rights: ['delete pods'] })]).stale).toEqual([
      'ClusterRole/robot: delete pods is not rendered',
    ]);
    expect(judged(everything, [reason({ role: 'ClusterRole/gone', rights: 'all' })]).stale).toEqual([
      'ClusterRole/gone is not rendered',
    ]);
  });

  test('without a controller needs none of its rights, and with it all', () => {
    const whole = [
      reason({ rights: 'all', when: 'where it runs' }),
      reason({ role: 'Role/ops/robot', rights: 'all', when: 'where it runs' }),
    ];
    expect(judged([], whole)).toEqual(good);
    expect(judged(everything.slice(0, 4), whole).needless).toEqual([
      'ClusterRole/robot: list deployments.apps',
      'Role/ops/robot: get configmaps own',
      'Role/ops/robot: get configmaps other',
    ]);
  });

  test('in which RBAC refused something says what, for rendered accounts and unknown refusals', () => {
    const no = request({ verb: 'delete', name: '', allowed: false, binding: '' });
    const requests = [...everything, no, { ...no, serviceAccount: 'ops/somebody' }];
    expect(judged(requests).refused).toEqual(['ops/robot: delete pods']);
    const known = { serviceAccount: 'ops/robot', request: 'delete pods', why: 'because', source: 'robot v1' };
    const input = { grants: grantsOf(rendered), bindings: bindingsOf(rendered), requests, reasons: [] };
    expect(judge({ ...input, knownRefusals: [known] })).toEqual(good);
  });

  test('in which nothing came through a binding to a role of Kubernetes’ own says so', () => {
    const foreign = binding('ClusterRoleBinding', undefined, { kind: 'ClusterRole', name: 'system:auth-delegator' });
    const objects = [...rendered, foreign];
    const id = 'ClusterRoleBinding/system:auth-delegator';
    expect(judged(everything, [], objects).idleBindings).toEqual([`${id} (to ClusterRole/system:auth-delegator)`]);
    const through = request({ verb: 'create', group: 'authorization.k8s.io', resource: 'x', binding: id });
    expect(judged([...everything, through], [], objects)).toEqual(good);
  });
});

describe('an audit log', () => {
  const event = (changes: object = {}, decision = 'allow') => ({
    verb: 'create',
    user: { username: 'system:serviceaccount:ops:robot' },
    objectRef: { resource: 'pods', namespace: 'shop', name: 'web-1', subresource: 'eviction' },
    annotations: {
      'authorization.k8s.io/decision': decision,
      'authorization.k8s.io/reason':
        decision === 'allow'
          ? 'RBAC: allowed by RoleBinding "robot/ops" of Role "robot" to ServiceAccount "robot/ops"'
          : '',
    },
    ...changes,
  });

  function requestsIn(text: string): Request[] {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    try {
      writeFileSync(join(folder, 'audit.jsonl'), text);
      return readRequests([join(folder, 'audit.jsonl'), join(folder, 'none.jsonl')]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const lines = (...events: object[]) => events.map((one) => `${JSON.stringify(one)}\n`).join('');

  test('gives each kind of request of a service account once, with the binding that allowed it', () => {
    expect(requestsIn(lines(event(), event()))).toEqual([
      request({ verb: 'create', resource: 'pods/eviction', binding: 'RoleBinding/ops/robot' }),
    ]);
    expect(requestsIn(lines(event({}, 'forbid'))).map(({ allowed, binding: by }) => [allowed, by])).toEqual([
      [false, ''],
    ]);
  });

  test('says nothing of people, of discovery, and of a line that was cut off', () => {
    const person = event({ user: { username: 'admin' } });
    const discovery = event({ objectRef: undefined });
    expect(requestsIn(lines(person, discovery) + JSON.stringify(event()).slice(0, 40))).toEqual([]);
  });

  test('with a line that is no JSON is an error: a blind reading would prove nothing', () => {
    expect(() => requestsIn('{"kind":\n')).toThrow('no JSON');
  });
});
