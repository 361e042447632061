import type { CheckCase } from './case.js';
import { callsCases } from './calls.js';
import { capacityCases } from './capacity.js';
import { clusterConfigCases } from './cluster-config.js';
import { clustersCases } from './clusters.js';
import { endingsCases } from './endings.js';
import { gitopsCases } from './gitops.js';
import { isolationCases } from './isolation.js';
import { nodeGroupsCases } from './node-groups.js';
import { objectsCases } from './objects.js';
import { podsCases } from './pods.js';
import { portsCases } from './ports.js';
import { referencesCases } from './references.js';
import { regionsCases } from './regions.js';
import { releasesCases } from './releases.js';
import { rolloutsCases } from './rollouts.js';
import { scalingCases } from './scaling.js';
import { spotAgreementCases } from './spot-agreement.js';

/** Every case of every check. */
export const cases: readonly CheckCase[] = [
  ...nodeGroupsCases,
  ...spotAgreementCases,
  ...capacityCases,
  ...endingsCases,
  ...scalingCases,
  ...releasesCases,
  ...portsCases,
  ...gitopsCases,
  ...referencesCases,
  ...isolationCases,
  ...objectsCases,
  ...clusterConfigCases,
  ...clustersCases,
  ...podsCases,
  ...rolloutsCases,
  ...callsCases,
  ...regionsCases,
];
