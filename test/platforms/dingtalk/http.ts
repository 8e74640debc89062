/** The HTTP side of the double: requests as plain values, answers that can be broken off or withheld. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** `drop` breaks the connection after the request was read; `hang` never answers. */
export type Handling = Reply | 'drop' | 'hang';

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const refuse = (status: number, code: string): Reply => ({
  status,
  body: { code, message: 'refused by the double', requestid: 'F0000000-0000-0000-0000-000000000000' },
});
export const oldError = (errcode: number, errmsg: string): Reply => ok({ errcode, errmsg });

export async function serve(
  handle: (call: Call) => Promise<Handling>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    read(incoming)
      .then(handle)
      .then((handling) => write(handling, outgoing))
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A test that fails before it can close the double must not keep the run from ending.
  server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

async function read(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://double');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { method: incoming.method ?? '', path: pathname, query: searchParams, headers, body: Buffer.concat(chunks) };
}

function write(handling: Handling, outgoing: ServerResponse): void {
  if (handling === 'hang') return;
  if (handling === 'drop') {
    outgoing.destroy();
    return;
  }
  const { status, body } = handling;
  if (body instanceof Buffer)
    return void outgoing.writeHead(status, { 'content-type': 'application/octet-stream' }).end(body);
  const page = typeof body === 'string';
  outgoing.writeHead(status, { 'content-type': page ? 'text/html' : 'application/json' });
  outgoing.end(page ? body : JSON.stringify(body));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** The JSON object of a request, or null when it is none or is not declared as JSON. */
export function jsonOf(call: Call): Record<string, unknown> | null {
  if (!call.headers['content-type']?.startsWith('application/json')) return null;
  try {
    const value: unknown = JSON.parse(call.body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
