import type { CustomResourceDefinition } from '../facts/schemas.js';
import crds from '../facts/upstream/argo-rollouts-crds.json';

/** The five CRDs of Argo Rollouts (v1.9.1, src/facts/upstream/lock.json), upstream's without their descriptions. */
export const rolloutsCrds: readonly CustomResourceDefinition[] = crds;
