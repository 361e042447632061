import { ManagedProcess } from '../rig/process.js';
import type { Cluster } from '../rig/cluster.js';

/** A watch over the endpoints of one Service: every state that the API server saw, not samples of it. */
export interface EndpointsWatch {
  /** Ends the watch: for each change, how many endpoints of the Service were ready, after the first that was. */
  readonly end: () => Promise<readonly number[]>;
}

/** Begins to watch a Service that has one EndpointSlice, as one of up to 100 pods has. */
export function watchEndpoints(cluster: Cluster, namespace: string, service: string): EndpointsWatch {
  const { site } = cluster;
  const name = `watch-${namespace}-${service}`;
  const watching = cluster.adopt(
    new ManagedProcess({
      name,
      command: site.file('kubectl'),
      logFile: site.logFile(name),
      args: [
        `--kubeconfig=${cluster.kubeconfig}`,
        'get',
        'endpointslices',
        `--namespace=${namespace}`,
        `--selector=kubernetes.io/service-name=${service}`,
        '--watch',
        '--output=jsonpath=ready: {.endpoints[*].conditions.ready}{"\\n"}',
      ],
    }),
  );
  return {
    end: async () => {
      watching.mustRun();
      await watching.stop();
      const counts = watching
        .log()
        .split('\n')
        .filter((line) => line.startsWith('ready: '))
        .map((line) => line.split(' ').filter((word) => word === 'true').length);
      return counts.slice(counts.findIndex((count) => count > 0));
    },
  };
}
