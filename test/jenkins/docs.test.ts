import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { jenkinsfile, libraryCall } from '../../src/jenkins/jenkinsfile.js';
import { planPipeline } from '../../src/jenkins/plan.js';
import { prod, resolvedApp, podinfo } from '../support/repository.js';
import { repositoryRoot } from '../support/rendering.js';
import { defaults } from './options.js';

const guide = readFileSync(join(repositoryRoot, 'docs', 'jenkins.md'), 'utf8');
/** The first block of code in a language. */
const code = (language: string) => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(guide)?.[1] ?? '';

const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/podinfo';
const { app, cluster } = resolvedApp(podinfo, prod);
const { inputs } = planPipeline(app, cluster, { ...defaults, imageRepository: image, wait: true });
if (inputs === undefined) throw new Error('the guide’s own example has no pipeline');

describe('docs/jenkins.md', () => {
  test('has the lines that call the library', () => {
    expect(code('groovy')).toBe(libraryCall(inputs, 'acme'));
  });

  test('names every stage', () => {
    const stages = [...jenkinsfile(inputs).matchAll(/stage\('(\w+)'\)/g)].map(([, name]) => name);
    const told = [...guide.matchAll(/^\| (\w+) +\| (?!what runs)/gm)].map(([, name]) => name);
    expect(told.slice(0, stages.length)).toEqual(stages);
  });

  test('allows in AWS what the pipeline calls, on one repository', () => {
    const { Statement: statements } = JSON.parse(code('json')) as {
      Statement: { Action: string | string[]; Resource: string }[];
    };
    const allowed = statements.flatMap(({ Action: action }) => action);
    const called = [...jenkinsfile(inputs).matchAll(/\baws ecr ([\w-]+)/g)].map(([, name = '']) => name);
    const actions = called.map((name) =>
      // Not a call of the API by that name: the command line asks for a token.
      name === 'get-login-password'
        ? 'ecr:GetAuthorizationToken'
        : `ecr:${name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    );
    expect(new Set(actions).size).toBe(2);
    for (const action of actions) expect(allowed).toContain(action);
    expect(allowed.filter((action) => action.includes('*'))).toEqual([]);
    expect(statements.filter(({ Resource: resource }) => resource === '*').map(({ Action: action }) => action)).toEqual(
      ['ecr:GetAuthorizationToken'],
    );
  });

  test('keeps agents on the nodes that our on-demand groups label', () => {
    const pod = parse(code('yaml')) as {
      spec: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: { matchExpressions: { key: string; operator: string; values: string[] }[] }[];
            };
          };
        };
      };
    };
    const [term] = pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    for (const { key, operator, values } of term?.matchExpressions ?? []) {
      const chosen = cluster.nodeGroups.filter(({ labels }) => values.includes(labels[key] ?? ''));
      expect(operator).toBe('In');
      expect(chosen.map(({ capacity }) => capacity)).toEqual(['on-demand']);
    }
    expect(term?.matchExpressions).toHaveLength(1);
  });

  test('says that no Jenkins server has run it', () => {
    expect(guide).toContain('**No Jenkins server has run it.**');
  });
});
