/** What WeCom's API accepts from an app, and with which codes it refuses the rest (paths 90236, 90248, 90253, 91039). */

import type { Card, Cards } from './cards';
import type { Media, MediaStore } from './media';

/** A message that reached people. */
export interface SentMessage {
  readonly to: string;
  readonly kind: 'private' | 'group';
  readonly msgtype: string;
  /** The words as people see them, empty for files. */
  readonly text: string;
  readonly file: Media | null;
  readonly card?: Card;
  readonly called?: readonly string[];
  readonly at: Date;
  /** Of a message to people; a message to a group has none. */
  readonly msgid?: string;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Directory {
  /** Who exists; null for anyone. */
  readonly members: ReadonlySet<string> | null;
  /** Who has no licence for the interface. */
  readonly unlicensed: ReadonlySet<string>;
  /** Groups that this app created; null for any. */
  readonly groups: ReadonlySet<string> | null;
  readonly agentId: number;
  readonly media: MediaStore;
  /** What takes cards; null for an app without a callback address. */
  readonly cards: Cards | null;
}

export interface MessageBody {
  readonly msgtype: string;
  readonly text: string;
  readonly file: Media | null;
  readonly card?: Card;
  /** Of a text to a group: whose phone rings. */
  readonly called?: readonly string[];
}

export type Checked =
  | {
      readonly ok: true;
      readonly to: readonly string[];
      readonly invalid: readonly string[];
      readonly unlicensed: readonly string[];
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
  const unlicensed = known.filter((user) => hasMember(directory.unlicensed, user));
  const to = known.filter((user) => !unlicensed.includes(user));
  return withContent(body, directory, { to, unlicensed, invalid: named.filter((user) => !known.includes(user)) });
}

type Addressees = Pick<Extract<Checked, { ok: true }>, 'to' | 'invalid' | 'unlicensed'>;

export function checkGroup(raw: string, directory: Directory): Checked {
  const body = parse(raw);
  if (!body) return refuse(raw.includes('\\u') ? 40033 : 40035);
  const { chatid } = body;
  if (typeof chatid !== 'string' || chatid === '') return refuse(40050);
  if (directory.groups && !directory.groups.has(chatid)) return refuse(86008);
  return withContent(body, directory, { to: [chatid], invalid: [], unlicensed: [] });
}

/** WeCom compares user ids without regard to case. */
export function hasMember(members: ReadonlySet<string>, user: string): boolean {
  return [...members].some((member) => member.toLowerCase() === user.toLowerCase());
}

/** Path 90236 lists `safe` for neither. */
const withoutSafe = ['markdown', 'template_card'];

function withContent(body: Json, directory: Directory, who: Addressees): Checked {
  const { msgtype, safe } = body;
  if (typeof msgtype !== 'string') return refuse(40008);
  const part = body[msgtype];
  if (typeof part !== 'object' || part === null) return refuse(40035);
  if (safe !== undefined && (withoutSafe.includes(msgtype) || (safe !== 0 && safe !== 1))) return refuse(40035);
  const content = checkContent(msgtype, part as Json, { ...directory, to: who.to, isGroup: 'chatid' in body });
  return typeof content === 'number' ? refuse(content) : { ok: true, ...who, body: { msgtype, ...content } };
}

function checkContent(
  msgtype: string,
  part: Json,
  { to, isGroup, ...directory }: Directory & { readonly to: readonly string[]; readonly isGroup: boolean },
): Omit<MessageBody, 'msgtype'> | number {
  if (msgtype === 'text') return isGroup ? withCalled(checkText(part), part) : checkText(part);
  if (msgtype === 'markdown') return checkMarkdown(part);
  if (msgtype !== 'template_card' || isGroup) return checkMedia(msgtype, part, directory);
  const card = directory.cards ? directory.cards.check(part, to) : 43012;
  return typeof card === 'number' ? card : { text: '', file: null, card };
}

/** The real one cuts what is longer without a word; refusing it makes the mistake visible. */
function checkText({ content }: Json): { text: string; file: null } | number {
  if (typeof content !== 'string' || content.trim() === '') return 44004;
  return Buffer.byteLength(content) > 2048 ? 45002 : { text: seen(content), file: null };
}

/** `mentioned_list` holds accounts and `@all` (path 90248). */
function withCalled(checked: ReturnType<typeof checkText>, { mentioned_list: list = [] }: Json) {
  const areNames = Array.isArray(list) && list.every((name) => typeof name === 'string');
  if (!areNames) return 40058;
  return typeof checked === 'number' || list.length === 0 ? checked : { ...checked, called: list as string[] };
}

/** Nothing shows of these at the end of a line. */
const seen = (content: string): string => content.replace(/[\u200b-\u200d]+$/, '');

/** The real one shows the source of what is not in its subset; refusing it makes the mistake visible. */
function checkMarkdown(part: Json): { text: string; file: null } | number {
  const checked = checkText(part);
  const isBeyond =
    typeof checked !== 'number' && /^\s*(?:\||```|[-*_]{3,}\s*$)|!\[|~~|<(?!\/?font)\/?[a-z]/im.test(checked.text);
  return isBeyond ? 40058 : checked;
}

function checkMedia(msgtype: string, { media_id: id }: Json, { media }: Directory): { text: ''; file: Media } | number {
  if (msgtype !== 'file' && msgtype !== 'image') return 40008;
  const file = typeof id === 'string' ? media.find(id) : undefined;
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
