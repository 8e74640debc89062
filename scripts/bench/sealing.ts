/**
 * WeCom's side of the sealed envelope (developer.work.weixin.qq.com, path 90968), so that the load seals what the product
 * opens, and the floor opens it with nothing but Node.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface Keys {
  readonly corpId: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

export const benchKeys: Keys & { readonly agentId: number } = {
  corpId: 'wwbench',
  agentId: 1000002,
  token: 'tokenOfTheBench',
  encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws',
};

export function sign(token: string, ...parts: readonly string[]): string {
  return createHash('sha1')
    .update([token, ...parts].sort().join(''))
    .digest('hex');
}

export function seal({ encodingAesKey, corpId }: Keys, message: string): string {
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const frame = Buffer.concat([randomBytes(16), length, text, Buffer.from(corpId)]);
  const padding = 32 - (frame.length % 32);
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([frame, Buffer.alloc(padding, padding)]);
  return cipher.update(padded, undefined, 'base64') + cipher.final('base64');
}

export function open({ encodingAesKey }: Keys, sealed: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const frame = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  return frame.toString('utf8', 20, 20 + frame.readUInt32BE(16));
}
