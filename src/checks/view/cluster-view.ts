import type { Position } from '../../diagnostic/diagnostic.js';
import type { FieldPath } from '../../diagnostic/located.js';
import type { KubeObject, OwnedObject } from '../../model/kube-object.js';
import type { ResolvedApp, ResolvedCluster } from '../../model/resolved.js';
import type { CheckInput, Schemas } from '../input.js';
import { nodeGroups, type NodeGroup } from './groups.js';
import { dig, map, number, text, type JsonMap } from './json.js';
import { patchThatTouches } from './patches.js';
import { podTemplates, type PodContainer, type PodTemplate } from './pods.js';

/** A check's input with what several checks need worked out once. */
export class ClusterView implements CheckInput {
  readonly cluster: ResolvedCluster;
  readonly objects: readonly OwnedObject[];
  readonly clusterConfig: JsonMap;
  readonly schemas?: Schemas;
  /** Node groups of the ClusterConfig, patches included. */
  readonly groups: readonly NodeGroup[];
  /** Every pod template of every object. */
  readonly templates: readonly PodTemplate[];

  private readonly apps: ReadonlyMap<string, ResolvedApp>;
  private readonly byKind = new Map<string, OwnedObject[]>();
  private readonly byName = new Map<string, OwnedObject>();
  private readonly byOwner = new Map<string, OwnedObject[]>();
  private readonly byNamespace = new Map<string, Map<string | undefined, OwnedObject[]>>();
  private readonly rawPositions = new Map<OwnedObject, Position>();
  private readonly templatesByOwner = new Map<OwnedObject, PodTemplate[]>();
  private readonly templatesByNamespace = new Map<string, PodTemplate[]>();
  private readonly scalers = new Map<string, OwnedObject>();

  constructor(input: CheckInput) {
    this.cluster = input.cluster;
    this.objects = input.objects;
    this.clusterConfig = input.clusterConfig;
    if (input.schemas !== undefined) this.schemas = input.schemas;
    this.groups = nodeGroups(input.cluster, input.clusterConfig);
    this.apps = new Map(input.cluster.apps.map((app) => [app.name, app]));
    for (const owned of input.objects) {
      const { kind, metadata } = owned.object;
      push(this.byKind, kind, owned);
      push(this.byOwner, ownerKey(owned), owned);
      let namespaces = this.byNamespace.get(kind);
      if (namespaces === undefined)
        this.byNamespace.set(kind, (namespaces = new Map<string | undefined, OwnedObject[]>()));
      push(namespaces, metadata.namespace, owned);
      const key = nameKey(kind, metadata.namespace, metadata.name);
      if (!this.byName.has(key)) this.byName.set(key, owned);
      const templates = podTemplates(owned);
      if (templates.length > 0) this.templatesByOwner.set(owned, templates);
    }
    this.templates = [...this.templatesByOwner.values()].flat();
    for (const template of this.templates) push(this.templatesByNamespace, template.namespace, template);
    for (const owned of this.ofKind('HorizontalPodAutoscaler')) {
      const target = map(dig(owned.object, 'spec', 'scaleTargetRef'));
      this.scalers.set(scaleKey(owned.object.metadata.namespace, target['kind'], target['name']), owned);
    }
    this.findRawPositions();
  }

  /** All objects of a kind, of any API group. */
  ofKind(kind: string): readonly OwnedObject[] {
    return this.byKind.get(kind) ?? [];
  }

  find(kind: string, namespace: string | undefined, name: string): OwnedObject | undefined {
    return this.byName.get(nameKey(kind, namespace, name));
  }

  /** All objects of a kind in one namespace. */
  inNamespace(kind: string, namespace: string | undefined): readonly OwnedObject[] {
    return this.byNamespace.get(kind)?.get(namespace) ?? [];
  }

  /** All objects of the same app, component or root as this one, itself included: what one Application applies. */
  besides(owned: OwnedObject): readonly OwnedObject[] {
    return this.byOwner.get(ownerKey(owned)) ?? [];
  }

  /** The app whose folder an object lies in. */
  appOf({ owner }: OwnedObject): ResolvedApp | undefined {
    return owner.kind === 'app' ? this.apps.get(owner.app) : undefined;
  }

  /** Whether the object comes from a file under `manifests:`. */
  isRaw(owned: OwnedObject): boolean {
    return this.rawPositions.has(owned);
  }

  /** Every pod template of one namespace. */
  templatesIn(namespace: string | undefined): readonly PodTemplate[] {
    return this.templatesByNamespace.get(namespace ?? '') ?? [];
  }

