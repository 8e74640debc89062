import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { Registry } from 'prom-client';
import type { Route, WebRequest, WebResponse } from '../../src/channels/channel';
import { createLog } from '../../src/log';
import { problems } from '../../src/problems';
import { createWebServer, type WebLimits, type WebServer } from '../../src/web/server';

const servers: WebServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

interface Serving {
  readonly url: string;
  readonly server: WebServer;
  readonly lines: string[];
}

async function serve(routes: readonly Route[], ready = async () => true, limits?: WebLimits): Promise<Serving> {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const server = createWebServer({ routes, health: { ready }, metrics: new Registry(), log, limits });
  servers.push(server);
  const { port } = await server.start(0, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}`, server, lines };
}

function route(method: 'GET' | 'POST', path: string, handle: (request: WebRequest) => Promise<WebResponse>): Route {
  return { method, path, bodyLimitBytes: 1_000, handle };
}

const answering = (response: WebResponse): Route => route('GET', '/here', async () => response);
const failing = (error: unknown): Route => route('GET', '/here', () => Promise.reject(error));

/** A promise with its own resolver, to hold a request at work. */
function gate<T = void>() {
  let open: (value: T) => void = () => {};
  const passed = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe('a route', () => {
  it('gets method, path, query, headers in lower case, and the body byte by byte', async () => {
    const seen = gate<WebRequest>();
    const echo = route('POST', '/callback/:name', async (request) => {
      seen.open(request);
      return { status: 200, body: '' };
    });
    const { url } = await serve([echo]);
    const body = Buffer.from([0, 255, 10, 13]);
    await fetch(`${url}/callback/app?a=1%2B1&b=`, { method: 'POST', body, headers: { 'X-Sign': 'S' } });
    const request = await seen.passed;
    expect(request).toMatchObject({ method: 'POST', path: '/callback/app', headers: { 'x-sign': 'S' } });
    expect([...request.query]).toEqual([
      ['a', '1+1'],
      ['b', ''],
    ]);
    expect(request.body).toEqual(body);
  });

  it.each<[string, WebResponse, number, string | null, string]>([
    ['an empty answer', { status: 200, body: '' }, 200, 'text/plain; charset=utf-8', ''],
    ['text that looks like markup', { status: 200, body: '<xml/>' }, 200, 'text/plain; charset=utf-8', '<xml/>'],
    ['a type of its own', { status: 201, type: 'application/xml', body: '<a/>' }, 201, 'application/xml', '<a/>'],
    ['bytes', { status: 200, body: Buffer.from('报') }, 200, 'application/octet-stream', '报'],
    ['a stream', { status: 200, type: 'text/csv', body: Readable.from(['a,', 'b']) }, 200, 'text/csv', 'a,b'],
  ])('answers with %s', async (_label, response, status, type, body) => {
    const { url } = await serve([answering(response)]);
    const answer = await fetch(`${url}/here`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    expect(await answer.text()).toBe(body);
  });

  it('may set headers, its own rule for caches included', async () => {
    const headers = { 'cache-control': 'max-age=60', 'content-disposition': 'attachment' };
    const { url } = await serve([answering({ status: 200, headers, body: 'x' })]);
    const answer = await fetch(`${url}/here`);
    expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
  });

  it('answers HEAD like GET, without the body', async () => {
    const { url } = await serve([answering({ status: 200, body: 'four' })]);
    const answer = await fetch(`${url}/here`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '4', '']);
  });
});

describe('every response', () => {
  it.each([
    ['a page', '/here'],
    ['an address that is not there', '/nowhere'],
    ['health', '/healthz'],
  ])('forbids sniffing and storing, and does not say what made it: %s', async (_label, path) => {
    const { url } = await serve([answering({ status: 200, body: 'x' })]);
    const { headers } = await fetch(url + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('a request that cannot be served', () => {
  it.each([
    ['refused by the route', failing(problems.badSignature()), 'GET', 401, '{"code":"request.signature"}'],
    [
      'for an address that is not there',
      answering({ status: 200, body: '' }),
      'GET /x',
      404,
      '{"code":"request.not_found"}',
    ],
    ['that meets a fault', failing(new Error('secret')), 'GET', 500, '{"code":"server.fault"}'],
    ['that meets something odd', failing('secret'), 'GET', 500, '{"code":"server.fault"}'],
  ])('%s gets its status and code', async (_label, served, asked, status, body) => {
    const { url } = await serve([served]);
    const [method, path = '/here'] = asked.split(' ');
    const answer = await fetch(url + path, { method });
    expect([answer.status, await answer.text()]).toEqual([status, body]);
  });

  it('is told which methods an address takes', async () => {
    const { url } = await serve([answering({ status: 200, body: 'x' })]);
    const answer = await fetch(`${url}/here`, { method: 'POST', body: 'x' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'HEAD, GET']);
  });

  it.each([
    ['that says its length', () => 'x'.repeat(1_001)],
    ['of unknown length', () => Readable.toWeb(Readable.from([Buffer.alloc(600), Buffer.alloc(600)]))],
  ])('is refused with a body over the limit %s', async (_label, body) => {
    const { url } = await serve([route('POST', '/here', async () => ({ status: 200, body: '' }))]);
    // Node's fetch wants `duplex` for a streamed body; its types do not know it yet.
    const init = { method: 'POST', body: body(), duplex: 'half' } as RequestInit;
    const answer = await fetch(`${url}/here`, init);
    expect([answer.status, await answer.json()]).toEqual([413, { code: 'request.too_large' }]);
  });

  it('takes a body of just the limit', async () => {
    const { url } = await serve([
      route('POST', '/here', async ({ body }) => ({ status: 200, body: `${body.length}` })),
    ]);
    const answer = await fetch(`${url}/here`, { method: 'POST', body: 'x'.repeat(1_000) });
    expect(await answer.text()).toBe('1000');
  });

  it('is given up when its body does not arrive', async () => {
    const limits = { requestMs: 100, stopMs: 5_000 };
    const slow = route('POST', '/here', async () => ({ status: 200, body: 'never' }));
    const { url } = await serve([slow], undefined, limits);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /here HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 408 /);
    await once(socket, 'close');
  });
});

describe('a fault in the log', () => {
  it('says where it happened and nothing that a person wrote', async () => {
    const cause = Object.assign(new Error("Duplicate entry '13800138000'"), { code: 'ER_DUP_ENTRY' });
    const error = new TypeError('光山 企业27', { cause });
    const { url, lines } = await serve([route('GET', '/here/:who', () => Promise.reject(error))]);
    await fetch(`${url}/here/zhangsan?text=企业27`);
    const entry = JSON.parse(lines.at(-1) ?? '{}');
    expect(entry).toMatchObject({ level: 50, method: 'GET', route: '/here/:who' });
    expect(entry.fault).toMatchObject({ type: 'TypeError', cause: { code: 'ER_DUP_ENTRY' } });
    expect(entry.fault.at[0]).toContain('server.test.ts');
    expect(lines.join()).not.toMatch(/13800138000|企业27|zhangsan/);
  });

  it('is not made of a refusal', async () => {
    const { url, lines } = await serve([failing(problems.stale())]);
    await fetch(`${url}/here`);
    expect(lines).toEqual([]);
  });
});

describe('a route that wants to know', () => {
  it.each<[string, WebResponse['body']]>([
    ['text', 'ok'],
    ['a stream', Readable.from(['a', 'b'])],
  ])('hears that %s has left', async (_label, body) => {
    const heard = gate<boolean>();
    const { url } = await serve([answering({ status: 200, body, done: heard.open })]);
    await (await fetch(`${url}/here`)).text();
    expect(await heard.passed).toBe(true);
  });

  it('hears that the client went away in the middle, and the stream is let go', async () => {
    const heard = gate<boolean>();
    const body = new PassThrough();
    body.write('first');
    const { url } = await serve([answering({ status: 200, body, done: heard.open })]);
    const leaving = new AbortController();
    const answer = await fetch(`${url}/here`, { signal: leaving.signal });
    leaving.abort();
    await expect(answer.text()).rejects.toThrow('aborted');
    expect(await heard.passed).toBe(false);
    expect(body.destroyed).toBe(true);
  });

  it('hears that the client went away before there was an answer', async () => {
    const [heard, entered, left] = [gate<boolean>(), gate(), gate()];
    const late = route('GET', '/here', async () => {
      entered.open();
      await left.passed;
      return { status: 200, body: 'too late', done: heard.open };
    });
    const { url } = await serve([late]);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /here HTTP/1.1\r\nHost: x\r\n\r\n');
    await entered.passed;
    socket.resetAndDestroy();
    // The server has met the reset once a later connection has been served.
    await fetch(`${url}/healthz`);
    left.open();
    expect(await heard.passed).toBe(false);
  });
});

describe('those who run the service', () => {
  it.each([
    ['that it is alive', '/healthz', 200, async () => false],
    ['that it can serve', '/readyz', 200, async () => true],
    ['that it cannot serve', '/readyz', 503, async () => false],
    ['that it cannot serve when asking fails', '/readyz', 503, () => Promise.reject(new Error('no database'))],
  ])('are told %s', async (_label, path, status, ready) => {
    const { url } = await serve([], ready);
    expect((await fetch(url + path)).status).toBe(status);
  });

  it('can count requests by route and status, with no address that a visitor made up', async () => {
    const { url } = await serve([failing(problems.stale())]);
    await fetch(`${url}/here?x=1`);
    await fetch(`${url}/made-up`);
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('baosong_http_request_seconds_count{method="GET",route="/here",status="401"} 1');
    expect(text).toContain('baosong_http_request_seconds_count{method="GET",route="none",status="404"} 1');
    expect(text).not.toContain('made-up');
  });
});

describe('starting', () => {
  it('fails plainly when the port is taken', async () => {
    const { url } = await serve([]);
    const second = createWebServer({
      routes: [],
      health: { ready: async () => true },
      metrics: new Registry(),
      log: createLog('silent'),
    });
    await expect(second.start(Number(new URL(url).port), '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('stopping', () => {
  it('lets a request at work finish and takes no new one', async () => {
    const [entered, release] = [gate(), gate()];
    const slow = route('GET', '/here', async () => {
      entered.open();
      await release.passed;
      return { status: 200, body: 'finished' };
    });
    const { url, server } = await serve([slow]);
    const answer = fetch(`${url}/here`);
    await entered.passed;
    const stopped = server.stop();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    release.open();
    expect(await (await answer).text()).toBe('finished');
    await stopped;
  });

  it('ends event streams, which would stay open for ever', async () => {
    const heard = gate<boolean>();
    const body = new PassThrough();
    body.write('data: 1\n\n');
    const { url, server } = await serve([
      answering({ status: 200, type: 'text/event-stream', body, done: heard.open }),
    ]);
    const answer = await fetch(`${url}/here`);
    await server.stop();
    expect(await answer.text()).toBe('data: 1\n\n');
    expect(await heard.passed).toBe(true);
  });

  it('does not wait for connections that ask nothing', async () => {
    const { url, server } = await serve([]);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    await server.stop();
    await closed;
  });

  it('cuts a request that never ends when the patience is over', async () => {
    const [heard, entered] = [gate<boolean>(), gate()];
    const body = new PassThrough();
    const endless = route('GET', '/here', async () => {
      entered.open();
      return { status: 200, type: 'text/csv', body, done: heard.open };
    });
    const { url, server } = await serve([endless], undefined, { requestMs: 1_000, stopMs: 50 });
    const answer = await fetch(`${url}/here`);
    await entered.passed;
    await server.stop();
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(await heard.passed).toBe(false);
  });
});
