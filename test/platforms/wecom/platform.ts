/**
 * A stand-in for WeCom that is as strict as the real one: a real HTTP server with its API, and its side of the callbacks.
 * Keep one per test, stop it afterwards.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  type CallbackSettings,
  type Delivered,
  type Delivery,
  deliver,
  type Tampering,
  verifyAddress,
} from './callbacks';
import { type Checked, checkGroup, checkPrivate, type Directory, type Json, type SentMessage } from './calls';
import { Cards, type ChangedCard } from './cards';
import { describeGroup, describeUser } from './directory';
import { checkUpload, MediaStore } from './media';

export interface WecomPlatformOptions extends CallbackSettings {
  readonly secret: string;
  /** Who exists; anyone by default. */
  readonly members?: readonly string[];
  /** Who of them has no licence for the interface; nobody by default. */
  readonly unlicensed?: readonly string[];
  /** Groups that this app created; any by default. */
  readonly groups?: readonly string[];
  /** Calls a minute before 45009; the real 10 000 by default (path 90454). */
  readonly callsPerMinute?: number;
  /** Whether the console has a callback address; without one no card with buttons can be sent (43012). */
  readonly hasCallback?: boolean;
}

/** What happens to the next call to `at`, or to the next card when `at` is `card`, or to any call but gettoken without it. */
export type NextFailure = { readonly at?: string } & (
  | { readonly status: number }
  | { readonly errcode: number }
  /** A good answer with these fields beside `errcode` 0, and nothing done. */
  | { readonly answer: Json }
  /** A body that is no JSON. */
  | { readonly body: string }
  /** The connection breaks before anything is done. */
  | { readonly drop: true }
  /** Everything is done, but no answer ever comes. */
  | { readonly delayed: true }
);

interface Call {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly type: string;
  /** Settles when the answer has left. */
  readonly ended: Promise<unknown>;
}

const memberQuotas = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3600_000 },
];

export class WecomPlatform {
  /** What people have in front of them, in order. */
  readonly sent: SentMessage[] = [];
  /** What was beyond a member's 30 a minute or 1000 an hour: answered with 0, shown to nobody. */
  readonly lost: SentMessage[] = [];
  /** What people had in front of them until it was recalled. */
  readonly recalled: SentMessage[] = [];
  /** Callbacks that were given up without a 200. */
  readonly unheard: Delivery[] = [];
  /** How often each call was made: `message/send` → 3. */
  readonly calls = new Map<string, number>();

  private readonly failures: NextFailure[] = [];
  private readonly media: MediaStore;
  private readonly shown = new Map<string, number>();
  private readonly callTimes: number[] = [];
  private token: { value: string; goodUntil: number } | null = null;
  private readonly server = createServer((incoming, outgoing) => {
    this.serve(incoming, outgoing).catch(() => outgoing.destroy());
  });

  private readonly cards: Cards;

  constructor(private readonly options: WecomPlatformOptions) {
    this.cards = new Cards(options.clock);
    this.media = new MediaStore(options.clock);
  }

  /** Cards that were changed after a tap. */
  get changedCards(): readonly ChangedCard[] {
    return this.cards.changed;
  }

