/**
 * Taps on the answers of a message: what a tap stands for is what that message offered to whoever tapped, as it lies in the
 * outbox, and nothing that a callback says. Read before the transaction, so that the turn begins with the right chat.
 */
import { isDeepStrictEqual } from 'node:util';
import { Between, IsNull } from 'typeorm';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Inbound, InboundContent, Receive } from '../channels/channel';
import type { Choice } from '../channels/content';
import { type Clock, inShanghai } from '../clock';
import type { Database, Tx } from '../database/database';
import { hashOfKey } from '../delivery/earlier';

type Tap = Extract<InboundContent, { kind: 'choice' }>;

interface TapParts {
  readonly database: Database;
  readonly clock: Clock;
}

/** What a tap comes to as a message; without a choice when it stands for nothing any more. */
interface Meant {
  readonly inbound: Inbound;
  readonly choice: Choice | null;
}

/** A tap is handed on as the text that it stands for; one that stands for nothing any more as it came. */
export function readingTaps({ database, clock }: TapParts, receive: Receive): Receive {
  return async (inbound) => {
    const { content } = inbound;
    if (content.kind !== 'choice') return receive(inbound);
    const meant = await database.read(async (tx) => {
      const key = await keyOf(tx, inbound, content, clock.now());
      return meantBy(tx, { ...inbound, key }, content);
    });
    const answer = await receive(meant.inbound);
    return answer && meant.choice ? { ...answer, chosen: meant.choice.label } : answer;
  };
}

/** Of a tap that comes too late to be a repetition, named after the one before, so that its own repetition bears it again. */
async function keyOf(tx: Tx, { chat, key }: Inbound, { repeatedWithinMs }: Tap, now: Date): Promise<string> {
  if (repeatedWithinMs === undefined) return key;
  for (let own = key; ; ) {
    const last = await tx.findOneBy(InboundMessage, { channel: chat.channel, messageKey: hashOfKey(own) });
    if (!last || now.getTime() - last.receivedAt.getTime() <= repeatedWithinMs) return own;
    own = `${key} after ${last.id}`;
  }
}

async function meantBy(tx: Tx, inbound: Inbound, tap: Tap): Promise<Meant> {
  const shown = await findShown(tx, inbound, tap);
  const choice = shown?.content.choices[tap.index];
  if (!shown || !choice) return { inbound, choice: null };
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
  const { id, channel, content } = named;
  const at = inShanghai(named.createdAt);
  const createdAt = Between(at.minus({ days: 1 }).toJSDate(), at.plus({ days: 1 }).toJSDate());
  // By whom it is addressed to, since that is indexed and the chat is not.
  const addressee = chatId.toLowerCase();
  const pushed = await tx
    .createQueryBuilder(OutboxMessage, 'pushed')
    .where({ channel, addressee, chatId, chatKind: 'private', replyVia: IsNull(), createdAt })
    // What was decided together lies together.
    .orderBy('ABS(pushed.id - :id)')
    .setParameter('id', id)
    .limit(mostPushed)
    .getMany();
  return pushed.find((each) => each.status !== 'recalled' && isDeepStrictEqual(each.content, content)) ?? null;
}
