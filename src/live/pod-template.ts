import { listAt, textAt, valueAt } from './json.js';

/** The image of one container of the pods that an object makes; a CronJob's pods are its Jobs'. */
export function imageOf(workload: unknown, container: string): string | undefined {
  const maker = valueAt(workload, 'spec', 'jobTemplate') ?? workload;
  const containers = listAt(maker, 'spec', 'template', 'spec', 'containers');
  return textAt(
    containers.find(({ name }) => name === container),
    'image',
  );
}
