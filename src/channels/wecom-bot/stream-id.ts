/**
 * The id of an answer's stream. It carries the key of the message, so that any copy of the bot that WeCom asks for more
 * knows what is asked for.
 */
import { createHash } from 'node:crypto';

/** Ids of cards are made from it, which may have 128 bytes of letters, digits, `_` and `-` (path 101032). */
const longest = 100;

/** One answer has one id, however often its message is delivered. */
export function streamIdOf(key: string): string {
  const id = Buffer.from(key).toString('base64url');
  // No key of this length has been seen; only the copy that took it in can go on with its answer.
  return id.length <= longest ? id : createHash('sha256').update(key).digest('hex');
}

export const keyOf = (streamId: string): string => Buffer.from(streamId, 'base64url').toString();
