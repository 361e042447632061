import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { load } from 'js-yaml';

import type { PolicyDocument } from '../../../src/aws/iam-policies.js';

/** An IAM document of a rendered ClusterConfig. */
export interface RenderedDocument {
  /** `<file> <role>`. */
  readonly name: string;
  readonly cluster: string;
  /** What the role is for: its name without the cluster’s. */
  readonly role: string;
  readonly document: PolicyDocument;
}

interface Entry {
  readonly roleName: string;
  readonly permissionPolicy?: PolicyDocument;
  readonly attachPolicy?: PolicyDocument;
}

interface ClusterConfig {
  readonly metadata: { readonly name: string };
  readonly iam: { readonly podIdentityAssociations?: readonly Entry[]; readonly serviceAccounts?: readonly Entry[] };
  readonly addons: readonly { readonly podIdentityAssociations?: readonly Entry[] }[];
}

/** Every ClusterConfig that is committed: this repository’s and those of the tests’ fixtures. */
export function clusterConfigFiles(): string[] {
  const fixtures = join('test', 'fixtures');
  const folders = ['eksctl', ...readdirSync(fixtures).map((fixture) => join(fixtures, fixture, 'eksctl'))];
  return folders.flatMap((folder) => filesOf(folder).map((file) => join(folder, file)));
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  } catch {
    return [];
  }
}

/** Every IAM document of a ClusterConfig, whichever of eksctl’s words it stands under. */
export function documentsOf(file: string): RenderedDocument[] {
  const { metadata, iam, addons } = load(readFileSync(file, 'utf8')) as ClusterConfig;
  const entries = [
    ...(iam.podIdentityAssociations ?? []),
    ...(iam.serviceAccounts ?? []),
    ...addons.flatMap(({ podIdentityAssociations }) => podIdentityAssociations ?? []),
  ];
  return entries.flatMap(({ roleName, permissionPolicy, attachPolicy }) => {
    const document = permissionPolicy ?? attachPolicy;
    const role = roleName.slice(metadata.name.length + 1);
    return document === undefined ? [] : [{ name: `${file} ${role}`, cluster: metadata.name, role, document }];
  });
}
