/**
 * Taps on the answers of a message: what a tap stands for is what that message offered to whoever tapped, as it lies in the
 * outbox, and nothing that a callback says. Read before the transaction, so that the turn begins with the right chat.
 */
import { isDeepStrictEqual } from 'node:util';
import { Between, IsNull } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Inbound, InboundContent, Receive } from '../channels/channel';
import type { Choice } from '../channels/content';
import { inShanghai } from '../clock';
import type { Database, Tx } from '../database/database';

type Tap = Extract<InboundContent, { kind: 'choice' }>;

interface Meant {
  readonly inbound: Inbound;
  readonly choice: Choice;
}

/** A tap is handed on as the text that it stands for; one that stands for nothing any more as it came. */
export function readingTaps(database: Database, receive: Receive): Receive {
  return async (inbound) => {
    const { content } = inbound;
    if (content.kind !== 'choice') return receive(inbound);
    const meant = await database.read((tx) => meantBy(tx, inbound, content));
    if (!meant) return receive(inbound);
    const answer = await receive(meant.inbound);
    return answer && { ...answer, chosen: meant.choice.label };
  };
}

async function meantBy(tx: Tx, inbound: Inbound, tap: Tap): Promise<Meant | null> {
  const shown = await findShown(tx, inbound, tap);
  const choice = shown?.content.choices[tap.index];
  if (!shown || !choice) return null;
  const chat = { ...inbound.chat, kind: shown.chatKind, id: shown.chatId };
  return { inbound: { ...inbound, chat, content: { kind: 'text', text: choice.text } }, choice };
}

/** The message as it was sent to a group, or to the person who tapped. */
async function findShown(tx: Tx, { chat }: Inbound, { outboundId, isOf }: Tap): Promise<OutboxMessage | null> {
  const named = await tx.findOneBy(OutboxMessage, { id: Number(outboundId), channel: chat.channel });
  if (!named || named.status === 'recalled' || !isOf(named.content)) return null;
  if (named.chatKind === 'group' || named.chatId === chat.id) return named;
  return findTwin(tx, named, chat.id);
}

const mostPushed = 100;

/** What went to several people in one call bears the number of the first; nobody else got the same. */
async function findTwin(tx: Tx, named: OutboxMessage, chatId: string): Promise<OutboxMessage | null> {
  const { channel, content } = named;
  const at = inShanghai(named.createdAt);
  const createdAt = Between(at.minus({ days: 1 }).toJSDate(), at.plus({ days: 1 }).toJSDate());
  const pushed = await tx.find(OutboxMessage, {
    where: { channel, chatId, chatKind: 'private', replyVia: IsNull(), createdAt },
    take: mostPushed,
  });
  return pushed.find((each) => each.status !== 'recalled' && isDeepStrictEqual(each.content, content)) ?? null;
}
