/**
 * WeCom's HTTP addresses that a smart robot meets: answers after a callback (path 101138), files that people sent (path
 * 100719), and the translation of encrypted user ids in the name of an app (path 101521). As strict as the real ones.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../src/clock';
import { Watch } from '../../support/watch';
import { checkCard, checkText } from './replies';

export interface WebOptions {
  readonly clock: Clock;
  /** Encrypted id → account, for the app whose credentials are these. */
  readonly openIds?: Readonly<Record<string, string>>;
  readonly app?: { readonly corpId: string; readonly secret: string };
}

/** What happens to the next call to an address that ends like `at`. */
export type NextFailure = { readonly at: string } & (
  | { readonly status: number }
  | { readonly errcode: number }
  /** The connection breaks before anything is done. */
  | { readonly drop: true }
  /** Everything is done, but no answer ever comes. */
  | { readonly delayed: true }
);

interface Kept {
  readonly bytes: Buffer;
  readonly disposition: string;
  readonly goodUntil: number;
}

const paddedTo = 32;

export class BotWeb {
  /** What was shown through the addresses that came with callbacks. */
  readonly posted: string[] = [];
  /** Paths that were called, in order. */
  readonly calls: string[] = [];

  private readonly watch = new Watch();
  private readonly codes = new Map<string, number>();
  private readonly files = new Map<string, Kept>();
  private readonly failures: NextFailure[] = [];
  private readonly token = randomBytes(16).toString('hex');
  private readonly server = createServer((incoming, outgoing) => {
    this.serve(incoming, outgoing).catch(() => outgoing.destroy());
  });

  constructor(private readonly options: WebOptions) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  until<T>(look: () => T | undefined | false): Promise<T> {
    return this.watch.until(look);
  }

  failNext(failure: NextFailure): void {
    this.failures.push(failure);
  }

  /** An address that takes one answer within the hour. */
  responseUrl(): string {
    const code = randomBytes(12).toString('hex');
    this.codes.set(code, this.now + 3600_000);
    return `${this.url}/cgi-bin/aibot/response?response_code=${code}`;
  }

  /** Keeps a file as a person sent it, encrypted under 32 bytes, for five minutes. */
  keepFile(bytes: Buffer, key: Buffer, disposition: string): string {
    const id = randomBytes(8).toString('hex');
    const count = paddedTo - (bytes.length % paddedTo);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const sealed = Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(count, count)), cipher.final()]);
    return this.keepSealed(id, sealed, disposition);
  }

  keepSealed(id: string, bytes: Buffer, disposition: string): string {
    this.files.set(id, { bytes, disposition, goodUntil: this.now + 300_000 });
    return `${this.url}/file/${id}?q-sign-algorithm=sha1&q-header=%2Fa `;
  }

  private get now(): number {
    return this.options.clock.now().getTime();
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://here');
    this.calls.push(url.pathname);
    const body = (await buffer(incoming)).toString();
    const index = this.failures.findIndex(({ at }) => url.pathname.endsWith(at));
    const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
    if (failure && 'drop' in failure) return void outgoing.destroy();
    if (failure && 'status' in failure) return void outgoing.writeHead(failure.status).end('<html>busy</html>');
    if (url.pathname.startsWith('/file/')) return this.giveFile(url, outgoing);
    const errcode = failure && 'errcode' in failure ? failure.errcode : null;
    const answer = errcode === null ? this.answer(url, body) : { errcode, errmsg: 'error' };
    if (failure && 'delayed' in failure) return;
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private giveFile(url: URL, outgoing: ServerResponse): void {
    const file = this.files.get(url.pathname.slice('/file/'.length));
    // The signature covers the query as it was given out.
    if (!file || url.search !== '?q-sign-algorithm=sha1&q-header=%2Fa') return void outgoing.writeHead(404).end();
    if (this.now >= file.goodUntil) return void outgoing.writeHead(403).end('<Error/>');
    const head =
      file.disposition === '' ? {} : { 'content-disposition': Buffer.from(file.disposition).toString('latin1') };
    outgoing.writeHead(200, head).end(file.bytes);
  }

  private answer(url: URL, body: string): object {
    if (url.pathname === '/cgi-bin/aibot/response') return this.takeAnswer(url.searchParams.get('response_code'), body);
    if (url.pathname === '/cgi-bin/gettoken') return this.grant(url.searchParams);
    if (url.pathname !== '/cgi-bin/batch/openuserid_to_userid') return { errcode: 40066, errmsg: 'error' };
    if (url.searchParams.get('access_token') !== this.token) return { errcode: 40014, errmsg: 'error' };
    return this.translate((JSON.parse(body) as { open_userid_list: string[] }).open_userid_list);
  }

  private takeAnswer(code: string | null, body: string): object {
    const goodUntil = code === null ? undefined : this.codes.get(code);
    if (code === null || goodUntil === undefined || this.now >= goodUntil) return { errcode: 40058, errmsg: 'error' };
    this.codes.delete(code);
    const { msgtype, markdown, template_card } = JSON.parse(body) as Record<string, unknown>;
    if (msgtype === 'template_card') this.posted.push(`［${checkCard(template_card).title}］`);
    else if (msgtype === 'markdown') this.posted.push(checkText(markdown, 20_480));
    else return { errcode: 40008, errmsg: 'error' };
    this.watch.ring();
    return { errcode: 0, errmsg: 'ok' };
  }

  private grant(query: URLSearchParams): object {
    const { app } = this.options;
    const isApp = app && query.get('corpid') === app.corpId && query.get('corpsecret') === app.secret;
    return isApp ? { errcode: 0, access_token: this.token, expires_in: 7200 } : { errcode: 40001, errmsg: 'error' };
  }

  private translate(ids: readonly string[]): object {
    if (ids.length === 0 || ids.length > 1000) return { errcode: 40035, errmsg: 'error' };
    const known = this.options.openIds ?? {};
    const pairs = ids.flatMap((id) => (known[id] ? [{ open_userid: id, userid: known[id] }] : []));
    const invalid = ids.filter((id) => !known[id]);
    return { errcode: 0, errmsg: 'ok', userid_list: pairs, invalid_open_userid_list: invalid };
  }
}

export async function startBotWeb(options: WebOptions): Promise<BotWeb> {
  const web = new BotWeb(options);
  await web.start();
  return web;
}
