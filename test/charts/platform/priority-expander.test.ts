import { describe, expect, test } from '@jest/globals';
import { prioritiesText } from '../../../charts/platform/priority-expander.js';
import type { ResolvedNodeGroup } from '../../../src/model/resolved.js';
import { objectNamed, resolvedCluster } from '../../support/repository.js';
import { asMap } from '../../support/workloads.js';
import { componentObjects } from './parts.js';
import { load } from 'js-yaml';

const cluster = `name: prod
region: us-east-1
kubernetesVersion: "1.35"
nodeGroups:
  - {name: burst-2, capacity: spot, instanceTypes: [m6i.large], min: 0, max: 20}
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}
  - {name: burst, capacity: spot, instanceTypes: [m6i.large], min: 0, max: 20}
  - {name: held, capacity: spot, managed: true, instanceTypes: [m6i.large], min: 0, max: 20}
gitops: {repository: https://github.com/acme/platform.git, branch: main}
`;

const text = () => {
  const objects = componentObjects('cluster-autoscaler', { cluster });
  const { data } = objectNamed(objects, 'ConfigMap', 'cluster-autoscaler-priority-expander') as unknown as {
    data: Record<string, string>;
  };
  expect(Object.keys(data)).toEqual(['priorities']);
  return data['priorities'] ?? '';
};

/** Priorities of the patterns that match a name, as Cluster Autoscaler searches them: anywhere in it. */
function prioritiesOf(name: string): number[] {
  // Go's (?i:…) is not in Node 20's regular expressions.
  const inNode = (pattern: string) => pattern.replace('(?i:nodegroup)', '[Nn]ode[Gg]roup');
  return Object.entries(asMap(load(text()))).flatMap(([priority, patterns]) =>
    (patterns as readonly string[])
      .filter((pattern) => new RegExp(inNode(pattern)).test(name))
      .map(() => Number(priority)),
  );
}

describe('the priorities', () => {
  test('are YAML from integers to lists of patterns, highest first, in one order', () => {
    expect(text()).toBe(
      [
        '50:',
        '  - "^eks-base-[0-9a-f]{8}-"',
        '10:',
        '  - "^eks-held-[0-9a-f]{8}-"',
        '  - "^eksctl-prod-nodegroup-burst-(?i:nodegroup)-"',
        '  - "^eksctl-prod-nodegroup-burst-2-(?i:nodegroup)-"',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['eks-base-1ac4b6e2-9f6c-2d3e-8a01-5b7c9d1e3f20', [50]],
    ['eks-held-1ac4b6e2-9f6c-2d3e-8a01-5b7c9d1e3f20', [10]],
    ['eksctl-prod-nodegroup-burst-NodeGroup-1FJ4QK2WZ0X9', [10]],
    ['eksctl-prod-nodegroup-burst-nodegroup-a1b2', [10]],
    ['eksctl-prod-nodegroup-burst-2-NodeGroup-8YHT5R3E1W0Q', [10]],
    ['eksctl-prod-nodegroup-burst-20-NodeGroup-8YHT5R3E1W0Q', []],
    ['eksctl-prod-2-nodegroup-burst-NodeGroup-8YHT5R3E1W0Q', []],
    ['eks-base-2-1ac4b6e2-9f6c-2d3e-8a01-5b7c9d1e3f20', []],
    ['my-eks-base-1ac4b6e2-9f6c', []],
  ])('of %s are %j: a group has one, another group’s name none', (name, priorities) => {
    expect(prioritiesOf(name)).toEqual(priorities);
  });

  test('do not depend on the order of the node groups', () => {
    const { nodeGroups } = resolvedCluster({ cluster });
    expect(prioritiesText([...nodeGroups].reverse())).toBe(prioritiesText(nodeGroups));
  });

  test('survive a pattern that YAML would read as something else', () => {
    const pattern = String.raw`^a"b\d: #\{x\}$`;
    const group = { asgNamePattern: pattern, expanderPriority: 7 } as ResolvedNodeGroup;
    expect(load(prioritiesText([group]))).toEqual({ 7: [pattern] });
  });
});
