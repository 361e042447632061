import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';

import type { Pki } from '../../rig/pki.js';

/** An HTTPS server on a port of loopback that was chosen before: it answers from `open` on. */
export class HttpsPort {
  readonly url: string;
  private readonly port: number;
  private readonly server;
  private opened: Promise<void> | undefined;

  constructor(port: number, pki: Pki, answer: (request: IncomingMessage, response: ServerResponse) => void) {
    this.port = port;
    this.url = `https://127.0.0.1:${port}`;
    this.server = createServer(
      { cert: readFileSync(pki.apiserver.cert), key: readFileSync(pki.apiserver.key) },
      answer,
    );
  }

  open(): Promise<void> {
    this.opened ??= new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', resolve);
    });
    return this.opened;
  }

  async close(): Promise<void> {
    if (this.opened === undefined) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The cluster's OIDC issuer, of which eksctl reads nothing but the certificate. */
export function oidcIssuer(_: IncomingMessage, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json').end('{}');
}

/**
 * The API server that eksctl waits for: it has as many ready nodes as are asked for. It must not listen before the nodes: eksctl then
 * takes the control plane for one that it cannot reach and goes on, instead of asking for the version six times with 20 s between
 * (WaitForControlPlane in pkg/eks/client.go).
 */
export function apiServer({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, 'https://api');
  response.setHeader('content-type', 'application/json');
  if (pathname !== '/api/v1/nodes') {
    response.statusCode = 404;
    response.end('{}');
    return;
  }
  const nodes = readyNodes();
  if (searchParams.get('watch') === null) {
    response.end(JSON.stringify({ kind: 'NodeList', apiVersion: 'v1', metadata: {}, items: nodes }));
    return;
  }
  // A watch stays open; the client ends it.
  for (const object of nodes) response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
}

/** More than any group of ours asks for at the start. */
function readyNodes(): object[] {
  return Array.from({ length: 10 }, (_, index) => ({
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name: `node-${index}` },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }));
}
