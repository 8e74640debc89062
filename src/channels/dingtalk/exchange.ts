/**
 * One call of the platform and what came of it. What matters to a caller is whether the platform can have acted: there
 * is no idempotency key, so a request without an answer must be told apart from one that never left.
 */

export type Json = Readonly<Record<string, unknown>>;

export type Fault =
  /** The platform said no; `code` is its own word for why. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** Something answered that is not the API: the page of a firewall, a proxy. */
  | { readonly kind: 'foreign'; readonly status: number }
  /** Nothing was sent. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** Sent, but the outcome is not known. */
  | { readonly kind: 'silent'; readonly reason: string };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (fault: Fault): Outcome<never> => ({ ok: false, fault });

export interface Request {
  /** POST unless it says otherwise. */
  readonly method?: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
  readonly timeoutMs: number;
}

const answerLimitBytes = 256 * 1024;

/** Makes the call and returns the JSON object of a success. The address may carry secrets and stays out of every fault. */
export async function post(request: Request): Promise<Outcome<Json>> {
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    return judge(response.status, parseObject(await readBounded(response)));
  } catch (error) {
    return failed(describeBreak(error));
  }
}

export function postJson(url: string, body: unknown, timeoutMs: number, headers = {}): Promise<Outcome<Json>> {
  return post(jsonRequest(url, body, timeoutMs, headers));
}

export function putJson(url: string, body: unknown, timeoutMs: number, headers = {}): Promise<Outcome<Json>> {
  return post({ ...jsonRequest(url, body, timeoutMs, headers), method: 'PUT' });
}

function jsonRequest(
  url: string,
  body: unknown,
  timeoutMs: number,
  headers: Readonly<Record<string, string>>,
): Request {
  const type = { 'content-type': 'application/json', accept: 'application/json' };
  return { url, headers: { ...type, ...headers }, body: JSON.stringify(body), timeoutMs };
}

/** The old API answers 200 with an errcode, a number or a string; the new one a status with a code. */
function judge(status: number, json: Json | null): Outcome<Json> {
  if (json?.['errcode'] !== undefined) {
    return Number(json['errcode']) === 0 ? succeeded(json) : refused(status, oldCode(json));
  }
  if (typeof json?.['code'] === 'string') return refused(status, json['code']);
  if (status >= 500 || status === 429) return refused(status, `http${status}`);
  // A blocked address gets 200 and {"status":1111,"punish":"deny"} or a web page in place of an answer.
  if (!json || json['status'] === 1111 || 'punish' in json) return failed({ kind: 'foreign', status });
  return status >= 200 && status < 300 ? succeeded(json) : refused(status, `http${status}`);
}

/**
 * errcode 88 only says that a gateway answered; the reason stands in sub_code. 310000 is every failed security setting of a
 * group robot; which one stands in errmsg alone.
 */
function oldCode(json: Json): string {
  if (String(json['errcode']) === '310000') return ['310000', ...securityReason(String(json['errmsg']))].join('.');
  const sub = json['sub_code'];
  return String(json['errcode']) === '88' && sub ? String(sub) : String(json['errcode']);
}

function securityReason(errmsg: string): readonly string[] {
  const reasons = { keywords: /keyword/i, timestamp: /timestamp/i, sign: /sign/i, ip: /whitelist/i };
  return Object.entries(reasons)
    .flatMap(([reason, words]) => (words.test(errmsg) ? [reason] : []))
    .slice(0, 1);
}

/** Codes go into the log: only what looks like one, so that no text of a message can come along. */
function refused(status: number, code: string): Outcome<never> {
  return failed({ kind: 'refused', status, code: /^[\w.-]{1,80}$/.test(code) ? code : 'unreadable' });
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > answerLimitBytes) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(body: string): Json | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

/** Errors of the phase before a connection stands: name, route, handshake. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|\w*CERT\w*|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)$/;

function describeBreak(error: unknown): Fault {
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  if (code && beforeSending.test(code)) return { kind: 'unreachable', reason: code };
  return { kind: 'silent', reason: code ?? (error instanceof Error ? error.name : 'unknown') };
}
