/**
 * The address that comes with every robot message and takes answers to it without token or quota. It stands in an
 * unsigned body, so it is only ever called when it points to the platform itself.
 */
import type { ReplyVia } from '../channel';

/** The address expires 90 minutes after the message; we stop using it this long before. */
const marginMs = 60_000;
const lastInstantMs = 8.64e15;

/** Whether answers may be posted to this address: a robot page on the host of the old API, over https. */
export function isSessionWebhook(address: string, oapiUrl: string): boolean {
  const platform = new URL(oapiUrl);
  const target = URL.canParse(address) ? new URL(address) : null;
  if (!target || target.username || target.password) return false;
  // Plain http only where the platform address itself is plain, which no real one is.
  const secure = target.protocol === 'https:' || target.protocol === platform.protocol;
  return secure && target.host === platform.host && target.pathname.startsWith('/robot/');
}

/** The way back that a message carries, or null when it carries none that may be used. */
export function replyViaOf(
  address: string | undefined,
  expiresAtMs: number | undefined,
  oapiUrl: string,
): ReplyVia | null {
  if (!address || !expiresAtMs || !isSessionWebhook(address, oapiUrl)) return null;
  if (expiresAtMs <= marginMs || expiresAtMs > lastInstantMs) return null;
  return { handle: address, expiresAt: new Date(expiresAtMs - marginMs).toISOString() };
}

export function isUsable(via: ReplyVia, oapiUrl: string, now: Date): boolean {
  return Date.parse(via.expiresAt) > now.getTime() && isSessionWebhook(via.handle, oapiUrl);
}
