/** Messages that lost their sense before they left: the report is in, or the day is over. Nobody sees them any more. */
import { type FindOptionsWhere, In, IsNull } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

/** Calls off what is about one of these and not in a sender's hand; only what goes to the chats, where some are given. */
export async function callOffAbout(tx: Tx, about: readonly string[], chats?: readonly Chat[]): Promise<void> {
  if (about.length === 0 || chats?.length === 0) return;
  const waiting = { about: In([...about]), status: 'pending', sentAt: IsNull() } as const;
  const where: FindOptionsWhere<OutboxMessage>[] = chats
    ? chats.map(({ channel, id }) => ({ ...waiting, channel, chatId: id }))
    : [waiting];
  for (const each of where) await tx.update(OutboxMessage, each, { status: 'recalled' });
}

/** Calls off what has expired, unless a sender took it in hand meanwhile. */
export async function callOffExpired(tx: Tx, rows: readonly OutboxMessage[]): Promise<void> {
  const asSeen = rows.map(({ id, claims }) => ({ id, claims, status: 'pending' }) as const);
  for (const each of asSeen) await tx.update(OutboxMessage, each, { status: 'recalled' });
}
