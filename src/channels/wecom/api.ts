/** Calls to the WeCom API in the name of the app: keeps the access token (path 91039) and renews it when WeCom drops it early. */
import type { Clock } from '../../clock';
import type { WecomAppConfig } from '../../config';
import type { Fault } from './failures';
import { type Called, callHttp } from './http';

const renewBeforeMs = 5 * 60_000;
/** Many calls with a wrong secret get the address blocked for an hour, so a refused one is not repeated at once. */
const refusedForMs = 60_000;
/** Codes for a token that is not, or no longer, good. */
const staleToken: readonly number[] = [40001, 40014, 42001];

type Failed = { readonly ok: false; readonly fault: Fault };

interface Grant {
  readonly result: { readonly ok: true; readonly token: string } | Failed;
  readonly goodUntil: number;
}

export interface ApiOptions {
  readonly config: Pick<WecomAppConfig, 'apiUrl' | 'corpId' | 'secret'>;
  readonly clock: Clock;
  readonly callLimitMs: number;
}

export class WecomApi {
  private grant: Grant | null = null;
  private asking: Promise<Grant> | null = null;

  constructor(private readonly options: ApiOptions) {}

  /** Posts to `/cgi-bin/PATH`. */
  post(path: string, body: FormData | object, query: Readonly<Record<string, string>> = {}): Promise<Called> {
    return this.call(path, query, (url) => callHttp(url, body, this.options.callLimitMs));
  }

  /** Calls `/cgi-bin/PATH`; once more with a fresh token when the first proves stale. */
  async call<T extends { readonly ok: true }>(
    path: string,
    query: Readonly<Record<string, string>>,
    send: (url: URL) => Promise<T | Failed>,
  ): Promise<T | Failed> {
    const sendWith = async ({ result }: Grant): Promise<T | Failed> =>
      result.ok ? send(this.urlOf(path, { access_token: result.token, ...query })) : result;
    const used = await this.currentGrant();
    const first = await sendWith(used);
    if (first.ok || !used.result.ok || !isStale(first.fault)) return first;
    if (this.grant === used) this.grant = null;
    return sendWith(await this.currentGrant());
  }

  /** The token at hand, or the one that everybody is waiting for. */
  private async currentGrant(): Promise<Grant> {
    if (this.grant && this.options.clock.now().getTime() < this.grant.goodUntil) return this.grant;
    this.asking ??= this.askForGrant().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  private async askForGrant(): Promise<Grant> {
    const { config, clock, callLimitMs } = this.options;
    const url = this.urlOf('gettoken', { corpid: config.corpId, corpsecret: config.secret });
    this.grant = grantOf(await callHttp(url, null, callLimitMs), clock.now().getTime());
    return this.grant;
  }

  private urlOf(path: string, query: Readonly<Record<string, string>>): URL {
    const url = new URL(`${this.options.config.apiUrl.replace(/\/+$/, '')}/cgi-bin/${path}`);
    url.search = new URLSearchParams(query).toString();
    return url;
  }
}

function grantOf(called: Called, now: number): Grant {
  if (!called.ok) {
    const refused = called.fault.kind === 'errcode' && called.fault.errcode !== -1;
    return { result: called, goodUntil: refused ? now + refusedForMs : now };
  }
  const { access_token: token, expires_in: seconds = 0 } = called.answer;
  if (!token) return { result: { ok: false, fault: { kind: 'unreadable' } }, goodUntil: now };
  return { result: { ok: true, token }, goodUntil: now + seconds * 1000 - renewBeforeMs };
}

const isStale = (fault: Fault): boolean => fault.kind === 'errcode' && staleToken.includes(fault.errcode);
