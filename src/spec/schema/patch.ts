import { z } from 'zod';
import { field } from './field.js';

export const patch = z.strictObject({
  target: field(
    z.strictObject({
      kind: field(z.string().min(1), { description: 'Kind of the rendered object.' }),
      name: field(z.string().min(1), {
        description: 'Its name.',
        defaultText: 'the only one of that kind',
        why: 'most kinds are there once',
      }).optional(),
    }),
    { description: 'The object of this app that is changed.' },
  ),
  merge: field(z.record(z.string(), z.unknown()), {
    description: 'JSON merge patch (RFC 7396): maps merge, lists replace, null removes.',
  }).optional(),
  json: field(
    z.array(
      z.strictObject({
        op: z.enum(['add', 'remove', 'replace', 'test', 'move', 'copy']),
        path: z.string().regex(/^(\/.*)?$/, 'a JSON pointer such as /spec/replicas'),
        from: z.string().optional(),
        value: z.unknown().optional(),
      }),
    ),
    { description: 'JSON patch (RFC 6902).' },
  ).optional(),
});
