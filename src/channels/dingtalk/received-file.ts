/**
 * Files that people send to the robot: a download code, for which the API gives a signed address (page
 * 下载机器人接收消息的文件内容). How long the address lasts is not documented, so it is followed at once; it is plain http.
 */
import type { LoadedFile, LoadFile } from '../channel';
import { download } from '../download';
import type { RobotApi } from './api';
import type { Fault } from './exchange';

export type FileOpener = (downloadCode: string) => LoadFile;

export function createFileOpener(api: Pick<RobotApi, 'locate'>, limitMs: number): FileOpener {
  return (downloadCode) => async (limitBytes) => {
    const located = await api.locate(downloadCode);
    return located.ok ? fetchFile(new URL(located.value), limitBytes, limitMs) : unloaded(isGone(located.fault));
  };
}

async function fetchFile(url: URL, limitBytes: number, limitMs: number): Promise<LoadedFile> {
  const loaded = await download(url, { limitBytes, limitMs });
  if (!loaded.ok) return loaded;
  const { status, bytes } = loaded;
  return status === 200 ? { ok: true, bytes } : unloaded(status === 403 || status === 404);
}

const unloaded = (hasExpired: boolean): LoadedFile => ({ ok: false, reason: hasExpired ? 'expired' : 'unreachable' });

/** `invalidParameter.robotCode.downloadCode`: a code that is wrong or has run out. */
const isGone = (fault: Fault): boolean => fault.kind === 'refused' && /downloadCode$/.test(fault.code);
