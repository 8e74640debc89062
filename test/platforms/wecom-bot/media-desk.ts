/**
 * Files on WeCom's end of the long connection (path 101463): uploaded in pieces within half an hour, 30 a minute and 1000 an
 * hour, and kept for three days.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/clock';

type Json = Readonly<Record<string, unknown>>;

export interface Media {
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

interface Session {
  readonly type: string;
  readonly name: string;
  readonly total: number;
  readonly chunks: Map<number, Buffer>;
  readonly md5: string;
  readonly begunAt: number;
}

const limits = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3600_000 },
];
const sessionMs = 30 * 60_000;
const keptMs = 3 * 24 * 3600_000;

export const codeOf = (errcode: number): Json => ({ errcode, errmsg: errcode === 0 ? 'ok' : 'error' });

export class MediaDesk {
  private readonly sessions = new Map<string, Session>();
  private readonly kept = new Map<string, Media & { readonly until: number }>();
  private readonly begunAt: number[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly refuse: (errcode: number, why: string) => number,
  ) {}

  clear(): void {
    this.kept.clear();
  }

  find(mediaId: string): Media | undefined {
    const media = this.kept.get(mediaId);
    return media && this.now < media.until ? media : undefined;
  }

  take(cmd: string, body: Json): number | Json {
    if (cmd === 'aibot_upload_media_init') return this.begin(body);
    const id = String(body['upload_id']);
    const session = this.sessions.get(id);
    if (!session || this.now >= session.begunAt + sessionMs) return this.refuse(40058, 'no such upload');
    if (cmd === 'aibot_upload_media_chunk') return this.addChunk(session, body);
    return cmd === 'aibot_upload_media_finish' ? this.finish(session) : this.refuse(40058, `no command ${cmd}`);
  }

  private get now(): number {
    return this.clock.now().getTime();
  }

  private begin({ type, filename, total_size: size, total_chunks: total, md5 }: Json): number | Json {
    const most = type === 'image' ? 10 : 20;
    const isGood = (type === 'image' || type === 'file') && typeof filename === 'string' && filename !== '';
    if (!isGood || Number(size) < 1 || Number(size) > most * 1024 ** 2) return this.refuse(40058, 'a bad upload');
    if (Number(total) !== Math.ceil(Number(size) / (512 * 1024)) || Number(total) > 100)
      return this.refuse(40058, 'chunks');
    if (limits.some(({ count, ms }) => this.begunAt.filter((at) => at > this.now - ms).length >= count))
      return this.refuse(45009, 'uploads too often');
    this.begunAt.push(this.now);
    const id = randomBytes(8).toString('hex');
    const session = { type, name: filename, total: Number(total), md5: String(md5), begunAt: this.now };
    this.sessions.set(id, { ...session, chunks: new Map() });
    return { ...codeOf(0), body: { upload_id: id } };
  }

  private addChunk({ total, chunks }: Session, body: Json): number {
    const chunk = Buffer.from(String(body['base64_data']), 'base64');
    const index = Number(body['chunk_index']);
    if (chunk.length > 512 * 1024 || !(index >= 0 && index < total)) return this.refuse(40058, 'a bad chunk');
    chunks.set(index, chunk);
    return 0;
  }

  private finish({ type, name, total, chunks, md5 }: Session): number | Json {
    const bytes = Buffer.concat(Array.from({ length: total }, (_, index) => chunks.get(index) ?? Buffer.alloc(0)));
    if (createHash('md5').update(bytes).digest('hex') !== md5) return this.refuse(301019, 'md5');
    const mediaId = randomBytes(12).toString('base64url');
    this.kept.set(mediaId, { type, name, bytes, until: this.now + keptMs });
    return { ...codeOf(0), body: { type, media_id: mediaId, created_at: String(Math.floor(this.now / 1000)) } };
  }
}
