/**
 * The signature formulas of DingTalk. The platform has one for each way in, alike at first sight and different in what
 * is the key and what is the message; they are kept side by side so that none is mistaken for another.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** 相差1小时以上: a robot message further than this from our clock is refused (page 消息发送与接收类型). */
export const signatureWindowMs = 3_600_000;

const hmac = (key: string, message: string) => createHmac('sha256', key).update(message, 'utf8').digest('base64');

/** Header `sign` of a robot message over HTTP. The body is not covered, only the timestamp. */
export function robotSign(timestamp: string, appSecret: string): string {
  return hmac(appSecret, `${timestamp}\n${appSecret}`);
}

/** Parameter `sign` of a custom group robot, before URL encoding; encode it exactly once. */
export function customWebhookSign(timestamp: string, secret: string): string {
  return hmac(secret, `${timestamp}\n${secret}`);
}

/** Header `x-ddpaas-signature` of a card callback: no newline, and the secret is no part of the message. */
export function cardCallbackSign(timestamp: string, apiSecret: string): string {
  return hmac(apiSecret, timestamp);
}

/** Parameter `msg_signature` of an event push. */
export function eventPushSign(parts: { token: string; timestamp: string; nonce: string; encrypt: string }): string {
  const sorted = [parts.token, parts.timestamp, parts.nonce, parts.encrypt].sort();
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

/** Whether two signatures are the same, in a time that does not depend on where they differ. */
export function isSameSignature(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export type SignatureVerdict = 'good' | 'bad' | 'stale';

/** Judges the `timestamp` and `sign` headers of a robot message; the timestamp enters the formula unchanged. */
export function judgeRobotSignature(
  headers: Readonly<Record<string, string | undefined>>,
  appSecret: string,
  now: Date,
): SignatureVerdict {
  const { timestamp, sign } = headers;
  if (!timestamp || !sign || !/^\d{1,15}$/.test(timestamp)) return 'bad';
  if (!isSameSignature(sign, robotSign(timestamp, appSecret))) return 'bad';
  return Math.abs(now.getTime() - Number(timestamp)) <= signatureWindowMs ? 'good' : 'stale';
}
