import { k8s } from 'cdk8s-plus-27';
import type { CountOrShare } from '../../src/model/resolved.js';

/** A number of pods, or a percentage of them: `2`, `25%`. */
export function intOrString(amount: CountOrShare): k8s.IntOrString {
  return 'count' in amount
    ? k8s.IntOrString.fromNumber(amount.count)
    : k8s.IntOrString.fromString(`${amount.percent}%`);
}
