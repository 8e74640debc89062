/**
 * The address that comes with a callback and takes one more answer, in plain JSON, within an hour (path 101138). It comes
 * from outside, so it is only ever called where the platform itself is.
 */
import { inShanghai } from '../../clock';
import type { ReplyVia } from '../channel';
import { callHttp } from '../wecom/http';
import type { BotFault } from './failures';
import type { Json } from './render';

const goodForMinutes = 59;

export function isResponseUrl(address: string, apiUrl: string): boolean {
  const platform = new URL(apiUrl);
  const target = URL.canParse(address) ? new URL(address) : null;
  if (!target || target.username || target.password) return false;
  // Plain http only where the platform address itself is plain, which no real one is.
  const isSecure = target.protocol === 'https:' || target.protocol === platform.protocol;
  return isSecure && target.host === platform.host && target.pathname === '/cgi-bin/aibot/response';
}

/** The way back that a callback carries, or null when it carries none that may be used. */
export function replyViaOf(address: string | null, apiUrl: string, now: Date): ReplyVia | null {
  if (!address || !isResponseUrl(address, apiUrl)) return null;
  return { handle: address, expiresAt: inShanghai(now).plus({ minutes: goodForMinutes }).toJSDate().toISOString() };
}

export function isUsable(via: ReplyVia | null, apiUrl: string, now: Date): via is ReplyVia {
  return via !== null && Date.parse(via.expiresAt) > now.getTime() && isResponseUrl(via.handle, apiUrl);
}

/** Posts an answer; null when WeCom took it. */
export async function postAnswer(via: ReplyVia, body: Json, limitMs: number): Promise<BotFault | null> {
  const called = await callHttp(new URL(via.handle), body, limitMs);
  return called.ok ? null : called.fault;
}
