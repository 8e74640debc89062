/** Files on their way through the long connection: in pieces, then named by their media id (path 101463). */
import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock';
import type { Outbound, OutboundFile } from '../../channel';
import type { BotFault } from '../failures';
import type { Link } from './link';

/** WeCom keeps an upload for three days. */
const keptMs = 2 * 24 * 3600_000;
const rememberedUploads = 500;
const chunkBytes = 512 * 1024;
const limits = { image: 10 * 1024 * 1024, file: 20 * 1024 * 1024 } as const;

export interface Upload {
  readonly type: 'image' | 'file';
  readonly mediaId: string;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: BotFault };

export class Uploads {
  private readonly uploads = new Map<number, { readonly upload: Upload; readonly goodUntil: number }>();

  constructor(
    private readonly link: Link,
    private readonly clock: Clock,
  ) {}

  async uploadOf(fileId: number, load: Outbound['load']): Promise<Outcome<Upload>> {
    const known = this.uploads.get(fileId);
    if (known && this.clock.now().getTime() < known.goodUntil) return { ok: true, value: known.upload };
    const uploaded = await this.upload(await load(fileId));
    if (uploaded.ok) this.remember(fileId, uploaded.value);
    return uploaded;
  }

  /** WeCom no longer knows the id (40007). */
  forget(fileId: number): void {
    this.uploads.delete(fileId);
  }

  private async upload({ name, mediaType, bytes }: OutboundFile): Promise<Outcome<Upload>> {
    const isImage = /^image\/(?:png|jpeg)$/.test(mediaType) && bytes.length <= limits.image;
    const type = isImage ? 'image' : 'file';
    if (bytes.length > limits[type]) return refused(45001);
    const begun = await this.idFrom('aibot_upload_media_init', 'upload_id', {
      type,
      filename: name,
      total_size: bytes.length,
      total_chunks: Math.ceil(bytes.length / chunkBytes),
      md5: createHash('md5').update(bytes).digest('hex'),
    });
    if (!begun.ok) return begun;
    const fault = await this.sendChunks(begun.value, bytes);
    if (fault) return { ok: false, fault };
    const finished = await this.idFrom('aibot_upload_media_finish', 'media_id', { upload_id: begun.value });
    return finished.ok ? { ok: true, value: { type, mediaId: finished.value } } : finished;
  }

  private async sendChunks(uploadId: string, bytes: Buffer): Promise<BotFault | null> {
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const ack = await this.link.request('aibot_upload_media_chunk', {
        upload_id: uploadId,
        // The page's example counts from 1, the official SDK from 0.
        chunk_index: start / chunkBytes,
        base64_data: bytes.subarray(start, start + chunkBytes).toString('base64'),
      });
      if (!ack.ok) return ack.fault;
    }
    return null;
  }

  private async idFrom(cmd: string, name: string, body: object): Promise<Outcome<string>> {
    const ack = await this.link.request(cmd, { ...body });
    if (!ack.ok) return ack;
    const id = ack.body[name];
    return typeof id === 'string' && id !== '' ? { ok: true, value: id } : { ok: false, fault: { kind: 'unreadable' } };
  }

  private remember(fileId: number, upload: Upload): void {
    this.uploads.delete(fileId);
    this.uploads.set(fileId, { upload, goodUntil: this.clock.now().getTime() + keptMs });
    const [oldest] = this.uploads.keys();
    if (this.uploads.size > rememberedUploads && oldest !== undefined) this.uploads.delete(oldest);
  }
}

const refused = (errcode: number): Outcome<never> => ({ ok: false, fault: { kind: 'errcode', errcode } });
