/** What WeCom's API accepts from an app, and with which codes it refuses the rest (paths 90236, 90248, 90253, 91039). */

import type { Card, Cards } from './cards';

/** A file that the app uploaded. */
export interface Media {
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** A message that reached people. */
export interface SentMessage {
  readonly to: string;
  readonly kind: 'private' | 'group';
  readonly msgtype: string;
  /** The words of a text, empty for files. */
  readonly text: string;
  readonly file: Media | null;
  readonly card?: Card;
  readonly at: Date;
  /** Of a message to people; a message to a group has none. */
  readonly msgid?: string;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Directory {
  /** Who exists; null for anyone. */
  readonly members: ReadonlySet<string> | null;
  /** Groups that this app created; null for any. */
  readonly groups: ReadonlySet<string> | null;
  readonly agentId: number;
  readonly media: ReadonlyMap<string, Media>;
  /** What takes cards; null for an app without a callback address. */
  readonly cards: Cards | null;
}

export interface MessageBody {
  readonly msgtype: string;
  readonly text: string;
  readonly file: Media | null;
  readonly card?: Card;
}

export type Checked =
  | {
      readonly ok: true;
      readonly to: readonly string[];
      readonly invalid: readonly string[];
      readonly body: MessageBody;
    }
  | { readonly ok: false; readonly errcode: number };

const refuse = (errcode: number): Checked => ({ ok: false, errcode });

export function checkPrivate(raw: string, directory: Directory): Checked {
  const body = parse(raw);
  if (!body) return refuse(raw.includes('\\u') ? 40033 : 40035);
  const { touser, agentid, enable_duplicate_check: check = 0, duplicate_check_interval: interval = 1800 } = body;
  if (!Number.isInteger(agentid)) return refuse(40056);
  if (agentid !== directory.agentId) return refuse(301002);
  if (![0, 1].includes(Number(check)) || !(Number(interval) > 0 && Number(interval) <= 14_400)) return refuse(40035);
  if (typeof touser !== 'string' || touser === '') return refuse(82001);
  const named = touser.split('|');
  if (named.length > 1000) return refuse(40032);
  const known = named.filter((user) => !directory.members || hasMember(directory.members, user));
  if (known.length === 0) return refuse(81013);
  return withContent(
    body,
    directory,
    known,
    named.filter((user) => !known.includes(user)),
  );
}

export function checkGroup(raw: string, directory: Directory): Checked {
  const body = parse(raw);
  if (!body) return refuse(raw.includes('\\u') ? 40033 : 40035);
  const { chatid } = body;
  if (typeof chatid !== 'string' || chatid === '') return refuse(40050);
  if (directory.groups && !directory.groups.has(chatid)) return refuse(86008);
  return withContent(body, directory, [chatid], []);
}

/** WeCom compares user ids without regard to case. */
export function hasMember(members: ReadonlySet<string>, user: string): boolean {
  return [...members].some((member) => member.toLowerCase() === user.toLowerCase());
}

function withContent(body: Json, directory: Directory, to: readonly string[], invalid: readonly string[]): Checked {
  const { msgtype, safe = 0 } = body;
  if (typeof msgtype !== 'string') return refuse(40008);
  const part = body[msgtype];
  if (typeof part !== 'object' || part === null) return refuse(40035);
  if (safe !== 0 && safe !== 1) return refuse(40035);
  const content = checkContent(msgtype, part as Json, { ...directory, to, isGroup: 'chatid' in body });
  return typeof content === 'number' ? refuse(content) : { ok: true, to, invalid, body: { msgtype, ...content } };
}

function checkContent(
  msgtype: string,
  part: Json,
  { to, isGroup, ...directory }: Directory & { readonly to: readonly string[]; readonly isGroup: boolean },
): Omit<MessageBody, 'msgtype'> | number {
  if (msgtype === 'text') return checkText(part);
  if (msgtype !== 'template_card' || isGroup) return checkMedia(msgtype, part, directory);
  const card = directory.cards ? directory.cards.check(part, to.join('|')) : 43012;
  return typeof card === 'number' ? card : { text: '', file: null, card };
}

/** The real one cuts what is longer without a word; refusing it makes the mistake visible. */
function checkText({ content }: Json): { text: string; file: null } | number {
  if (typeof content !== 'string' || content.trim() === '') return 44004;
  return Buffer.byteLength(content) > 2048 ? 45002 : { text: content, file: null };
}

function checkMedia(msgtype: string, { media_id: id }: Json, { media }: Directory): { text: ''; file: Media } | number {
  if (msgtype !== 'file' && msgtype !== 'image') return 40008;
  const file = typeof id === 'string' ? media.get(id) : undefined;
  if (!file) return 40007;
  return file.type === msgtype ? { text: '', file } : 40004;
}

/** Null for what is not a JSON object, or holds `\u` escapes. */
function parse(raw: string): Json | null {
  try {
    const body: unknown = JSON.parse(raw);
    return typeof body === 'object' && body !== null && !/\\u[0-9a-f]{4}/i.test(raw) ? (body as Json) : null;
  } catch {
    return null;
  }
}

const uploadLimits: Readonly<Record<string, number>> = { image: 10 * 1024 ** 2, file: 20 * 1024 ** 2 };

/** The upload, or the code it is refused with. */
export async function checkUpload(request: Request, type: string): Promise<Media | number> {
  const limit = uploadLimits[type];
  if (!limit) return 40004;
  const part = (await request.formData().catch(() => null))?.get('media');
  if (!part || typeof part === 'string') return 41005;
  const bytes = Buffer.from(await part.arrayBuffer());
  if (bytes.length <= 5) return 44001;
  if (type === 'image' && !['image/png', 'image/jpeg'].includes(part.type)) return 40004;
  return bytes.length > limit ? 45001 : { type, name: part.name, bytes };
}
