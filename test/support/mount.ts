/** Serves a channel's routes over real HTTP with nothing but node:http, for the tests of channels. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Route, WebRequest, WebResponse } from '../../src/channels/channel';
import { Problem, problems } from '../../src/problems';

export interface Mounted {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Breaks every connection off, as somebody does who waits no longer. */
  hangUp(): void;
  close(): Promise<void>;
}

/** A `Problem` becomes its status with `{"code"}` as body, any other error a bare 500. */
export async function mountRoutes(routes: readonly Route[]): Promise<Mounted> {
  const server = createServer((incoming, outgoing) => {
    serve(routes, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hangUp: () => server.closeAllConnections(),
    close: () => closeServer(server),
  };
}

async function serve(routes: readonly Route[], incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await respond(routes, incoming).catch(refuse);
  outgoing.writeHead(response.status, { ...(response.type && { 'content-type': response.type }), ...response.headers });
  const left = await write(response, outgoing);
  response.done?.(left);
}

async function write(response: WebResponse, outgoing: ServerResponse): Promise<boolean> {
  const body = response.body instanceof Readable ? response.body : Readable.from([Buffer.from(response.body)]);
  return pipeline(body, outgoing).then(
    () => true,
    () => false,
  );
}

async function respond(routes: readonly Route[], incoming: IncomingMessage): Promise<WebResponse> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://here');
  const route = routes.find(({ method, path }) => method === incoming.method && path === pathname);
  if (!route) throw problems.notFound();
  const request: WebRequest = {
    method: route.method,
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: await readBody(incoming, route.bodyLimitBytes),
  };
  return route.handle(request);
}

async function readBody(incoming: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
  }
  if (size > limitBytes) throw problems.tooLarge(limitBytes);
  return Buffer.concat(chunks);
}

function refuse(error: unknown): WebResponse {
  if (!(error instanceof Problem)) return { status: 500, body: '' };
  return { status: error.status, type: 'application/json', body: JSON.stringify({ code: error.code }) };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