  /** Posts the tap on a button of a card that this person got, the newest that has it, with a response code of its own. */
  tap(callbackUrl: string, from: string, key: string, taskId?: string): Promise<Delivered> {
    return this.deliver(callbackUrl, { from, event: this.cards.tap(from, key, taskId) });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  failNext(failure: NextFailure): void {
    this.failures.push(failure);
  }

  /** The tokens given out so far are no longer accepted (40014). */
  expireTokens(): void {
    this.token = null;
  }

  /** The uploads so far are gone (40007). */
  forgetMedia(): void {
    this.media.forgetAll();
  }

  /** Keeps a file that somebody sends to the app, and returns the media id under which its message names it. */
  keepSent(name: string, bytes: Buffer): string {
    return this.media.keep({ type: 'file', name, bytes });
  }

  /** Posts a callback to the full address of the bot, such as `http://127.0.0.1:3000/callback/wecom/app`. */
  async deliver(callbackUrl: string, delivery: Delivery): Promise<Delivered> {
    const delivered = await deliver(this.options, callbackUrl, delivery);
    if (delivered.status !== 200) this.unheard.push(delivery);
    return delivered;
  }

  verifyAddress(callbackUrl: string, tamper?: Tampering): ReturnType<typeof verifyAddress> {
    return verifyAddress(this.options, callbackUrl, tamper);
  }

  private get now(): number {
    return this.options.clock.now().getTime();
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://here');
    const name = pathname.replace(/^\/cgi-bin\//, '');
    const call = {
      name,
      query: searchParams,
      body: await buffer(incoming),
      type: incoming.headers['content-type'] ?? '',
      ended: new Promise((resolve) => void outgoing.once('close', resolve)),
    };
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    const failure = this.takeFailure(call);
    if (failure && 'drop' in failure) return void outgoing.destroy();
    if (failure && 'status' in failure) return void outgoing.writeHead(failure.status).end('<html>busy</html>');
    if (failure && 'body' in failure) return void outgoing.writeHead(200).end(failure.body);
    const answer = await this.answer(incoming.method ?? '', call, failure);
    // The connection stays open until the platform stops.
    if (failure && 'delayed' in failure) return;
    if (answer instanceof Buffer) {
      const headers = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' };
      return void outgoing.writeHead(200, headers).end(answer);
    }
    outgoing.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(answer));
  }

  private takeFailure({ name, body }: Call): NextFailure | undefined {
    const isCard = body.includes('"msgtype":"template_card"');
    const index = this.failures.findIndex(({ at }) => {
      return at ? at === name || (at === 'card' && isCard) : name !== 'gettoken';
    });
    return index < 0 ? undefined : this.failures.splice(index, 1)[0];
  }

  private async answer(method: string, call: Call, failure: NextFailure | undefined): Promise<Json | Buffer> {
    if (failure && 'errcode' in failure) return error(failure.errcode);
    if (failure && 'answer' in failure) return { errcode: 0, errmsg: 'ok', ...failure.answer };
    if (this.isOverQuota()) return error(45009);
    if (call.name === 'gettoken' && method === 'GET') return this.grantToken(call.query);
    if (method !== (call.name.endsWith('/get') ? 'GET' : 'POST')) return error(43002);
    const given = call.query.get('access_token');
    if (!given) return error(41001);
    if (given !== this.token?.value) return error(40014);
    if (this.now >= this.token.goodUntil) return error(42001);
    return this.perform(call);
  }

  private isOverQuota(): boolean {
    this.callTimes.push(this.now);
    const recent = this.callTimes.filter((at) => at > this.now - 60_000).length;
    return recent > (this.options.callsPerMinute ?? 10_000);
  }

  /** Asking again while a token is good returns the same one (path 91039). */
  private grantToken(query: URLSearchParams): Json {
    const { corpId, secret } = this.options;
    if (query.get('corpid') !== corpId) return error(40013);
    if (query.get('corpsecret') !== secret) return error(40001);
    if (!this.token || this.now >= this.token.goodUntil) {
      this.token = { value: randomBytes(24).toString('base64url'), goodUntil: this.now + 7200_000 };
    }
    const seconds = Math.floor((this.token.goodUntil - this.now) / 1000);
    return { errcode: 0, errmsg: 'ok', access_token: this.token.value, expires_in: seconds };
  }

  private async perform(call: Call): Promise<Json | Buffer> {
    switch (call.name) {
      case 'message/send':
        return this.send('private', checkPrivate(call.body.toString(), this.directory), call);
      case 'message/recall':
        return this.recall(JSON.parse(call.body.toString()));
      case 'message/update_template_card':
        return this.changeCard(call.body.toString());
      case 'appchat/send':
        return this.send('group', checkGroup(call.body.toString(), this.directory), call);
      case 'media/upload':
        return this.keep(call);
      case 'media/get':
        return this.fetchMedia(call);
      case 'user/get':
        return describeUser(call.query.get('userid'), this.directory);
      case 'appchat/get':
        return describeGroup(call.query.get('chatid'), this.directory);
      case 'agent/get':
        return this.describeAgent(call.query);
      default:
        return error(40066);
    }
  }

  /** Path 90227: an app is told of itself only. */
  private describeAgent(query: URLSearchParams): Json {
    const { agentId } = this.options;
    if (query.get('agentid') !== String(agentId)) return error(301002);
    const range = { allow_userinfos: { user: [{ userid: 'zhangsan' }] }, allow_partys: { partyid: [1, 2] } };
    return { errcode: 0, errmsg: 'ok', agentid: agentId, name: '报送', ...range, allow_tags: { tagid: [] }, close: 0 };
  }

  private changeCard(raw: string): Json {
    const changed = this.cards.change(raw, this.options.agentId);
    return 'errcode' in changed ? error(changed.errcode) : { errcode: 0, errmsg: 'ok', invaliduser: changed };
  }

  private get directory(): Directory {
    const { members, unlicensed = [], groups, agentId, hasCallback = true } = this.options;
    return {
      agentId,
      cards: hasCallback ? this.cards : null,
      media: this.media,
      unlicensed: new Set(unlicensed),
      members: members ? new Set(members) : null,
      groups: groups ? new Set(groups) : null,
    };
  }

  private send(kind: 'private' | 'group', checked: Checked, call: Call): Json {
    if (!checked.ok) return error(checked.errcode);
    const missed = { ...namesOf('invaliduser', checked.invalid), ...namesOf('unlicenseduser', checked.unlicensed) };
    const fresh = checked.to.filter((to) => !this.isDuplicate(to, call));
    if (fresh.length === 0) return { errcode: 0, errmsg: 'ok', ...missed, msgid: '' };
    const msgid = kind === 'private' ? { msgid: randomBytes(12).toString('base64url') } : {};
    for (const to of fresh) this.show({ to, kind, ...checked.body, ...msgid, at: this.options.clock.now() });
    const { card } = checked.body;
    const code = card ? { response_code: this.cards.giveCode(card.taskId) } : {};
    return { errcode: 0, errmsg: 'ok', ...missed, ...msgid, ...code };
  }

  /** Within 24 hours and by the app's own msgid (path 94867). */
  private recall({ msgid }: Json): Json {
    const since = this.now - 24 * 3600_000;
    const isMeant = (each: SentMessage) => each.msgid === msgid && each.at.getTime() > since;
    const meant = this.sent.filter(isMeant);
    if (typeof msgid !== 'string' || meant.length === 0) return error(40058);
    this.recalled.push(...meant);
    this.sent.splice(0, this.sent.length, ...this.sent.filter((each) => !isMeant(each)));
    return { errcode: 0, errmsg: 'ok' };
  }

  private show(message: SentMessage): void {
    const earlier = this.sent.filter(({ to }) => to === message.to);
    const isOver = memberQuotas.some(({ count, ms }) => {
      return message.kind === 'private' && earlier.filter(({ at }) => at.getTime() > this.now - ms).length >= count;
    });
    (isOver ? this.lost : this.sent).push(message);
  }

  /** The same content to the same person within the interval, where the app asked for the check; `appchat/send` has none. */
  private isDuplicate(to: string, { name, body }: Call): boolean {
    const { touser: _, ...message } = JSON.parse(body.toString());
    const { enable_duplicate_check: isOn = 0, duplicate_check_interval: seconds = 1800, ...content } = message;
    if (name !== 'message/send' || isOn !== 1) return false;
    const key = createHash('sha256')
      .update(JSON.stringify([to.toLowerCase(), content]))
      .digest('hex');
    const before = this.shown.get(key);
    if (before !== undefined && this.now < before + seconds * 1000) return true;
    this.shown.set(key, this.now);
    return false;
  }

  private fetchMedia({ query, ended }: Call): Json | Buffer {
    const fetched = this.media.fetch(query.get('media_id') ?? '', ended);
    return typeof fetched === 'number' ? error(fetched) : fetched;
  }

  private async keep({ query, body, type }: Call): Promise<Json> {
    const request = new Request('http://here', {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(body),
    });
    const media = await checkUpload(request, query.get('type') ?? '');
    if (typeof media === 'number') return error(media);
    const id = this.media.keep(media);
    const createdAt = String(Math.floor(this.now / 1000));
    return { errcode: 0, errmsg: 'ok', type: media.type, media_id: id, created_at: createdAt };
  }
}

/** Starts the platform on a free port of this machine. */
export async function startWecomPlatform(options: WecomPlatformOptions): Promise<WecomPlatform> {
  const platform = new WecomPlatform(options);
  await platform.start();
  return platform;
}

const namesOf = (field: string, people: readonly string[]): Json =>
  people.length > 0 ? { [field]: people.join('|').toLowerCase() } : {};

const error = (errcode: number): Json => ({ errcode, errmsg: `error ${errcode}, more info at …` });
