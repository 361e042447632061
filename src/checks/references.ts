import { closest } from '../diagnostic/closest.js';
import type { Position } from '../diagnostic/diagnostic.js';
import type { OwnedObject } from '../model/kube-object.js';
import type { Check, Finding } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { dig, map, maps, text } from './view/json.js';
import { namedSources, type NamedSource } from './view/sources.js';
import { didYouMean, enumeration } from './view/words.js';

/** Keys of a ConfigMap or Secret that is rendered or declared. */
interface Known {
  readonly name: string;
  /** Undefined where nobody knows them (a Secret whose values come from elsewhere). */
  readonly keys?: ReadonlySet<string>;
}

/** What Kubernetes itself puts into every namespace. */
const builtInConfigMaps: readonly Known[] = [{ name: 'kube-root-ca.crt', keys: new Set(['ca.crt']) }];

/** Kinds that make a Secret of the name that they give, in their own namespace. */
const secretMakers = ['SealedSecret', 'ExternalSecret', 'Certificate', 'VaultStaticSecret', 'OnePasswordItem'] as const;

function keysOf({ object }: OwnedObject): ReadonlySet<string> {
  return new Set(
    [object['data'], object['stringData'], object['binaryData']].flatMap((data) => Object.keys(map(data))),
  );
}

function knownIn(view: ClusterView, kind: 'ConfigMap' | 'Secret', namespace: string): Known[] {
  const rendered = view
    .inNamespace(kind, namespace)
    .map((owned) => ({ name: owned.object.metadata.name, keys: keysOf(owned) }));
  if (kind === 'ConfigMap') return [...rendered, ...builtInConfigMaps];
  const declared = view.cluster.apps
    .filter((app) => app.namespace === namespace)
    .flatMap(({ externalSecrets }) => externalSecrets)
    .map(({ name, keys }) => ({ name, keys: new Set(keys) }));
  const made = secretMakers
    .flatMap((maker) => view.inNamespace(maker, namespace))
    .map(({ object }) => ({
      name:
        text(dig(object, 'spec', 'target', 'name')) ?? text(dig(object, 'spec', 'secretName')) ?? object.metadata.name,
    }));
  return [...rendered, ...declared, ...made];
}

/** Every reference of the apps' pods to ConfigMaps or Secrets that is not optional, with what is known in their namespace. */
function* references(view: ClusterView, kind: 'ConfigMap' | 'Secret') {
  const knownByNamespace = new Map<string, Known[]>();
  for (const { app, template } of view.appTemplates()) {
    for (const source of namedSources(template)) {
      if (source.kind !== kind || source.optional) continue;
      let known = knownByNamespace.get(template.namespace);
      if (known === undefined)
        knownByNamespace.set(template.namespace, (known = knownIn(view, kind, template.namespace)));
      yield { app, template, source, known };
    }
  }
}

function* missing(view: ClusterView, kind: 'ConfigMap' | 'Secret'): Generator<Finding> {
  for (const { app, template, source, known } of references(view, kind)) {
    if (known.some(({ name }) => name === source.name)) continue;
    const remedy =
      kind === 'Secret'
        ? `declare it under externalSecrets: [{name: ${source.name}, keys: [${source.key ?? '…'}], source: where it comes from}]`
        : 'put it into a file under manifests:, or use files: for config files';
    const guess = closest(
      source.name,
      known.map(({ name }) => name),
    );
    yield {
      message: `${source.user} reads ${kind} ${source.name}, which nothing renders${kind === 'Secret' ? ' or declares' : ''} in namespace ${template.namespace}`,
      hint: guess === undefined ? remedy : `did you mean ${guess}? Otherwise ${remedy}`,
      at: positionOf(view, template.owned, source),
      app: app.name,
    };
  }
}

function* missingKeys(view: ClusterView, kind: 'ConfigMap' | 'Secret'): Generator<Finding> {
  for (const { app, template, source, known } of references(view, kind)) {
    const { key } = source;
    const found = known.filter(({ name }) => name === source.name);
    if (key === undefined || found.length === 0 || found.some(({ keys }) => keys === undefined || keys.has(key)))
      continue;
    const keys = [...(found[0]?.keys ?? [])];
    yield {
      message: `${source.user} reads key ${key} of ${kind} ${source.name}, which has no such key`,
      hint: didYouMean(key, keys, keys.length === 0 ? 'it has no keys' : `its keys are ${enumeration(keys)}`),
      at: positionOf(view, template.owned, source),
      app: app.name,
    };
  }
}

function positionOf(view: ClusterView, owned: OwnedObject, source: NamedSource): Position {
  return view.at(owned, source.field(view.appOf(owned)), source.pointer);
}

