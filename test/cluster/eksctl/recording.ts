import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Pki } from '../rig/pki.js';
import type { RecordedStack } from './cloud/cloudformation.js';
import { Cloud } from './cloud/cloud.js';
import type { Moto } from './cloud/moto.js';
import { eksctl } from './eksctl.js';

/** Everything that one `eksctl create cluster` asked AWS to make. */
export interface Recording {
  readonly cluster: string;
  /** In the order of their CreateStack requests; the first is the control plane's. */
  readonly stacks: readonly RecordedStack[];
  /** Auto Scaling group → the tags that eksctl put on it after the stack. */
  readonly asgTags: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Auto Scaling group → processes suspended. */
  readonly suspended: ReadonlyMap<string, readonly string[]>;
  /** Managed node group → its Auto Scaling group. */
  readonly managedGroups: ReadonlyMap<string, string>;
  readonly addons: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly podIdentityAssociations: readonly Readonly<Record<string, unknown>>[];
  readonly logRetentionDays: ReadonlyMap<string, number>;
  /** What eksctl said, warnings among it. */
  readonly said: string;
}

/**
 * Runs `eksctl create cluster -f` to its end against moto and our stand-in. Most of its 31 s is eksctl's own wait before it first asks
 * for the cluster's stack, so several may run at once. Throws with what eksctl said where it fails.
 * @param clusterConfig the file as it was rendered, YAML or JSON
 */
export async function record(
  { cluster, region, clusterConfig }: { cluster: string; region: string; clusterConfig: string },
  moto: Moto,
  pki: Pki,
): Promise<Recording> {
  const home = mkdtempSync(join(tmpdir(), `eksctl-${cluster}-`));
  const file = join(home, 'cluster.yaml');
  writeFileSync(file, clusterConfig);
  const cloud = await Cloud.start(moto, region, pki);
  try {
    const run = await eksctl(['create', 'cluster', '-f', file, '--color', 'false'], {
      url: cloud.url,
      region,
      home,
      certificateAuthority: pki.ca,
    });
    if (run.status !== 0) throw new Error(`eksctl create cluster failed (${run.status}):\n${run.stdout}${run.stderr}`);
    return {
      cluster,
      stacks: cloud.cloudFormation.stacks,
      asgTags: cloud.autoScaling.tags,
      suspended: cloud.autoScaling.suspended,
      managedGroups: cloud.eks.managedGroups,
      addons: cloud.eks.addons,
      podIdentityAssociations: cloud.eks.podIdentityAssociations,
      logRetentionDays: cloud.logRetention,
      said: run.stdout + run.stderr,
    };
  } finally {
    await cloud.stop();
  }
}
