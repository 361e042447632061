import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Pki } from '../rig/pki.js';
import { Cloud } from './cloud/cloud.js';
import type { Moto } from './cloud/moto.js';
import { eksctl } from './eksctl.js';
import type { EksctlRun } from './eksctl.js';

/** Asks eksctl for its verdict on ClusterConfigs: `eksctl create cluster --dry-run`, which makes nothing. */
export class DryRuns {
  private readonly clouds = new Map<string, Promise<Cloud>>();
  private readonly home = mkdtempSync(join(tmpdir(), 'eksctl-dry-run-'));
  private readonly moto: Moto;
  private readonly pki: Pki;
  private count = 0;

  constructor(moto: Moto, pki: Pki) {
    this.moto = moto;
    this.pki = pki;
  }

  /** @param clusterConfig YAML or JSON */
  async run(clusterConfig: string, region: string): Promise<EksctlRun> {
    const cloud = await this.cloudOf(region);
    const file = join(this.home, `${this.count++}.yaml`);
    writeFileSync(file, clusterConfig);
    return eksctl(['create', 'cluster', '-f', file, '--dry-run'], { url: cloud.url, region, home: this.home });
  }

  async stop(): Promise<void> {
    for (const cloud of this.clouds.values()) await (await cloud).stop();
  }

  /** One a region, so that what it has been told once by moto is not asked again. */
  private cloudOf(region: string): Promise<Cloud> {
    const known = this.clouds.get(region) ?? Cloud.start(this.moto, region, this.pki);
    this.clouds.set(region, known);
    return known;
  }
}
