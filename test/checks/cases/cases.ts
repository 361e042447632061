import { capacityCases } from './capacity.js';
import type { CheckCase } from './case.js';
import { nodeGroupCases } from './node-groups.js';

/** Every case of every check. */
export const cases: readonly CheckCase[] = [...nodeGroupCases, ...capacityCases];
