/**
 * Files that people send to the app: named by a media id, kept by WeCom for three days (paths 90239 and 90254). An error
 * comes with HTTP 200 as well; only the content type tells it from a file.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadedFile, LoadFile } from '../channel';
import { download } from '../download';
import type { WecomApi } from './api';
import type { Fault } from './failures';
import { judge } from './http';

/** 40007: no such media id; 40004 and 41004: not one of a file. */
const goneCodes: readonly number[] = [40007, 40004, 41004];
/** Beyond the 20 MB of one download (path 90254). */
const tooLarge = 830002;
/** Somebody else is fetching the same file, such as another copy of the bot. */
const isBusy = (fault: Fault): boolean => fault.kind === 'errcode' && fault.errcode === 45033;

export type FileOpener = (mediaId: string) => LoadFile;

export interface FetchTiming {
  readonly callLimitMs: number;
  readonly fetchPauseMs: number;
}

export function createFileOpener(api: WecomApi, { callLimitMs, fetchPauseMs }: FetchTiming): FileOpener {
  return (mediaId) => async (limitBytes) => {
    const fetchOnce = () =>
      api.call('media/get', { media_id: mediaId }, (url) => fetchFile(url, limitBytes, callLimitMs));
    let called = await fetchOnce();
    if (!called.ok && isBusy(called.fault)) {
      await pause(fetchPauseMs);
      called = await fetchOnce();
    }
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
  const errcode = fault.kind === 'errcode' ? fault.errcode : 0;
  if (errcode === tooLarge) return { ok: false, reason: 'too_large' };
  return { ok: false, reason: goneCodes.includes(errcode) ? 'expired' : 'unreachable' };
}
