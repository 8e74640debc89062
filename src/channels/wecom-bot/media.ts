/**
 * Files that people send to the robot: encrypted bytes behind an address that is good for five minutes (paths 100719 and
 * 101463). The address stands in a message, so it is only followed to where the platform keeps files.
 */
import { parse } from 'content-disposition';
import type { LoadedFile, LoadFile } from '../channel';
import { type DownloadLimits, download } from '../download';
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
      return fetchSealed(url, key, { limitBytes, limitMs: options.limitMs });
    };
  };
}

const unreachable: LoadedFile = { ok: false, reason: 'unreachable' };

/** Plain http only where the platform itself is reached by it, which no real one is. */
function isStorage(url: URL, platform: URL): boolean {
  if (url.host === platform.host && url.protocol === platform.protocol) return true;
  return url.protocol === 'https:' && url.port === '' && storageHosts.test(url.hostname);
}

async function fetchSealed(url: URL, key: Buffer, { limitBytes, limitMs }: DownloadLimits): Promise<LoadedFile> {
  const loaded = await download(url, { limitBytes: limitBytes + paddingBytes, limitMs });
  if (!loaded.ok) return loaded;
  if (loaded.status === 403 || loaded.status === 404) return { ok: false, reason: 'expired' };
  const bytes = loaded.status === 200 ? openBytes(key, loaded.bytes) : null;
  if (!bytes) return unreachable;
  return bytes.length > limitBytes
    ? { ok: false, reason: 'too_large' }
    : { ok: true, bytes, ...nameIn(loaded.headers) };
}

/** The only place where the platform tells the name of a file. */
function nameIn(headers: Headers): { readonly name?: string } {
  try {
    const name = parse(headers.get('content-disposition') ?? '').parameters['filename'];
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
