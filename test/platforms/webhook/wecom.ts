/**
 * WeCom's side of group robots (消息推送), as strict as paths 91770 and 99110 say: a real HTTP server that knows some robots,
 * refuses what breaks a limit, and remembers what their groups have in front of them.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../../src/clock';
import { type Call, type Handling, jsonOf, ok, oldError, type Reply, serve } from '../dingtalk/http';

export interface Shown {
  readonly key: string;
  readonly msgtype: string;
  /** The words; empty for pictures and files. */
  readonly text: string;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
  /** Accounts, numbers and `@all` whose people are told that they are meant. */
  readonly called?: readonly string[];
}

export interface WecomGroups {
  readonly url: string;
  readonly shown: readonly Shown[];
  /** Paths in the order of the calls, those that failed included. */
  readonly calls: readonly string[];
  /** The address as the page of this robot shows it. */
  addressOf(key: string): string;
  /** 93000 removed, 93004 disabled, 93008 not in the group. */
  setAside(key: string, errcode: 93000 | 93004 | 93008): void;
  /** The next call of this path is not looked at; `taken` does what it asks and never answers. */
  failNext(path: string, handling: Handling | 'taken'): void;
  close(): Promise<void>;
}

const sendPath = '/cgi-bin/webhook/send';
const uploadPath = '/cgi-bin/webhook/upload_media';

export async function startWecomGroups(keys: readonly string[], clock: Clock): Promise<WecomGroups> {
  const robots = new Robots(keys, clock);
  const calls: string[] = [];
  const failures: { path: string; handling: Handling | 'taken' }[] = [];
  const served = await serve(async (call) => {
    calls.push(call.path);
    const index = failures.findIndex(({ path }) => path === call.path);
    const [failure] = index < 0 ? [] : failures.splice(index, 1);
    if (failure && failure.handling !== 'taken') return failure.handling;
    const reply = await robots.answer(call);
    return failure ? 'hang' : reply;
  });
  return {
    url: served.url,
    shown: robots.shown,
    calls,
    addressOf: (key) => `${served.url}${sendPath}?key=${key}`,
    setAside: (key, errcode) => void robots.aside.set(key, errcode),
    failNext: (path, handling) => void failures.push({ path, handling }),
    close: served.close,
  };
}

type Checked = Omit<Shown, 'key'> | Reply;

/** Lists of text alone (path 91770). */
function withCalled(checked: Checked, part: Readonly<Record<string, unknown>>): Checked {
  if ('status' in checked) return checked;
  const lists = [part['mentioned_list'] ?? [], part['mentioned_mobile_list'] ?? []];
  const areNames = (list: unknown): list is string[] => Array.isArray(list) && list.every((n) => typeof n === 'string');
  return lists.every(areNames) ? { ...checked, called: lists.flat() } : refuse(40058);
}

class Robots {
  readonly shown: Shown[] = [];
  readonly aside = new Map<string, number>();
  private readonly times = new Map<string, number[]>();
  private readonly uploads = new Map<string, { key: string; name: string; bytes: Buffer; goodUntil: number }>();

  constructor(
    private readonly keys: readonly string[],
    private readonly clock: Clock,
  ) {}

  async answer(call: Call): Promise<Reply> {
    const key = call.query.get('key') ?? '';
    const known = this.keys.includes(key) ? this.aside.get(key) : 93000;
    if (known) return refuse(known);
    if (call.method !== 'POST') return refuse(43002);
    if (call.path === uploadPath) return this.keep(key, call);
    if (call.path !== sendPath) return { status: 404, body: '<html>not found</html>' };
    if (this.isTooFast(key)) return refuse(45009);
    const checked = this.check(key, call);
    if ('status' in checked) return checked;
    this.shown.push({ key, ...checked });
    return ok({ errcode: 0, errmsg: 'ok' });
  }

  private isTooFast(key: string): boolean {
    const now = this.clock.now().getTime();
    const recent = (this.times.get(key) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= 20) return true;
    this.times.set(key, [...recent, now]);
    return false;
  }

  private check(key: string, call: Call): Checked {
    const body = jsonOf(call);
    if (!body) return refuse(40035);
    if (/\\u[0-9a-f]{4}/i.test(call.body.toString())) return refuse(40033);
    const msgtype = String(body['msgtype']);
    const part = (body[msgtype] ?? {}) as Readonly<Record<string, unknown>>;
    if (msgtype === 'text') return withCalled(checkWords(msgtype, part['content'], 2048), part);
    if (msgtype === 'markdown') return checkWords(msgtype, part['content'], 4096);
    if (msgtype === 'image') return checkImage(part);
    return msgtype === 'file' ? this.checkFile(key, String(part['media_id'])) : refuse(40008);
  }

  /** An upload is good for three days, and for the robot that made it. */
  private checkFile(key: string, mediaId: string): Checked {
    const upload = this.uploads.get(mediaId);
    if (!upload || upload.key !== key || this.clock.now().getTime() > upload.goodUntil) return refuse(40007);
    return { msgtype: 'file', text: '', file: { name: upload.name, bytes: upload.bytes } };
  }

  private async keep(key: string, call: Call): Promise<Reply> {
    if (call.query.get('type') !== 'file') return refuse(40004);
    const type = { 'content-type': call.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(call.body), { headers: type }).formData().catch(() => null);
    const media = form?.get('media');
    if (!media || typeof media === 'string' || media.name === '') return refuse(41005);
    const bytes = Buffer.from(await media.arrayBuffer());
    if (bytes.length <= 5 || bytes.length > 20 * 1024 * 1024) return refuse(40006);
    const mediaId = `media-${this.uploads.size + 1}`;
    const goodUntil = this.clock.now().getTime() + 3 * 24 * 3600_000;
    this.uploads.set(mediaId, { key, name: media.name, bytes, goodUntil });
    return ok({ errcode: 0, errmsg: 'ok', type: 'file', media_id: mediaId, created_at: '1751421600' });
  }
}

const refuse = (errcode: number): Reply => oldError(errcode, `error ${errcode}, more info at …`);

/** Whether the real one cuts or refuses a long text is not documented; refusing makes the mistake visible. */
function checkWords(msgtype: string, content: unknown, limitBytes: number): Checked {
  if (typeof content !== 'string' || content.trim() === '') return refuse(44004);
  return Buffer.byteLength(content) > limitBytes ? refuse(40058) : { msgtype, text: content, file: null };
}

function checkImage({ base64, md5 }: Readonly<Record<string, unknown>>): Checked {
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return refuse(40035);
  const bytes = Buffer.from(base64, 'base64');
  if (createHash('md5').update(bytes).digest('hex') !== md5) return refuse(301019);
  const isPicture = /^(89504e47|ffd8ff)/.test(bytes.toString('hex', 0, 4));
  return isPicture && bytes.length <= 2 * 1024 * 1024
    ? { msgtype: 'image', text: '', file: { name: '', bytes } }
    : refuse(40009);
}
