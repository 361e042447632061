import { argoprojSchema, eksctlSchema, kubernetesSchema } from '../facts/schemas.js';
import type { Check, Finding } from './check.js';
import type { CheckInput, Schemas } from './input.js';
import type { ClusterView } from './view/cluster-view.js';
import { map } from './view/json.js';
import { schemaProblems, type SchemaProblem } from './view/json-schema.js';
import { operationThatTouches, patchThatTouches } from './view/patches.js';
import { didYouMean, enumeration } from './view/words.js';

/** Loads the schemas where there is something to hold against them: what is only rendered is proven valid by the tests. */
export async function schemasFor({ cluster }: Pick<CheckInput, 'cluster'>): Promise<Schemas | undefined> {
  const handWritten =
    cluster.eksctlPatches.length > 0 ||
    cluster.apps.some(({ patches, manifests }) => patches.length + manifests.length > 0);
  if (!handWritten) return undefined;
  const [kubernetes, argoproj, eksctl] = await Promise.all([
    kubernetesSchema(cluster.kubernetesVersion),
    argoprojSchema(),
    eksctlSchema(),
  ]);
  return { kubernetes, argoproj, eksctl };
}

/** Where in an object: `spec.template.spec.containers[0].image`. */
function fieldText(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

function sentence(what: string, { pointer, message, unknownField }: SchemaProblem): string {
  if (unknownField === undefined)
    return pointer === '' ? `${what} ${message}` : `${fieldText(pointer)} of ${what} ${message}`;
  const above = fieldText(pointer.slice(0, pointer.lastIndexOf('/')));
  return `${above === '' ? what : `${above} of ${what}`} has no field ${unknownField.name}`;
}

function hint({ unknownField }: SchemaProblem): Pick<Finding, 'hint'> {
  if (unknownField === undefined) return {};
  const { name, known } = unknownField;
  return {
    hint: didYouMean(
      name,
      known,
      known.length === 0 ? 'it takes no fields' : `its fields are ${enumeration([...known].sort(), 12)}`,
    ),
  };
}

function problemsOf(view: ClusterView, key: string, object: unknown): SchemaProblem[] {
  const { schemas } = view;
  if (schemas === undefined) return [];
  for (const { kinds, definitions } of [schemas.kubernetes, schemas.argoproj]) {
    const $ref = kinds[key];
    if ($ref !== undefined) return schemaProblems({ $ref }, definitions, object);
  }
  return [];
}

/** Whether what people patched or wrote themselves is what the API server takes. */
export const schemaChecks: readonly Check[] = [
  {
    id: 'object-schema',
    title: 'patched objects and raw manifests have the fields and types that Kubernetes knows',
    why: 'The API server refuses a wrong type and drops an unknown field without a word, so that a setting seems to be there and is not.',
    severity: 'error',
    *run(view) {
      for (const owned of view.objects) {
        const app = view.appOf(owned);
        if (app === undefined) continue;
        const raw = view.isRaw(owned);
        if (!raw && patchThatTouches(app, owned.object, '') === undefined) continue;
        const { apiVersion, kind } = owned.object;
        for (const problem of problemsOf(view, `${apiVersion}/${kind}`, owned.object)) {
          yield {
            message: sentence(view.nameOf(owned), problem),
            ...hint(problem),
            at: view.at(owned, '', problem.pointer),
            app: app.name,
          };
        }
      }
    },
  },
  {
    id: 'cluster-config-schema',
    title: 'the patched ClusterConfig is what eksctl reads',
    why: 'eksctl refuses the whole file for one unknown field.',
    severity: 'error',
    *run({ cluster, clusterConfig, schemas }) {
      if (schemas === undefined || cluster.eksctlPatches.length === 0) return;
      const { definitions, ...schema } = map(schemas.eksctl);
      for (const problem of schemaProblems(schema, map(definitions), clusterConfig)) {
        const operation = operationThatTouches(cluster.eksctlPatches, problem.pointer);
        if (operation === undefined) continue;
        yield {
          message: sentence('the ClusterConfig', problem),
          ...hint(problem),
          at: cluster.provenance.at(['eksctl', 'patches', operation]),
        };
      }
    },
  },
];
