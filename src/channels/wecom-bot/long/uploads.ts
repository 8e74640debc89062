/** Files on their way through the long connection: in pieces, then named by their media id (path 101463). */
import { createHash } from 'node:crypto';
import type { OutboundFile } from '../../channel';
import type { Uploaded, UploadTerms } from '../../upload-store';
import type { BotFault } from '../failures';
import type { Link } from './link';
import type { UploadPace } from './upload-pace';

/** WeCom keeps an upload for three days. */
const keptMs = 2 * 24 * 3600_000;
const chunkBytes = 512 * 1024;
const limits = { image: 10 * 1024 * 1024, file: 20 * 1024 * 1024 } as const;

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: BotFault };

export class Uploads implements UploadTerms<BotFault> {
  readonly keptMs = keptMs;

  constructor(
    private readonly link: Link,
    private readonly pace: UploadPace,
  ) {}

  async upload({ name, mediaType, bytes }: OutboundFile): Promise<Uploaded<BotFault>> {
    const isImage = /^image\/(?:png|jpeg)$/.test(mediaType) && bytes.length <= limits.image;
    const type = isImage ? 'image' : 'file';
    if (bytes.length > limits[type]) return refused(45001);
    const waitMs = this.pace.take();
    if (waitMs > 0) return { ok: false, fault: { kind: 'uploads_full', waitMs } };
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
    return finished.ok ? { ok: true, value: { type, mediaId: finished.value, name } } : finished;
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
}

const refused = (errcode: number): Outcome<never> => ({ ok: false, fault: { kind: 'errcode', errcode } });
