import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { Cluster } from './cluster.js';
import { ManagedProcess } from './process.js';
import { waitFor } from './wait.js';

/** One node's instance metadata service, played by Amazon's mock. */
export interface Metadata {
  /** What the handler is given as INSTANCE_METADATA_URL. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** What EC2 is about to do to this node. */
export interface SpotNotice {
  /** When the instance goes, from now, in seconds; EC2 gives 120. */
  readonly leadSeconds: number;
  /** How long the mock stays silent first, in seconds. */
  readonly delaySeconds: number;
}

const MAINTENANCE_EVENTS = '/latest/meta-data/events/maintenance/scheduled';

/**
 * Starts the mock for one node with one Spot notice, and the proxy in front of it: for maintenance events the mock says
 * 404 in its Spot mode where EC2 says `[]`, and the handler stops after four of those.
 * @param n which of the cluster's handlers it is for (0 to 7)
 */
export async function startMetadata(cluster: Cluster, n: number, notice: SpotNotice): Promise<Metadata> {
  const { site } = cluster;
  const port = site.slot.port(20 + 2 * n);
  const proxyPort = port + 1;
  const name = `ec2-metadata-mock-${n}`;
  const mock = cluster.adopt(
    new ManagedProcess({
      name,
      command: site.file('ec2-metadata-mock'),
      logFile: site.logFile(name),
      // The time is fixed: the mock's default moves with each request, and the handler would see a new event each time.
      args: [
        'spot',
        '--hostname=127.0.0.1',
        `--port=${port}`,
        `--mock-delay-sec=${notice.delaySeconds}`,
        `--time=${interruptionTime(notice)}`,
      ],
    }),
  );
  const proxy = await listen(proxyPort, port);
  await waitFor('the metadata mock to answer', async () => {
    mock.mustRun();
    return (
      await fetch(`http://127.0.0.1:${proxyPort}/latest/meta-data/instance-id`, { headers: await token(proxyPort) })
    ).ok;
  });
  return {
    url: `http://127.0.0.1:${proxyPort}`,
    stop: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await mock.stop();
    },
  };
}

function interruptionTime({ leadSeconds, delaySeconds }: SpotNotice): string {
  return new Date(Date.now() + (leadSeconds + delaySeconds) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

async function token(port: number): Promise<Record<string, string>> {
  const answer = await fetch(`http://127.0.0.1:${port}/latest/api/token`, {
    method: 'PUT',
    headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
  });
  return { 'X-aws-ec2-metadata-token': await answer.text() };
}

function listen(port: number, mockPort: number): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.url?.startsWith(MAINTENANCE_EVENTS) === true)
      res.writeHead(200, { 'Content-Type': 'text/plain' }).end('[]');
    else forward(req, res, mockPort);
  });
  // The mock must not keep a test process alive that forgot to stop it.
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function forward(req: IncomingMessage, res: ServerResponse, port: number): void {
  const { url = '/', method = 'GET', headers } = req;
  const onward = request({ host: '127.0.0.1', port, path: url, method, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => res.writeHead(502).end());
  req.pipe(onward);
}
