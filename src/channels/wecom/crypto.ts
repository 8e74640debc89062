/**
 * The sealed envelope of WeCom callbacks and of the replies to them (developer.work.weixin.qq.com, path 90968 加解密方案).
 * @wecom/crypto signs and seals; opening is done here, since its `decrypt` compares no signature and no receive id, clamps
 * a wrong length and leaves wrong padding in place.
 */
import { createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import { getSignature, encrypt as sealBytes } from '@wecom/crypto';

export interface SealKeys {
  readonly token: string;
  readonly encodingAesKey: string;
  /** The corp id for a self-built app, empty for a smart robot. */
  readonly receiveId: string;
}

export interface Envelope {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
}

export type Opened =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly reason: 'signature' | 'sealed' | 'receiver' };

const blockBytes = 32;
const randomPrefixBytes = 16;
const headBytes = randomPrefixBytes + 4;
const base64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Compares the signature, decrypts, checks every byte of the frame, and only then compares the receiver. */
export function openEnvelope(keys: SealKeys, envelope: Envelope): Opened {
  if (!isSigned(keys.token, envelope)) return { ok: false, reason: 'signature' };
  const frame = decrypt(keys.encodingAesKey, envelope.encrypt);
  const opened = frame && unframe(frame);
  if (!opened) return { ok: false, reason: 'sealed' };
  return opened.receiveId === keys.receiveId
    ? { ok: true, message: opened.message }
    : { ok: false, reason: 'receiver' };
}

/** Seals and signs a message under the given timestamp (seconds) and nonce. */
export function sealMessage(keys: SealKeys, message: string, timestamp: string, nonce: string): Envelope {
  const encrypt = sealBytes(keys.encodingAesKey, message, keys.receiveId, randomBytes(randomPrefixBytes));
  return { signature: getSignature(keys.token, timestamp, nonce, encrypt), timestamp, nonce, encrypt };
}

function isSigned(token: string, { signature, timestamp, nonce, encrypt }: Envelope): boolean {
  const given = Buffer.from(signature);
  const expected = Buffer.from(getSignature(token, timestamp, nonce, encrypt));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The frame without its padding, or null. Node's own unpadding stops at 16 bytes where WeCom pads up to 32. */
function decrypt(encodingAesKey: string, encrypt: string): Buffer | null {
  if (!base64.test(encrypt)) return null;
  return openBytes(Buffer.from(`${encodingAesKey}=`, 'base64'), Buffer.from(encrypt, 'base64'));
}

/** What was sealed under a key of 32 bytes, such as a file sent to a smart robot (path 100719); null when it is not whole. */
export function openBytes(key: Buffer, sealed: Buffer): Buffer | null {
  if (sealed.length === 0 || sealed.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return unpad(Buffer.concat([decipher.update(sealed), decipher.final()]));
}

function unpad(padded: Buffer): Buffer | null {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > Math.min(blockBytes, padded.length)) return null;
  const body = padded.subarray(0, padded.length - count);
  return padded.subarray(body.length).every((byte) => byte === count) ? body : null;
}

/** random(16) ‖ length of the message in bytes, big-endian ‖ message ‖ receive id */
function unframe(frame: Buffer): { message: string; receiveId: string } | null {
  if (frame.length < headBytes) return null;
  const end = headBytes + frame.readUInt32BE(randomPrefixBytes);
  if (end > frame.length) return null;
  return { message: frame.toString('utf8', headBytes, end), receiveId: frame.toString('utf8', end) };
}