/** Names that one object uses of another. */
export const referenceChecks: readonly Check[] = [
  {
    id: 'secret-exists',
    title: 'Secrets that pods read are rendered or declared',
    why: 'A container that reads a missing Secret stays in CreateContainerConfigError; declared under externalSecrets, it is known to be somebody’s to bring.',
    severity: 'error',
    run: (view) => missing(view, 'Secret'),
  },
  {
    id: 'secret-key-exists',
    title: 'Secrets have the keys that pods read',
    why: 'A missing key keeps the container from starting, just as a missing Secret does.',
    severity: 'error',
    run: (view) => missingKeys(view, 'Secret'),
  },
  {
    id: 'config-map-exists',
    title: 'ConfigMaps that pods read are rendered',
    why: 'A container that reads a missing ConfigMap stays in CreateContainerConfigError, or its volume is never mounted.',
    severity: 'error',
    run: (view) => missing(view, 'ConfigMap'),
  },
  {
    id: 'config-map-key-exists',
    title: 'ConfigMaps have the keys that pods read',
    why: 'A missing key keeps the container from starting, just as a missing ConfigMap does.',
    severity: 'error',
    run: (view) => missingKeys(view, 'ConfigMap'),
  },
  {
    id: 'service-account-exists',
    title: 'ServiceAccounts that pods run as are rendered',
    why: 'The API server refuses pods of a ServiceAccount that is not there: the workload has none and says so only in events.',
    severity: 'error',
    *run(view) {
      for (const template of view.templates) {
        const name = text(template.spec['serviceAccountName']);
        if (
          name === undefined ||
          name === 'default' ||
          view.find('ServiceAccount', template.namespace, name) !== undefined
        )
          continue;
        const there = view.inNamespace('ServiceAccount', template.namespace).map(({ object }) => object.metadata.name);
        yield {
          message: `pods of ${view.nameOf(template.owned)} run as ServiceAccount ${name}, which is not in namespace ${template.namespace}`,
          hint: didYouMean(
            name,
            there,
            there.length === 0
              ? 'add it under manifests:'
              : `there ${there.length === 1 ? 'is' : 'are'} ${enumeration(there)}`,
          ),
          at: view.at(template.owned, 'name', `${template.pointer}/serviceAccountName`),
          ...(template.owned.owner.kind === 'app' ? { app: template.owned.owner.app } : {}),
        };
      }
    },
  },
  {
    id: 'volume-exists',
    title: 'containers mount volumes that the pod has',
    why: 'The API server refuses a workload whose container mounts a volume that is not there.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        const volumes = maps(template.spec['volumes']).map(({ name }) => text(name) ?? '');
        for (const container of template.containers) {
          for (const [index, mount] of maps(container.spec['volumeMounts']).entries()) {
            const name = text(mount['name']) ?? '';
            if (volumes.includes(name)) continue;
            const isMain = container.name === app.container.name;
            yield {
              message: `container ${container.name} mounts volume ${name}, which the pod does not have`,
              hint: didYouMean(
                name,
                volumes,
                volumes.length === 0 ? 'add it under volumes:' : `its volumes are ${enumeration(volumes)}`,
              ),
              at: view.atContainer(template, container, isMain ? 'volumes' : `mounts.${index}.volume`, 'volumeMounts'),
              app: app.name,
            };
          }
        }
      }
    },
  },
  {
    id: 'env-reference',
    title: '$(NAME) refers to a variable that stands above',
    why: 'Kubernetes leaves an unknown or later name as it is: the app gets the text $(NAME).',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          // Keys of whole Secrets and ConfigMaps count as defined, and nobody knows all of them.
          if (maps(container.spec['envFrom']).length > 0) continue;
          const variables = maps(container.spec['env']);
          const names = variables.map(({ name }) => text(name) ?? '');
          for (const [index, variable] of variables.entries()) {
            for (const reference of referencesIn(text(variable['value']) ?? '')) {
              const place = names.indexOf(reference);
              if (place !== -1 && place < index) continue;
              const name = names[index] ?? '';
              yield {
                message: `${name} refers to $(${reference}), which ${place === -1 ? `container ${container.name} does not have` : 'stands below it'}, so it keeps the text $(${reference})`,
                hint:
                  place === -1
                    ? didYouMean(reference, names, `write $$(${reference}) where the text is meant`)
                    : `move ${reference} above ${name}`,
                at: view.atContainer(template, container, `env.${name}`, `env/${index}`),
                app: app.name,
              };
            }
          }
        }
      }
    },
  },
];

/** Names in `$(NAME)`; `$$(NAME)` is the text itself (Kubernetes, third_party/forked/golang/expansion). */
function referencesIn(value: string): string[] {
  return [...value.matchAll(/(\$*)\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g)]
    .filter(([, dollars = '']) => dollars.length % 2 === 0)
    .map(([, , name = '']) => name);
}
