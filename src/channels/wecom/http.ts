/** One HTTP call to the WeCom API: bounded in time and size, and judged by `errcode`, since errors come with HTTP 200 too. */
import { z } from 'zod';
import type { Fault } from './failures';

const answerLimitBytes = 64 * 1024;

const answerShape = z.looseObject({
  /** Absent in good answers of some older calls. */
  errcode: z.number().int().default(0),
  access_token: z.string().optional(),
  expires_in: z.number().optional(),
  media_id: z.string().optional(),
  msgid: z.string().optional(),
  invaliduser: z.string().optional(),
  unlicenseduser: z.string().optional(),
});

export type ApiAnswer = z.infer<typeof answerShape>;
export type Called = { readonly ok: true; readonly answer: ApiAnswer } | { readonly ok: false; readonly fault: Fault };

/** Objects go as JSON in raw UTF-8: WeCom refuses `\u` escapes (40033). Nothing of the call is ever logged: the URL is secret. */
export async function callHttp(url: URL, body: FormData | object | null, limitMs: number): Promise<Called> {
  try {
    const response = await fetch(url, { ...requestOf(body), redirect: 'error', signal: AbortSignal.timeout(limitMs) });
    if (response.status !== 200) {
      await response.body?.cancel();
      return fail({ kind: 'status', status: response.status });
    }
    return judge(await readBounded(response));
  } catch (error) {
    return fail(faultOf(error));
  }
}

function requestOf(body: FormData | object | null): RequestInit {
  if (body === null) return { method: 'GET' };
  if (body instanceof FormData) return { method: 'POST', body };
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The body as text, or null when it is longer than any answer of this API. */
async function readBounded(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > answerLimitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** What a body says of itself. */
export function judge(body: string | null): Called {
  const parsed = answerShape.safeParse(parseJson(body));
  if (!parsed.success) return fail({ kind: 'unreadable' });
  const { errcode } = parsed.data;
  return errcode === 0 ? { ok: true, answer: parsed.data } : fail({ kind: 'errcode', errcode });
}

function parseJson(body: string | null): unknown {
  try {
    return body === null ? null : JSON.parse(body);
  } catch {
    return null;
  }
}

const neverConnected = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function faultOf(error: unknown): Fault {
  if (property(error, 'name') === 'TimeoutError') return { kind: 'timeout' };
  return { kind: neverConnected.has(property(property(error, 'cause'), 'code')) ? 'unreachable' : 'broken' };
}

/** Errors of `fetch` may come from another realm, where `instanceof Error` says nothing. */
function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const fail = (fault: Fault): Called => ({ ok: false, fault });
