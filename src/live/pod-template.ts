import { listAt, textAt } from './json.js';

/** The image of one container of a pod template. */
export function imageOf(template: unknown, container: string): string | undefined {
  return textAt(
    listAt(template, 'spec', 'containers').find((candidate) => candidate['name'] === container),
    'image',
  );
}
