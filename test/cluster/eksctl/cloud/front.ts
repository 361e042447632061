import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { queryError } from './query.js';
import type { RestAnswer, RestRequest } from './eks.js';

/** One request of an AWS SDK, by the service that its signature names. */
export interface AwsRequest extends RestRequest {
  readonly service: string;
  /** Of the query and the JSON protocol; empty for REST. */
  readonly action: string;
  readonly form: URLSearchParams;
}

/** What a stand-in says: XML of the query protocol, an answer of a REST service, or undefined: moto shall say it. */
export type StandIn = (
  request: AwsRequest,
) => Promise<string | RestAnswer | undefined> | string | RestAnswer | undefined;

/** An HTTP server before moto: AWS_ENDPOINT_URL of eksctl. It answers what moto cannot and passes on the rest. */
export class Front {
  /** "service action" of each request, in their order. */
  readonly calls: string[] = [];
  private readonly server: Server;
  private readonly remembered = new Map<string, { status: number; type: string; body: Buffer }>();

  constructor(motoPort: number, standIn: StandIn) {
    this.server = createServer((incoming, response) => {
      void this.serve(incoming, response, motoPort, standIn).catch((error: unknown) => {
        response.writeHead(400, { 'content-type': 'text/xml' });
        response.end(queryError('ValidationError', error instanceof Error ? error.message : String(error)));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(
    incoming: IncomingMessage,
    response: ServerResponse,
    motoPort: number,
    standIn: StandIn,
  ): Promise<void> {
    const body = await bytes(incoming);
    const request = understood(incoming, body);
    this.calls.push(
      `${request.service} ${request.action === '' ? `${request.method} ${incoming.url ?? ''}` : request.action}`,
    );
    const answer = await standIn(request);
    if (typeof answer === 'string') {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(answer);
    } else if (answer !== undefined) {
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.errorType !== undefined && { 'x-amzn-errortype': answer.errorType }),
      });
      response.end(JSON.stringify(answer.body));
    } else {
      const { status, type, body: passed } = await this.passOn(incoming, body, request, motoPort);
      response.writeHead(status, { 'content-type': type });
      response.end(passed);
    }
  }

  /** What is offered where does not change while moto runs, and is dear to ask for. */
  private async passOn(
    incoming: IncomingMessage,
    body: Buffer,
    { action }: AwsRequest,
    port: number,
  ): Promise<{ status: number; type: string; body: Buffer }> {
    const key =
      action === 'DescribeInstanceTypeOfferings'
        ? `${incoming.headers.authorization?.split('/')[2] ?? ''} ${body.toString()}`
        : undefined;
    const known = key === undefined ? undefined : this.remembered.get(key);
    if (known !== undefined) return known;
    const answer = await new Promise<{ status: number; type: string; body: Buffer }>((resolve, reject) => {
      const { method, url: path, headers } = incoming;
      const onward = forward({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        bytes(response).then((answered) => {
          resolve({ status: response.statusCode ?? 500, type: response.headers['content-type'] ?? '', body: answered });
        }, reject);
      });
      onward.on('error', reject);
      onward.end(body);
    });
    if (key !== undefined && answer.status === 200) this.remembered.set(key, answer);
    return answer;
  }
}

async function bytes(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function understood(incoming: IncomingMessage, body: Buffer): AwsRequest {
  const url = new URL(incoming.url ?? '/', 'http://aws');
  const { authorization = '', 'x-amz-target': target, 'content-type': type = '' } = incoming.headers;
  const form = new URLSearchParams(type.startsWith('application/x-www-form-urlencoded') ? body.toString() : '');
  return {
    service: /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? '',
    action: typeof target === 'string' ? (target.split('.').at(-1) ?? '') : (form.get('Action') ?? ''),
    form,
    method: incoming.method ?? '',
    path: url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent),
    query: url.searchParams,
    body: type.includes('json') && body.length > 0 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {},
  };
}
