/**
 * Files that people send to the app: named by a media id, kept by WeCom for three days (paths 90239 and 90254). An error
 * comes with HTTP 200 as well; only the content type tells it from a file.
 */
import type { LoadedFile, LoadFile } from '../channel';
import { download } from '../download';
import type { WecomApi } from './api';
import type { Fault } from './failures';
import { judge } from './http';

/** 40007: no such media id; 40004 and 41004: not one of a file. */
const goneCodes: readonly number[] = [40007, 40004, 41004];

export type FileOpener = (mediaId: string) => LoadFile;

export function createFileOpener(api: WecomApi, limitMs: number): FileOpener {
  return (mediaId) => async (limitBytes) => {
    const called = await api.call('media/get', { media_id: mediaId }, (url) => fetchFile(url, limitBytes, limitMs));
    return called.ok ? called.file : unloaded(called.fault);
  };
}

type Fetched = { readonly ok: true; readonly file: LoadedFile } | { readonly ok: false; readonly fault: Fault };

async function fetchFile(url: URL, limitBytes: number, limitMs: number): Promise<Fetched> {
  const loaded = await download(url, { limitBytes, limitMs });
  if (!loaded.ok) return { ok: true, file: loaded };
  const { status, headers, bytes } = loaded;
  if (status !== 200) return { ok: false, fault: { kind: 'status', status } };
  if (!/json|text\/plain/.test(headers.get('content-type') ?? '')) return { ok: true, file: { ok: true, bytes } };
  const judged = judge(bytes.toString());
  return judged.ok ? { ok: false, fault: { kind: 'unreadable' } } : judged;
}

function unloaded(fault: Fault): LoadedFile {
  const isGone = fault.kind === 'errcode' && goneCodes.includes(fault.errcode);
  return { ok: false, reason: isGone ? 'expired' : 'unreachable' };
}
