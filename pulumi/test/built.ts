/** What is to be built, whoever asks for it, as text by path: `nodeGroups › burst › min` → `0`. */
export type Built = ReadonlyMap<string, string>;

/** The nested parts of a record under one path each; lists count by place, so that their order is compared. */
export function flattened(value: unknown, path: readonly string[] = []): Built {
  if (typeof value !== 'object' || value === null) return new Map([[path.join(' › '), String(value)]]);
  const entries = Array.isArray(value)
    ? value.map((item, index): [string, unknown] => [String(index), item])
    : Object.entries(value).filter(([, inner]) => inner !== undefined);
  return new Map(entries.flatMap(([key, inner]) => [...flattened(inner, [...path, key])]));
}

/** One place where two differ; undefined where it is not in one of them. */
export interface Difference {
  readonly path: string;
  readonly eksctl: string | undefined;
  readonly pulumi: string | undefined;
}

/** Every place where two differ, sorted. */
export function differences(eksctl: Built, pulumi: Built): Difference[] {
  return [...new Set([...eksctl.keys(), ...pulumi.keys()])]
    .filter((path) => eksctl.get(path) !== pulumi.get(path))
    .sort()
    .map((path) => ({ path, eksctl: eksctl.get(path), pulumi: pulumi.get(path) }));
}

/** Names in any order, so that one more does not shift the rest. */
export type NameSet = Readonly<Record<string, 'there'>>;

/** The set of some names. */
export function nameSet(names: Iterable<string>): NameSet {
  return Object.fromEntries([...names].map((name) => [name, 'there' as const]));
}

/** A node group in words of neither side. */
export interface BuiltGroup {
  readonly managed: boolean;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly capacityType?: string;
  readonly instanceTypes: readonly string[];
  readonly imageType?: string;
  readonly version?: string;
  readonly maxUnavailable?: number;
  readonly subnets: NameSet;
  readonly labels: Readonly<Record<string, string>>;
  /** `key=value` → effect, as Kubernetes writes it. */
  readonly taints: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly autoScalingGroupTags: Readonly<Record<string, string>>;
  readonly suspendedProcesses: readonly string[];
  /** Of self-managed groups. */
  readonly instancesDistribution?: Readonly<Record<string, string>>;
  readonly launchTemplate: {
    readonly instanceType?: string;
    readonly disk: Readonly<Record<string, string>>;
    readonly metadata: Readonly<Record<string, string>>;
    readonly securityGroups: number;
    /** By the kind of what is tagged. */
    readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  /** AWS’ own policies of the nodes’ role, by name. */
  readonly nodePolicies: NameSet;
}

/** A role that one ServiceAccount takes. */
export interface BuiltRole {
  readonly policies: NameSet;
  readonly document?: unknown;
  /** Actions of the trust, and what is asked of who takes it. */
  readonly trust: {
    readonly principal: string;
    readonly actions: readonly string[];
    readonly asked: Readonly<Record<string, string>>;
  };
}

/** A cluster in words of neither side. */
export interface BuiltCluster {
  readonly controlPlane: {
    readonly name: string;
    readonly version: string;
    readonly ipFamily: string;
    readonly supportType: string;
    readonly authenticationMode: string;
    readonly bootstrapSelfManagedAddons: boolean;
    readonly endpointPublic: boolean;
    readonly endpointPrivate: boolean;
    readonly publicCidrs: readonly string[];
    readonly logTypes: readonly string[];
    readonly logRetentionDays: Readonly<Record<string, string>>;
    readonly encryptionKeyArn?: string;
    readonly subnets: NameSet;
    readonly tags: Readonly<Record<string, string>>;
  };
  /** Principal → `policy` → scope. */
  readonly access: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly nodeGroups: Readonly<Record<string, BuiltGroup>>;
  readonly roles: Readonly<Record<string, BuiltRole>>;
  /** `namespace/ServiceAccount` → name of the role. */
  readonly associations: Readonly<Record<string, string>>;
  /** Configuration, and the roles of Pod Identity by ServiceAccount. */
  readonly addons: Readonly<
    Record<string, { readonly configuration?: unknown; readonly identities: Readonly<Record<string, string>> }>
  >;
}
