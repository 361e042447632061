import { daemonSets } from '../facts/daemonsets.js';

const nodeTerminationHandler = daemonSets.find(({ name }) => name === 'aws-node-termination-handler');
if (nodeTerminationHandler === undefined)
  throw new Error('src/facts/daemonsets.ts has no aws-node-termination-handler');

/** What one handler asks for: the number that the fit checks subtract from a Spot node, so the chart renders no other. */
export const nodeTerminationHandlerRequests: { readonly cpuMillis: number; readonly memoryMiB: number } =
  nodeTerminationHandler;
