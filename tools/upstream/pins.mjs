/**
 * The upstream releases that everything under src/facts/upstream and imports/ is made from.
 * Each is a Go module: the module proxy serves them unchangeably and the checksum database vouches for the hash.
 *
 * @typedef {{ module: string, version: string }} Pin
 */

/** @type {Pin} */
export const argoRollouts = { module: 'github.com/argoproj/argo-rollouts', version: 'v1.9.1' };

/** @type {Pin} */
export const argoCd = { module: 'github.com/argoproj/argo-cd/v3', version: 'v3.5.3' };

/** @type {Pin} */
export const eksctl = { module: 'github.com/weaveworks/eksctl', version: 'v0.230.0' };

/**
 * One release of each minor that we support; a test compares the minors with supportedKubernetesVersions.
 * A list, not an object: as a key without quotes, which the formatter prefers, 1.40 would turn into 1.4.
 *
 * @type {(Pin & {minor: string})[]}
 */
export const kubernetes = [
  { minor: '1.33', module: 'k8s.io/kubernetes', version: 'v1.33.13' },
  { minor: '1.34', module: 'k8s.io/kubernetes', version: 'v1.34.4' },
  { minor: '1.35', module: 'k8s.io/kubernetes', version: 'v1.35.4' },
];
