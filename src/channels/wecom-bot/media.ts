/**
 * Files that people send to the robot: encrypted bytes behind an address that is good for five minutes (paths 100719 and
 * 101463). The address stands in a message, so it is only followed to where the platform keeps files.
 */
import { parse } from 'content-disposition';
import type { LoadedFile, LoadFile } from '../channel';
import { openBytes } from '../wecom/crypto';
import type { FileOpener } from './decode';

/** Tencent's object storage, and its own addresses. */
const storageHosts = /\.(?:myqcloud\.com|tencentcos\.cn|qq\.com|qpic\.cn)$/;
const paddingBytes = 32;

export interface MediaOptions {
  /** A private deployment keeps files under its own address. */
  readonly apiUrl: string;
  /** For links that bring no key of their own, as over HTTP callbacks. */
  readonly encodingAesKey: string | null;
  readonly limitMs: number;
}

export function createFileOpener(options: MediaOptions): FileOpener {
  return (link): LoadFile => {
    const key = Buffer.from(link.aeskey ?? `${options.encodingAesKey ?? ''}=`, 'base64');
    // The address is signed as it stands: taken without the blanks around it and never decoded (path 100719).
    const url = URL.canParse(link.url.trim()) ? new URL(link.url.trim()) : null;
    return async (limitBytes) => {
      if (!url || key.length !== 32 || !isStorage(url, new URL(options.apiUrl))) return unreachable;
      return download(url, key, { limitBytes, limitMs: options.limitMs });
    };
  };
}

const unreachable: LoadedFile = { ok: false, reason: 'unreachable' };
const tooLarge: LoadedFile = { ok: false, reason: 'too_large' };

/** Plain http only where the platform itself is reached by it, which no real one is. */
function isStorage(url: URL, platform: URL): boolean {
  if (url.host === platform.host && url.protocol === platform.protocol) return true;
  return url.protocol === 'https:' && url.port === '' && storageHosts.test(url.hostname);
}

interface Limits {
  readonly limitBytes: number;
  readonly limitMs: number;
}

async function download(url: URL, key: Buffer, { limitBytes, limitMs }: Limits): Promise<LoadedFile> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(limitMs) });
    if (response.status !== 200) {
      await response.body?.cancel();
      return response.status === 403 || response.status === 404 ? { ok: false, reason: 'expired' } : unreachable;
    }
    const sealed = await readBounded(response, limitBytes + paddingBytes);
    const bytes = sealed && openBytes(key, sealed);
    if (!sealed || (bytes && bytes.length > limitBytes)) return tooLarge;
    return bytes ? { ok: true, bytes, ...nameIn(response) } : unreachable;
  } catch {
    return unreachable;
  }
}

async function readBounded(response: Response, limitBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The only place where the platform tells the name of a file. */
function nameIn(response: Response): { readonly name?: string } {
  try {
    const name = parse(response.headers.get('content-disposition') ?? '').parameters['filename'];
    return name ? { name: inUtf8(name) } : {};
  } catch {
    return {};
  }
}

/** A header is read as Latin-1, while names are written into it as they are in UTF-8. */
function inUtf8(name: string): string {
  if (/[\u0100-\u{10ffff}]/u.test(name)) return name;
  const decoded = Buffer.from(name, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? name : decoded;
}
