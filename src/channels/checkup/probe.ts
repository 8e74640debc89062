/**
 * One HTTP call of a check. Unlike the channels it keeps what the platform says in words and its clock; the address and the
 * body may carry secrets and stay out of what it returns.
 */
import type { Clock } from '../../clock';

export type Json = Readonly<Record<string, unknown>>;

export type Probe =
  | {
      readonly reached: true;
      readonly status: number;
      readonly text: string;
      /** Empty when the body is no JSON object. */
      readonly json: Json;
      /** How far our clock is ahead of the other side's; null when it does not tell the time. */
      readonly aheadMs: number | null;
    }
  /** What the network calls it, such as ECONNREFUSED. */
  | { readonly reached: false; readonly reason: string };

export type Answered = Extract<Probe, { reached: true }>;

export interface Means {
  readonly clock: Clock;
  readonly limitMs: number;
}

const shownCharacters = 64 * 1024;

/** Gets the address, or posts an object to it as JSON. */
export async function probe(
  { clock, limitMs }: Means,
  url: string,
  body: Json | null = null,
  headers: Readonly<Record<string, string>> = {},
): Promise<Probe> {
  const posted = body && { method: 'POST', body: JSON.stringify(body), headers: { ...jsonHeaders, ...headers } };
  try {
    const response = await fetch(url, { ...posted, redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    const text = (await response.text()).slice(0, shownCharacters);
    const aheadMs = aheadOf(response.headers.get('date'), clock);
    return { reached: true, status: response.status, text, json: readObject(text), aheadMs };
  } catch (error) {
    return { reached: false, reason: reasonOf(error) };
  }
}

const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json' };

function aheadOf(date: string | null, clock: Clock): number | null {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? null : clock.now().getTime() - theirs;
}

function readObject(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

/** Errors of `fetch` may come from another realm, where `instanceof Error` says nothing. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: { readonly code?: unknown } };
  if (name === 'TimeoutError') return '超时';
  return typeof cause?.code === 'string' ? cause.code : '原因不明';
}
