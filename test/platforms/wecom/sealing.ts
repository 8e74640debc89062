/**
 * WeCom's side of the encryption, written from the protocol alone and sharing nothing with the product, so that a
 * mistake in one shows against the other.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface Sealing {
  readonly token: string;
  readonly encodingAesKey: string;
}

export function sign(token: string, ...parts: string[]): string {
  const sorted = [token, ...parts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

/** Seals bytes as they are; a frame of the caller's own making tests what the bot does with nonsense. */
export function sealFrame(encodingAesKey: string, frame: Buffer): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  return cipher.update(frame, undefined, 'base64') + cipher.final('base64');
}

export function seal(encodingAesKey: string, message: string, receiveId: string): string {
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const frame = Buffer.concat([randomBytes(16), length, text, Buffer.from(receiveId)]);
  const padding = 32 - (frame.length % 32);
  return sealFrame(encodingAesKey, Buffer.concat([frame, Buffer.alloc(padding, padding)]));
}

/** Throws on anything that WeCom would not accept as a reply. */
export function unseal(encodingAesKey: string, sealed: string): { message: string; receiveId: string } {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  decipher.setAutoPadding(false);
  const frame = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const padding = frame[frame.length - 1] ?? 0;
  const body = frame.subarray(0, frame.length - padding);
  if (frame.length % 32 !== 0 || padding < 1 || padding > 32) throw new Error('the reply is not padded to 32 bytes');
  const end = 20 + body.readUInt32BE(16);
  if (end > body.length) throw new Error('the length of the reply is wrong');
  return { message: body.toString('utf8', 20, end), receiveId: body.toString('utf8', end) };
}
