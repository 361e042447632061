import { z } from 'zod';
import { supportedKubernetesVersions } from '../../../facts/versions.js';
import { appSpec } from '../app.js';
import { clusterSpec } from '../cluster.js';
import { nullable, partial, type JsonSchema } from './partial.js';
import { shared } from './share.js';

const draft = 'http://json-schema.org/draft-07/schema#';

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The description with the default and the reason for it, so that an editor shows all three. */
function folded(description: string, standing: string | undefined, why: string | undefined): string {
  if (standing === undefined || standing === '') return why === undefined ? description : `${description} Why: ${why}.`;
  const reason = why === undefined ? '' : ` (${why})`;
  return `${description} Default: ${standing}${reason}.`;
}

/** Moves our own keywords into the description, which every editor shows, and drops bounds that are JavaScript's and not ours. */
function forEditors({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Record<string, unknown> }): void {
  // zod shows an optional field twice: its schema, and the same again as optional.
  if (zodSchema instanceof z.ZodOptional) return;
  const { description, 'x-default': inWords, 'x-why': why } = jsonSchema;
  if (typeof description === 'string') {
    const standing =
      typeof inWords === 'string' ? inWords : 'default' in jsonSchema ? shown(jsonSchema['default']) : undefined;
    jsonSchema['description'] = folded(description, standing, typeof why === 'string' ? why : undefined);
  }
  delete jsonSchema['x-default'];
  delete jsonSchema['x-why'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
}

function converted(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override: forEditors,
  });
  return json as JsonSchema;
}

/** JSON Schema of clusters/*.yaml, for editors. Draft-07: what yaml-language-server completes best. */
export function clusterJsonSchema(): JsonSchema {
  const cluster = converted(clusterSpec);
  const { pattern: _, ...version } = cluster.properties?.['kubernetesVersion'] ?? {};
  // Parsing takes any minor, and rendering says which it has; an editor can offer those at once.
  const properties = {
    ...cluster.properties,
    kubernetesVersion: { ...version, enum: [...supportedKubernetesVersions] },
  };
  return shared({
    $schema: draft,
    title: 'Spillway cluster',
    ...nullable({ ...cluster, properties }, 'values'),
  });
}

/**
 * JSON Schema of apps/*.yaml: the app's fields and, under `clusters`, what differs on each. Only `name` is required of the
 * file itself, since any other field may come from the overrides.
 */
export function appJsonSchema(): JsonSchema {
  const app = converted(appSpec);
  const { name: _name, kind: _kind, delivery: _delivery, ...overridable } = app.properties ?? {};
  const override = partial({ ...app, properties: overridable });
  return shared({
    $schema: draft,
    title: 'Spillway app',
    ...nullable(app, 'values'),
    properties: {
      ...nullable(app, 'values').properties,
      clusters: {
        description:
          'The clusters that the app is on, each with what differs there: maps merge, lists and scalars replace, null removes.',
        type: ['object', 'null'],
        additionalProperties: { anyOf: [{ $ref: '#/definitions/override' }, { type: 'null' }] },
        examples: [{ prod: {}, staging: { scale: { min: 1, max: 4 } } }],
      },
    },
    required: ['name'],
    definitions: { override: { description: 'What differs on this cluster.', ...override } },
  });
}
