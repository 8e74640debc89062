/** The files that WeCom keeps for an app: what it uploaded, and what people sent to it (paths 90253 and 90254). */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/clock';

/** A file that WeCom keeps. */
export interface Media {
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const keptMs = 3 * 24 * 3600_000;
const downloadLimitBytes = 20 * 1024 ** 2;

export class MediaStore {
  private readonly files = new Map<string, { readonly media: Media; readonly goneAt: number }>();
  private readonly beingFetched = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** Returns the media id. */
  keep(media: Media): string {
    const id = randomBytes(20).toString('base64url');
    this.files.set(id, { media, goneAt: this.clock.now().getTime() + keptMs });
    return id;
  }

  find(id: string): Media | undefined {
    const kept = this.files.get(id);
    return kept && this.clock.now().getTime() < kept.goneAt ? kept.media : undefined;
  }

  forgetAll(): void {
    this.files.clear();
  }

  /** The bytes, or the code that they are refused with; nobody else may fetch the file until `ended` has settled. */
  fetch(id: string, ended: Promise<unknown>): Buffer | number {
    const media = this.find(id);
    if (!media) return 40007;
    if (media.bytes.length > downloadLimitBytes) return 830002;
    if (this.beingFetched.has(id)) return 45033;
    this.beingFetched.add(id);
    void ended.finally(() => this.beingFetched.delete(id));
    return media.bytes;
  }
}

const uploadLimits: Readonly<Record<string, number>> = { image: 10 * 1024 ** 2, file: downloadLimitBytes };
const imageBeginnings = ['89504e470d0a1a0a', 'ffd8ff'].map((hex) => Buffer.from(hex, 'hex'));

/** The upload, or the code it is refused with. What is an image is told by its bytes, whatever it is declared to be. */
export async function checkUpload(request: Request, type: string): Promise<Media | number> {
  const limit = uploadLimits[type];
  if (!limit) return 40004;
  const part = (await request.formData().catch(() => null))?.get('media');
  if (!part || typeof part === 'string') return 41005;
  const bytes = Buffer.from(await part.arrayBuffer());
  if (bytes.length <= 5) return 44001;
  const isImage = imageBeginnings.some((beginning) => bytes.subarray(0, beginning.length).equals(beginning));
  if (type === 'image' && !isImage) return 40004;
  return bytes.length > limit ? 45001 : { type, name: part.name, bytes };
}
