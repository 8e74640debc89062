/**
 * Files that a platform keeps for some days once they are uploaded: each goes up once for all addressees, also when many
 * want it at the same moment, and is then named by its media id.
 */
import type { Clock } from '../clock';
import type { Outbound, OutboundFile } from './channel';

export interface Upload {
  readonly type: 'image' | 'file';
  readonly mediaId: string;
  readonly name: string;
}

export type Uploaded<Fault> =
  | { readonly ok: true; readonly value: Upload }
  | { readonly ok: false; readonly fault: Fault };

export interface UploadTerms<Fault> {
  /** Shorter than the platform keeps it, since a message may lie in the queue. */
  readonly keptMs: number;
  upload(file: OutboundFile): Promise<Uploaded<Fault>>;
}

const rememberedUploads = 500;

interface Remembered<Fault> {
  readonly uploaded: Promise<Uploaded<Fault>>;
  readonly goodUntil: number;
}

export class UploadStore<Fault> {
  private readonly uploads = new Map<number, Remembered<Fault>>();

  constructor(
    private readonly clock: Clock,
    private readonly terms: UploadTerms<Fault>,
  ) {}

  uploadOf(fileId: number, load: Outbound['load']): Promise<Uploaded<Fault>> {
    const now = this.clock.now().getTime();
    const known = this.uploads.get(fileId);
    if (known && now < known.goodUntil) return known.uploaded;
    const uploaded = load(fileId).then((file) => this.terms.upload(file));
    this.remember(fileId, { uploaded, goodUntil: now + this.terms.keptMs });
    const failed = () => this.forgetOne(fileId, uploaded);
    uploaded.then(({ ok }) => ok || failed(), failed);
    return uploaded;
  }

  /** The platform no longer knows the id. */
  forget(fileId: number): void {
    this.uploads.delete(fileId);
  }

  /** A newer try that has taken the place of a failed one stays. */
  private forgetOne(fileId: number, uploaded: Promise<Uploaded<Fault>>): void {
    if (this.uploads.get(fileId)?.uploaded === uploaded) this.uploads.delete(fileId);
  }

  private remember(fileId: number, upload: Remembered<Fault>): void {
    this.uploads.delete(fileId);
    this.uploads.set(fileId, upload);
    const [oldest] = this.uploads.keys();
    if (this.uploads.size > rememberedUploads && oldest !== undefined) this.uploads.delete(oldest);
  }
}
