/**
 * A person may have an account on each platform, and is told on all of them, since whoever decides to tell knows nothing of
 * channels. On a platform that is not connected the message is dropped for who is told on another; for everybody else it
 * is given up where staff see it.
 */
import { Not } from 'typeorm';
import { Identity } from '../../entities/identity';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Channel } from '../channels/channel';
import type { Database, Tx } from '../database/database';
import { carrierOf } from './carriers';

/** Whether the row, for which there is no channel, was dropped because its person has an account that is reached. */
export function dropIfToldElsewhere(
  database: Database,
  channels: readonly Channel[],
  row: OutboxMessage,
): Promise<boolean> {
  return database.transact(async (tx) => {
    if (row.chatKind === 'group' || row.purpose === 'reply' || !(await isToldElsewhere(tx, channels, row)))
      return false;
    const { id, claims } = row;
    await tx.update(OutboxMessage, { id, claims, status: 'pending' }, { status: 'recalled', sentAt: null });
    return true;
  });
}

async function isToldElsewhere(
  tx: Tx,
  channels: readonly Channel[],
  { channel, chatId }: OutboxMessage,
): Promise<boolean> {
  const account = await tx.findOneBy(Identity, { channel, userId: chatId });
  if (!account) return false;
  const others = await tx.findBy(Identity, { personId: account.personId, channel: Not(channel) });
  return others.some((other) => carrierOf(channels, other.channel));
}
