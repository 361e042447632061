import Ajv, { type ValidateFunction } from 'ajv';
import { argoprojSchema, kubernetesSchema } from '../../src/facts/schemas.js';
import type { KubernetesVersion } from '../../src/facts/versions.js';
import type { KubeObject } from '../../src/model/kube-object.js';

/** Says what is wrong with an object by the OpenAPI of a Kubernetes minor and the CRDs' schemas; unknown fields included. */
export type ObjectJudge = (object: KubeObject) => readonly string[];

/** A judge that compiles a kind's schema when the first object of that kind comes. */
export async function objectJudge(kubernetes: KubernetesVersion): Promise<ObjectJudge> {
  const schemas = [await kubernetesSchema(kubernetes), await argoprojSchema()];
  // The schemas are made by our own script: checking and optimising them again takes most of the time.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (reference: string, definitions: object): ValidateFunction => {
    const known = compiled.get(reference);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref: reference, definitions });
    compiled.set(reference, made);
    return made;
  };
  const faults = (validate: ValidateFunction, value: unknown, name: string): string[] =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(
          (error) => `${name}${error.instancePath}: ${error.message ?? ''} ${JSON.stringify(error.params)}`,
        );

  return (object) => {
    const name = `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    // A Kustomization is read by kustomize on a person's machine and by Argo CD, never by the API server.
    if (object.kind === 'Kustomization') return [];
    const schema = schemas.find(({ kinds }) => kinds[`${object.apiVersion}/${object.kind}`] !== undefined);
    const reference = schema?.kinds[`${object.apiVersion}/${object.kind}`];
    if (schema === undefined || reference === undefined)
      return [`${name}: no schema for ${object.apiVersion}/${object.kind}`];
    const found = faults(validatorOf(reference, schema.definitions), object, name);
    const template = object.kind === 'Rollout' ? (object['spec'] as { template?: unknown }).template : undefined;
    if (template === undefined) return found;
    // The Rollout CRD admits pod fields of any Kubernetes version and does not look into volumes: hold the template by itself.
    const kubernetesSchemas = schemas[0];
    const podTemplate = validatorOf(
      '#/definitions/io.k8s.api.core.v1.PodTemplateSpec',
      kubernetesSchemas?.definitions ?? {},
    );
    return [...found, ...faults(podTemplate, template, `${name}/spec/template`)];
  };
}
