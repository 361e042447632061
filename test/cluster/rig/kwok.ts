import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dump, load } from 'js-yaml';

import { ManagedProcess } from './process.js';
import type { Site } from './site.js';

/** How kwok's pods behave; upstream's "fast" stages (ready and gone at once) unless told otherwise. */
export interface KwokOptions {
  /** Time from scheduled to Ready, in milliseconds. */
  readonly readyDelayMs?: number;
  /** A deleted pod lives its whole terminationGracePeriodSeconds, as a pod does whose process ignores SIGTERM. */
  readonly fullGracePeriod?: boolean;
  /** Pods of Jobs with one of these values in their environment fail; kwok completes all others. */
  readonly failingJobValues?: readonly string[];
}

interface Stage {
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown> & { selector?: { matchExpressions: unknown[] }; next?: unknown; delay?: unknown };
}

const STAGES = [
  'node-initialize',
  'node-heartbeat',
  'pod-ready',
  'pod-complete',
  'pod-delete',
  'metrics-resource',
  'metrics-usage',
];

/** The annotation by which a node asks to be played by kwok. */
export const KWOK_NODE_ANNOTATION = { 'kwok.x-k8s.io/node': 'fake' } as const;

/** kwok plays the kubelets: nodes that are Ready, pods that run, and the metrics endpoint that metrics-server scrapes. */
export function startKwok(site: Site, adminKubeconfig: string, options: KwokOptions = {}): ManagedProcess {
  const port = site.slot.port(5);
  return new ManagedProcess({
    name: 'kwok',
    command: site.file('kwok'),
    logFile: site.logFile('kwok'),
    args: [
      `--kubeconfig=${adminKubeconfig}`,
      `--config=${writeConfig(site, options)}`,
      '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
      '--node-lease-duration-seconds=40',
      // metrics-server scrapes https://<node-ip>:<node-port>, where kwok answers for every node.
      '--node-ip=127.0.0.1',
      `--node-port=${port}`,
      `--server-address=127.0.0.1:${port}`,
      `--tls-cert-file=${site.pki.serving.cert}`,
      `--tls-private-key-file=${site.pki.serving.key}`,
      `--cidr=${site.slot.podCidr}`,
    ],
  });
}

/** One file of documents: upstream's stages, changed where the options or the Cluster Autoscaler need it. */
function writeConfig(site: Site, options: KwokOptions): string {
  const documents = STAGES.map((name) => adapted(stageOf(site, name), options));
  if (options.failingJobValues !== undefined)
    documents.push(failingJobs(stageOf(site, 'pod-complete'), options.failingJobValues));
  const path = join(site.folder, 'kwok.yaml');
  writeFileSync(path, [...documents, HOSTNAME_STAGE].map((document) => dump(document)).join('---\n'));
  return path;
}

function stageOf(site: Site, name: string): Stage {
  return load(readFileSync(site.file(`${name}.yaml`), 'utf8')) as Stage;
}

/** Upstream's stage that completes pods of Jobs, turned into one that fails those which ask for what does not answer. */
function failingJobs(stage: Stage, values: readonly string[]): Stage {
  stage.metadata.name = 'pod-fail';
  // Where several stages match, only those with a weight are drawn from.
  stage.spec['weight'] = 1;
  stage.spec.selector?.matchExpressions.push({ key: '.spec.containers.[].env.[].value', operator: 'In', values });
  const { statusTemplate: template } = stage.spec.next as { statusTemplate: string };
  stage.spec.next = {
    statusTemplate: template
      .replace('exitCode: 0', 'exitCode: 1')
      .replace('reason: Completed', 'reason: Error')
      .replace('phase: Succeeded', 'phase: Failed'),
  };
  return stage;
}

function adapted(stage: Stage, options: KwokOptions): Stage {
  switch (stage.metadata.name) {
    case 'node-initialize':
      stage.spec.selector?.matchExpressions.push({ key: HOSTNAME_KEY, operator: 'Exists' });
      break;
    case 'pod-ready':
      if (options.readyDelayMs !== undefined) stage.spec.delay = { durationMilliseconds: options.readyDelayMs };
      break;
    case 'pod-delete':
      if (options.fullGracePeriod === true)
        stage.spec.delay = { durationFrom: { expressionFrom: '.metadata.deletionTimestamp' } };
      break;
  }
  return stage;
}

const HOSTNAME_KEY = '.metadata.labels["kubernetes.io/hostname"]';

/**
 * A kubelet labels its own node. Nodes that the Cluster Autoscaler makes from one template would all share the
 * template's label, so it has none, and a node is Ready only with its own.
 */
const HOSTNAME_STAGE = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'node-hostname' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Node' },
    selector: { matchExpressions: [{ key: HOSTNAME_KEY, operator: 'DoesNotExist' }] },
    next: {
      patches: [
        {
          subresource: '',
          root: 'metadata',
          type: 'merge',
          template: 'labels:\n  kubernetes.io/hostname: {{ .metadata.name }}\n',
        },
      ],
    },
  },
};
