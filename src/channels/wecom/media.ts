/**
 * Files on their way to WeCom: uploaded once, then named by their media id for all addressees. One id for one file also
 * lets WeCom recognise a repeated send as the duplicate that it is.
 */
import type { Clock } from '../../clock';
import type { Outbound, OutboundFile } from '../channel';
import type { WecomApi } from './api';
import type { Fault } from './failures';

/** WeCom keeps an upload for three days (path 90253). */
const keptMs = 2 * 24 * 3600_000;
const rememberedUploads = 500;
const imageLimitBytes = 10 * 1024 * 1024;

export interface Upload {
  readonly type: 'image' | 'file';
  readonly mediaId: string;
}

export type Uploaded = { readonly ok: true; readonly upload: Upload } | { readonly ok: false; readonly fault: Fault };

export class MediaStore {
  private readonly uploads = new Map<number, { readonly upload: Upload; readonly goodUntil: number }>();

  constructor(
    private readonly api: WecomApi,
    private readonly clock: Clock,
  ) {}

  async uploadOf(fileId: number, load: Outbound['load']): Promise<Uploaded> {
    const known = this.uploads.get(fileId);
    if (known && this.clock.now().getTime() < known.goodUntil) return { ok: true, upload: known.upload };
    const uploaded = await this.upload(await load(fileId));
    if (uploaded.ok) this.remember(fileId, uploaded.upload);
    return uploaded;
  }

  /** WeCom no longer knows the id (40007). */
  forget(fileId: number): void {
    this.uploads.delete(fileId);
  }

  private async upload(file: OutboundFile): Promise<Uploaded> {
    const type = isShownAsImage(file) ? 'image' : 'file';
    const form = new FormData();
    // FormData writes the name as plain UTF-8 in `filename="…"`; how WeCom reads `filename*=` is not documented.
    form.append('media', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
    const called = await this.api.post('media/upload', form, { type });
    if (!called.ok) return called;
    const mediaId = called.answer.media_id;
    return mediaId ? { ok: true, upload: { type, mediaId } } : { ok: false, fault: { kind: 'unreadable' } };
  }

  private remember(fileId: number, upload: Upload): void {
    this.uploads.delete(fileId);
    this.uploads.set(fileId, { upload, goodUntil: this.clock.now().getTime() + keptMs });
    const [oldest] = this.uploads.keys();
    if (this.uploads.size > rememberedUploads && oldest !== undefined) this.uploads.delete(oldest);
  }
}

const isShownAsImage = ({ mediaType, bytes }: OutboundFile): boolean =>
  /^image\/(?:png|jpeg)$/.test(mediaType) && bytes.length <= imageLimitBytes;
