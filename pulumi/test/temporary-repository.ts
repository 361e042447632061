import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A cluster that needs nothing more. */
export const prod = `name: prod
region: us-east-1
kubernetesVersion: "1.35"
nodeGroups:
  - {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}
  - {name: burst, capacity: spot, instanceTypes: [m6i.large, m5.large], min: 0, max: 20}
gitops: {repository: "https://github.com/acme/platform.git"}
endpoint: {publicCidrs: [203.0.113.0/24]}
`;

/** An app that needs nothing more. */
export const shop = `name: shop
image: ghcr.io/acme/shop:1.4.2
port: 8080
health: /healthz
resources: {cpu: 100m, memory: 64Mi}
clusters: {prod: {}}
`;

/** Runs something on a repository with these specs, which is gone afterwards. */
export async function withRepository<T>(
  specs: { readonly cluster?: string; readonly apps?: Readonly<Record<string, string>> },
  use: (root: string) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'spillway-pulumi-'));
  const files = { 'clusters/prod.yaml': specs.cluster ?? prod, ...named(specs.apps ?? { shop }) };
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function named(apps: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(apps).map(([name, text]) => [`apps/${name}.yaml`, text]));
}
