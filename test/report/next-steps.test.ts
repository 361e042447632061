import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { nextSteps } from '../../src/report/next-steps.js';
import { podinfo, prod, resolvedCluster } from '../support/repository.js';

const options = { colour: false, pathPrefix: '' };
const webhook = prod.replace('branch: main', 'branch: main, webhook: {host: hooks.example.com}');

describe('nextSteps', () => {
  test('gives each command a line of its own, to be copied', () => {
    const lines = nextSteps([resolvedCluster({ apps: { podinfo } })], [], options).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '  git add clusters apps dist eksctl && git commit',
        '  eksctl create cluster -f eksctl/prod.yaml',
        '  aws eks update-kubeconfig --name prod --region us-east-1',
        '  kubectl apply --server-side --force-conflicts -k dist/prod/bootstrap',
      ]),
    );
    expect(lines.join('\n')).not.toContain('webhook');
  });

  test('with a webhook, says where GitHub calls and stores the shared secret where Argo CD looks for it', () => {
    const text = nextSteps([resolvedCluster({ cluster: webhook, apps: { podinfo } })], [], options);
    expect(text).toContain('https://hooks.example.com/api/webhook, content type application/json');
    const command =
      text.split('\n').find((line) => line.includes('kubectl -n argocd patch secret argocd-secret')) ?? '';
    const words = spawnSync('bash', ['-c', `kubectl() { printf '%s' "\${@: -1}"; }; WEBHOOK_SECRET=abc; ${command}`]);
    expect(JSON.parse(words.stdout.toString())).toEqual({ stringData: { 'webhook.github.secret': 'abc' } });
  });

  test('puts the way to the root before every path', () => {
    const text = nextSteps([resolvedCluster({ apps: { podinfo } })], [], { ...options, pathPrefix: 'shop/' });
    for (const path of ['shop/clusters', 'shop/eksctl/prod.yaml', 'shop/dist/prod/bootstrap'])
      expect(text).toContain(path);
  });
});
