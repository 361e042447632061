import { kindKey } from './kubernetes-openapi.mjs';
import { mapValues, rewriteSchema, strict, withoutProse } from './json-schema.mjs';

/** The kinds that charts render or that a raw manifest may bring. */
const wantedKinds = [
  'v1/Namespace',
  'v1/ResourceQuota',
  'v1/LimitRange',
  'v1/Service',
  'v1/ServiceAccount',
  'v1/ConfigMap',
  'v1/Secret',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'apps/v1/Deployment',
  'apps/v1/DaemonSet',
  'apps/v1/StatefulSet',
  'apps/v1/ReplicaSet',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'policy/v1/PodDisruptionBudget',
  'networking.k8s.io/v1/NetworkPolicy',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/IngressClass',
  'rbac.authorization.k8s.io/v1/Role',
  'rbac.authorization.k8s.io/v1/RoleBinding',
  'rbac.authorization.k8s.io/v1/ClusterRole',
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  'scheduling.k8s.io/v1/PriorityClass',
  'storage.k8s.io/v1/StorageClass',
  'apiextensions.k8s.io/v1/CustomResourceDefinition',
  'apiregistration.k8s.io/v1/APIService',
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration',
  'coordination.k8s.io/v1/Lease',
  'discovery.k8s.io/v1/EndpointSlice',
];

const refPrefix = '#/components/schemas/';
const apimachinery = 'io.k8s.apimachinery.pkg';

/**
 * What the server's decoder knows and its OpenAPI does not say: the grammar of a quantity (`64mb` is refused),
 * and that `creationTimestamp: null`, which kubectl writes into every manifest it generates, is accepted.
 */
const decoderKnowledge = {
  [`${apimachinery}.api.resource.Quantity`]: {
    oneOf: [
      { type: 'string', pattern: '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$' },
      { type: 'number' },
    ],
  },
  [`${apimachinery}.apis.meta.v1.Time`]: { type: ['string', 'null'] },
};

/**
 * JSON Schema (draft-07) of the wanted kinds with everything they refer to; unknown fields are refused.
 *
 * @param {ReturnType<typeof import('./kubernetes-openapi.mjs').readOpenApi>} documents
 * @returns {{ definitions: Record<string, any>, kinds: Record<string, string> }}
 */
export function kubernetesSchema(documents) {
  const upstream = Object.assign({}, ...documents.map((document) => document.components?.schemas ?? {}));
  const kinds = Object.fromEntries(wantedKinds.map((key) => [key, definitionOf(upstream, key)]));
  const definitions = { ...mapValues(upstream, validating), ...decoderKnowledge };
  return {
    definitions: reachable(definitions, Object.values(kinds)),
    kinds: mapValues(kinds, (name) => `#/definitions/${name}`),
  };
}

/**
 * @param {Record<string, any>} schemas
 * @param {string} key
 */
function definitionOf(schemas, key) {
  const found = Object.keys(schemas).find((name) =>
    (schemas[name]['x-kubernetes-group-version-kind'] ?? []).some((/** @type {any} */ gvk) => kindKey(gvk) === key),
  );
  if (!found) throw new Error(`no schema for ${key} in this Kubernetes release`);
  return found;
}

/** @param {Record<string, any>} upstream */
function validating(upstream) {
  const isKind = 'x-kubernetes-group-version-kind' in upstream;
  const schema = rewriteSchema(withoutProse(upstream), (part) => strict(withPlainRef(part)));
  // Status is the controllers' to write; its schemas would only be weight.
  if (isKind && schema.properties?.status) schema.properties.status = {};
  return schema;
}

/**
 * OpenAPI 3.0 has to wrap a $ref in allOf to put a default beside it; without the default the wrapper is noise.
 *
 * @param {Record<string, any>} part
 */
function withPlainRef(part) {
  // Bottom-up: the reference inside the wrapper has been rewritten before the wrapper is seen.
  if (part.allOf?.length === 1) return part.allOf[0];
  return typeof part.$ref === 'string' ? { $ref: part.$ref.replace(refPrefix, '#/definitions/') } : part;
}

/**
 * @param {Record<string, any>} definitions
 * @param {string[]} roots
 */
function reachable(definitions, roots) {
  const seen = new Set();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    rewriteSchema(definitions[name], (part) => {
      // `$ref` is also the name of a field (of JSONSchemaProps), but as a field it is a schema, not a string.
      if (typeof part.$ref === 'string') queue.push(part.$ref.slice('#/definitions/'.length));
      return part;
    });
  }
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => seen.has(name)));
}
