/** The reply that travels back in the HTTP response: free, immediate, counted against no quota (path 90241). */
import { randomBytes } from 'node:crypto';
import type { Content } from '../content';
import { type SealKeys, sealMessage } from './crypto';
import { appText } from './words';
import { writeXml } from './xml';

/** Of a text and of markdown, pushed or not: longer ones are cut by WeCom without a word (paths 90236 and 90241). */
export const textLimitBytes = 2048;

/** The sealed body of the response, or null when this content does not fit into one: files, or too long a text. */
export function passiveReply(keys: SealKeys, content: Content, userId: string, now: Date): string | null {
  const text = appText(content);
  const hasFiles = content.blocks.some(({ kind }) => kind === 'image' || kind === 'file');
  if (hasFiles || text === '' || Buffer.byteLength(text) > textLimitBytes) return null;
  const seconds = Math.floor(now.getTime() / 1000);
  const reply = writeXml({
    ToUserName: userId,
    FromUserName: keys.receiveId,
    CreateTime: seconds,
    MsgType: 'text',
    Content: text,
  });
  const sealed = sealMessage(keys, reply, String(seconds), randomBytes(8).toString('hex'));
  return writeXml({
    Encrypt: sealed.encrypt,
    MsgSignature: sealed.signature,
    TimeStamp: seconds,
    Nonce: sealed.nonce,
  });
}
