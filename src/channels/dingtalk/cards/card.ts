/**
 * A message with answers to tap as the card that shows it: what fills the bureau's template, and the name under which a tap
 * comes back (pages 创建并投放卡片, 事件回调).
 */
import { createHash } from 'node:crypto';
import type { Chat, ChatKind, Outbound } from '../../channel';
import type { Content } from '../../content';
import { toMarkdown } from '../markdown';

/** The variables of the template: `content`, `label1` … `label6`; `chosen` is the private one of whoever taps. */
export interface Card {
  /** For the list of conversations and the notification. */
  readonly title: string;
  readonly variables: Readonly<Record<string, string>>;
}

export const mostChoices = 6;
/** 参数值（最长不超过1KB） */
const valueLimitBytes = 1024;

/** Null when the message does not fit: without answers to tap, with too many, or too long. */
export function cardOf(content: Content): Card | null {
  const { choices } = content;
  if (choices.length === 0 || choices.length > mostChoices) return null;
  // What to type stays visible: a card's markdown knows no links that send a message, and words can be said at any time.
  const { title, text } = toMarkdown(content, false);
  const labels = choices.map(({ label }, index) => [`label${index + 1}`, label] as const);
  const variables = Object.fromEntries([['content', text], ...labels]);
  const fits = Object.values(variables).every((value) => value !== '' && Buffer.byteLength(value) <= valueLimitBytes);
  return fits ? { title, variables } : null;
}

const spaceTypes: Readonly<Record<ChatKind, string>> = { private: 'IM_ROBOT', group: 'IM_GROUP' };

/** Where a card is shown; several people are several spaces of one card. */
export interface Spaces {
  readonly type: string;
  readonly ids: readonly string[];
}

/** Null where an id cannot be told from the next: the spaces stand in one text. */
export function spacesOf(chats: readonly [Chat, ...Chat[]]): Spaces | null {
  const ids = chats.map(({ id }) => id);
  return ids.some((id) => id.includes(';')) ? null : { type: spaceTypes[chats[0].kind], ids };
}

export const openSpaceId = ({ type, ids }: Spaces): string =>
  `dtv1.card//${ids.map((id) => `${type}.${id}`).join(';')}`;

/**
 * The card's name: 一个 outTrackId 唯一标识一张卡片. It is the same in a retry, another when only some of the people are tried
 * again, and unlike any before when the numbers of messages begin again in a new database.
 */
export function outTrackIdOf({ id, content }: Pick<Outbound, 'id' | 'content'>, { ids }: Spaces): string {
  return [id, printOf(content), digest(ids).slice(0, 8)].join('-');
}

/** Unlike the key of a robot's message, which is base64. */
const receiptPrefix = 'card:';

/** What the card is taken back by. */
export const receiptOf = (outTrackId: string): string => `${receiptPrefix}${outTrackId}`;

/** Null for the receipt of anything else. */
export const outTrackIdIn = (receipt: string): string | null =>
  receipt.startsWith(receiptPrefix) ? receipt.slice(receiptPrefix.length) : null;

/** For everybody who sees the card. */
export const clearedVariables: Card['variables'] = {
  content: '（这条消息已收回）',
  ...Object.fromEntries(Array.from({ length: mostChoices }, (_, index) => [`label${index + 1}`, ''])),
};

export interface Tracked {
  readonly outboundId: string;
  readonly print: string;
}

/** Null for a card that is none of ours. */
export function readOutTrackId(outTrackId: string): Tracked | null {
  const [, outboundId, print] = /^(\d{1,15})-([0-9a-f]{16})-[0-9a-f]{8}$/.exec(outTrackId) ?? [];
  return outboundId && print ? { outboundId, print } : null;
}

/** Tells apart messages of the same number. */
export const printOf = (content: Content): string => digest(content).slice(0, 16);

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
