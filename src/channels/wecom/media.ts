/** How a file goes up to WeCom. One media id for one file also lets WeCom recognise a repeated send as the duplicate that it is. */
import type { OutboundFile } from '../channel';
import type { Uploaded, UploadTerms } from '../upload-store';
import type { WecomApi } from './api';
import type { Fault } from './failures';

/** WeCom keeps an upload for three days (path 90253). */
const keptMs = 2 * 24 * 3600_000;
const imageLimitBytes = 10 * 1024 * 1024;

export const mediaOf = (api: WecomApi): UploadTerms<Fault> => ({ keptMs, upload: (file) => upload(api, file) });

async function upload(api: WecomApi, file: OutboundFile): Promise<Uploaded<Fault>> {
  const type = isShownAsImage(file) ? 'image' : 'file';
  const form = new FormData();
  // FormData writes the name as plain UTF-8 in `filename="…"`; how WeCom reads `filename*=` is not documented.
  form.append('media', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  const called = await api.post('media/upload', form, { type });
  if (!called.ok) return called;
  const mediaId = called.answer.media_id;
  return mediaId
    ? { ok: true, value: { type, mediaId, name: file.name } }
    : { ok: false, fault: { kind: 'unreadable' } };
}

const isShownAsImage = ({ mediaType, bytes }: OutboundFile): boolean =>
  /^image\/(?:png|jpeg)$/.test(mediaType) && bytes.length <= imageLimitBytes;
