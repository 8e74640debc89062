/** What the double remembers: tokens, sessions, groups, uploads, and everything that was sent. */
import type { Clock } from '../../../src/clock';
import { Watch } from '../../support/watch';
import type { ShownCard } from './cards';
import { Meter } from './meter';

export interface PlatformOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  /** The template that is published in the card platform. */
  readonly cardTemplateId?: string;
  /** Calls of the API that the organisation has in a month. */
  readonly monthlyCalls?: number;
  readonly clock: Clock;
}

export interface Sent {
  /** `private` and `group` through the robot API, `session` through sessionWebhook, `card` through the card platform. */
  readonly via: 'private' | 'group' | 'session' | 'card';
  readonly to: readonly string[];
  /** msgKey of the robot API, msgtype of a webhook. */
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
  /** Of a session: who is told that the message means them. */
  readonly called?: readonly string[];
}

export interface Upload {
  readonly mediaId: string;
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const tokenSeconds = 7200;
/** sessionWebhookExpiredTime − createAt in official samples. */
const sessionMs = 5_400_180;

export class World {
  readonly sent: Sent[] = [];
  readonly recalled: Sent[] = [];
  readonly uploads: Upload[] = [];
  /** Rings when something was sent or happened on a Stream connection. */
  readonly watch = new Watch();
  readonly groups = new Set<string>();
  /** User ids that batchSend reports as invalid. */
  readonly unknownStaff = new Set<string>();
  /** User ids that batchSend reports as flow controlled. */
  readonly slowedStaff = new Set<string>();
  readonly cards: ShownCard[] = [];
  /** Registered addresses for taps over HTTP, by their route keys. */
  readonly cardRoutes = new Map<string, { readonly url: string; readonly apiSecret: string }>();
  readonly meter: Meter;
  private readonly sessions = new Map<string, { to: string; expiresAtMs: number }>();
  private readonly keys = new Map<string, { readonly sent: Sent; readonly at: number }>();
  private token: { text: string; expiresAtMs: number } | null = null;
  private counter = 0;

  constructor(readonly options: PlatformOptions) {
    this.meter = new Meter(options.clock, options.monthlyCalls ?? 5000);
  }

  nowMs(): number {
    return this.options.clock.now().getTime();
  }

  nextKey(): string {
    this.counter += 1;
    return `key${this.counter}+/=`;
  }

  record(sent: Sent): string {
    this.sent.push(sent);
    this.watch.ring();
    const key = this.nextKey();
    this.keys.set(key, { sent, at: this.nowMs() });
    return key;
  }

  /** A card that reached somebody also stands among what was sent. */
  showCard(card: ShownCard): void {
    this.cards.push(card);
    if (card.spaces.length === 0) return;
    this.sent.push({ via: 'card', to: card.spaces, kind: card.spaceType, params: card.variables });
    this.watch.ring();
  }

  /** Takes back what was sent that way under the key less than 24 hours ago. */
  recall(key: string, isMeant: (sent: Sent) => boolean): boolean {
    const known = this.keys.get(key);
    if (!known || !isMeant(known.sent) || known.at <= this.nowMs() - 24 * 3600_000) return false;
    this.keys.delete(key);
    this.sent.splice(this.sent.indexOf(known.sent), 1);
    this.recalled.push(known.sent);
    this.watch.ring();
    return true;
  }

  /** Repeated calls return the same token and extend it. */
  giveToken(): { accessToken: string; expireIn: number } {
    const live = this.token && this.token.expiresAtMs > this.nowMs() ? this.token.text : `token-${this.nextKey()}`;
    this.token = { text: live, expiresAtMs: this.nowMs() + tokenSeconds * 1000 };
    return { accessToken: live, expireIn: tokenSeconds };
  }

  isToken(text: string | null | undefined): boolean {
    return text !== undefined && this.token?.text === text && this.token.expiresAtMs > this.nowMs();
  }

  expireTokens(): void {
    this.token = null;
  }

  openSession(to: string): { id: string; expiresAtMs: number } {
    const session = { to, expiresAtMs: this.nowMs() + sessionMs };
    const id = `session${this.sessions.size + 1}`;
    this.sessions.set(id, session);
    return { id, expiresAtMs: session.expiresAtMs };
  }

  sessionOf(id: string | null): { to: string } | null {
    const session = this.sessions.get(id ?? '');
    return session && session.expiresAtMs > this.nowMs() ? session : null;
  }

  forgetSessions(): void {
    this.sessions.clear();
  }

  /** A file that somebody sends to the robot, by its download code. */
  readonly sentFiles = new Map<string, Buffer>();

  keepSent(bytes: Buffer): string {
    const code = `code+${this.sentFiles.size + 1}/=`;
    this.sentFiles.set(code, bytes);
    return code;
  }

  addUpload(upload: Omit<Upload, 'mediaId'>): string {
    const mediaId = `@media${this.uploads.length + 1}`;
    this.uploads.push({ mediaId, ...upload });
    return mediaId;
  }

  isMedia(mediaId: string | undefined, type: 'image' | 'file'): boolean {
    return this.uploads.some((upload) => upload.mediaId === mediaId && upload.type === type);
  }
}