  templatesOf(owned: OwnedObject): readonly PodTemplate[] {
    return this.templatesByOwner.get(owned) ?? [];
  }

  /** Pod templates of apps with their app; not those of the platform. */
  *appTemplates(): Generator<{ readonly app: ResolvedApp; readonly template: PodTemplate }> {
    for (const template of this.templates) {
      const app = this.appOf(template.owned);
      if (app !== undefined) yield { app, template };
    }
  }

  /** The autoscaler of a workload. */
  scalerOf(workload: OwnedObject): OwnedObject | undefined {
    const { kind, metadata } = workload.object;
    return this.scalers.get(scaleKey(metadata.namespace, kind, metadata.name));
  }

  /** Replicas of a workload at least and at most: its autoscaler's, or the ones that it states, or Kubernetes' default of 1. */
  replicas(workload: OwnedObject): { readonly min: number; readonly max: number } {
    const scaler = this.scalerOf(workload);
    if (scaler !== undefined) {
      const spec = map(scaler.object['spec']);
      const min = number(spec['minReplicas']) ?? 1;
      return { min, max: number(spec['maxReplicas']) ?? min };
    }
    const stated = number(dig(workload.object, 'spec', 'replicas')) ?? 1;
    return { min: stated, max: stated };
  }

  /**
   * Where a person can change a part of an object: in the raw manifest, at the patch that touched one of `pointers`, or at `field` of
   * the spec: the app's for its objects, the cluster's for all others.
   */
  at(owned: OwnedObject, field: FieldPath, ...pointers: readonly string[]): Position {
    const raw = this.rawPositions.get(owned);
    if (raw !== undefined) return raw;
    const app = this.appOf(owned);
    if (app === undefined) return this.cluster.provenance.at(field);
    const patches = pointers.flatMap((pointer) => patchThatTouches(app, owned.object, pointer) ?? []);
    return patches[0]?.at ?? app.provenance.at(field);
  }

  /** The same for a field of a container: the spec holds the app's own at the top, others under `init` and `sidecars`. */
  atContainer(template: PodTemplate, container: PodContainer, field: string, inContainer: string): Position {
    const app = this.appOf(template.owned);
    const prefix = app === undefined ? '' : containerField(app, container.name);
    return this.at(template.owned, `${prefix}${field}`, `${container.pointer}/${inContainer}`);
  }

  /** `Deployment shop`, with its namespace where it belongs to no app. */
  nameOf({ object, owner }: OwnedObject): string {
    const { name, namespace } = object.metadata;
    return owner.kind === 'app' || namespace === undefined
      ? `${object.kind} ${name}`
      : `${object.kind} ${namespace}/${name}`;
  }

  /** A raw manifest's object is told by its kind and name: where an app renders one of the same, the later one is the raw one. */
  private findRawPositions(): void {
    const positions = new Map<string, Position[]>();
    for (const app of this.cluster.apps) {
      for (const { object, at } of app.manifests.flatMap((file) => file.objects)) {
        const key = objectKey(app.name, text(object['kind']), text(dig(object, 'metadata', 'name')));
        positions.set(key, [...(positions.get(key) ?? []), at]);
      }
    }
    if (positions.size === 0) return;
    for (const owned of [...this.objects].reverse()) {
      if (owned.owner.kind !== 'app') continue;
      const { kind, metadata } = owned.object;
      const at = positions.get(objectKey(owned.owner.app, kind, metadata.name))?.pop();
      if (at !== undefined) this.rawPositions.set(owned, at);
    }
  }
}

function ownerKey({ owner }: OwnedObject): string {
  return JSON.stringify(owner);
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function nameKey(kind: string, namespace: string | undefined, name: string): string {
  // None of the three may hold a slash.
  return `${kind}/${namespace ?? ''}/${name}`;
}

function objectKey(app: string, kind: string | undefined, name: string | undefined): string {
  return JSON.stringify([app, kind, name]);
}

function scaleKey(namespace: unknown, kind: unknown, name: unknown): string {
  return JSON.stringify([namespace, kind, name]);
}

/** Prefix of a container's fields in the app's spec. */
function containerField(app: ResolvedApp, name: string): string {
  const sidecar = app.sidecars.findIndex((container) => container.name === name);
  if (sidecar !== -1) return `sidecars.${sidecar}.`;
  const init = app.initContainers.findIndex((container) => container.name === name);
  return init === -1 ? '' : `init.${init}.`;
}

/** Labels of an object. */
export function labelsOf(object: KubeObject): Readonly<Record<string, string>> {
  return object.metadata.labels ?? {};
}
