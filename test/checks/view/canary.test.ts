import { expect, test } from '@jest/globals';
import { canaryPods } from '../../../src/checks/view/canary.js';

/** Replicas, share and surge, and the pods of argo-rollouts v1.9.1: its own function, run over all replicas to 40, shares and surges to 2, gave the same 12,423 answers. */
test.each([
  { replicas: 10, weight: 10, surge: 1, canary: 1, stable: 9 },
  { replicas: 1, weight: 5, surge: 1, canary: 1, stable: 1 },
  { replicas: 1, weight: 95, surge: 1, canary: 1, stable: 1 },
  { replicas: 3, weight: 10, surge: 1, canary: 1, stable: 3 },
  { replicas: 3, weight: 10, surge: 0, canary: 1, stable: 2 },
  { replicas: 1, weight: 10, surge: 0, canary: 0, stable: 1 },
  { replicas: 10, weight: 0, surge: 1, canary: 0, stable: 10 },
  { replicas: 10, weight: 100, surge: 1, canary: 10, stable: 0 },
  { replicas: 0, weight: 50, surge: 1, canary: 0, stable: 0 },
  { replicas: 2, weight: 50, surge: 0, canary: 1, stable: 1 },
])(
  '$weight% of $replicas with surge $surge is $canary beside $stable',
  ({ replicas, weight, surge, canary, stable }) => {
    expect(canaryPods(replicas, weight, surge)).toEqual({ canary, stable });
  },
);
