/** Files on their way to DingTalk, which keeps what was uploaded under a media id (page 上传媒体文件). */
import { extname } from 'node:path';
import type { OutboundFile } from '../channel';
import type { Upload, Uploaded, UploadTerms } from '../upload-store';
import type { RobotApi } from './api';
import { type Fault, failed } from './exchange';
import { fileMessage, imageMessage, type RobotApiMessage } from './parts';

/** How long DingTalk keeps an upload is not documented; WeCom's three days are the shortest of the field. */
const keptMs = 2 * 24 * 3600_000;
const fileLimitBytes = 20 * 1024 * 1024;
const imageExtensions: readonly string[] = ['jpg', 'jpeg', 'gif', 'png', 'bmp'];
/** Of sampleFile. */
const fileExtensions: readonly string[] = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

export const mediaOf = (api: RobotApi): UploadTerms<Fault> => ({ keptMs, upload: (file) => upload(api, file) });

async function upload(api: RobotApi, file: OutboundFile): Promise<Uploaded<Fault>> {
  const type = imageExtensions.includes(extensionOf(file.name)) ? 'image' : 'file';
  const refusal = refusalOf(file, type);
  if (refusal) return failed({ kind: 'refused', status: 0, code: refusal });
  const uploaded = await api.upload(file, type);
  return uploaded.ok ? { ok: true, value: { type, mediaId: uploaded.value, name: file.name } } : uploaded;
}

/** What the platform would refuse in any case. */
function refusalOf(file: OutboundFile, type: 'image' | 'file'): string | null {
  if (type === 'file' && !fileExtensions.includes(extensionOf(file.name))) return 'file.type';
  return file.bytes.length > fileLimitBytes ? 'file.size' : null;
}

/** The message that shows an upload. */
export function mediaMessage({ type, mediaId, name }: Upload): RobotApiMessage {
  return type === 'image' ? imageMessage(mediaId) : fileMessage(mediaId, name, extensionOf(name));
}

const extensionOf = (name: string): string => extname(name).slice(1).toLowerCase();
