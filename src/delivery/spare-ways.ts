/**
 * Ways back that came with messages and were not needed, since the channel handed the answer over in its response: each is
 * good for one more message, to whichever copy of the bot has something to say.
 */
import { IsNull, MoreThan, Not } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { SpareWay } from '../channels/channel';
import { type Clock, inShanghai } from '../clock';
import type { Database, Tx } from '../database/database';
import type { Settlements } from './settlements';

export interface SpareWayParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly settlements: Settlements;
}

/** No platform's way back is good for longer. */
const lookBackHours = 24;
const mostLookedAt = 20;

/** The newest that is still good, which nobody else gets then. */
export async function takeSpareWay(
  { database, clock, settlements }: SpareWayParts,
  channel: string,
  account: string,
): Promise<SpareWay | null> {
  // What was handed over a moment ago may not be written down yet.
  await settlements.flush();
  const now = clock.now();
  for (const { id, replyVia } of await database.read((tx) => findUnneeded(tx, channel, account, now))) {
    if (!replyVia || Date.parse(replyVia.expiresAt) <= now.getTime()) continue;
    if (await database.transact((tx) => take(tx, id))) {
      const giveBack = () => database.transact(async (tx) => void (await tx.update(OutboxMessage, id, { replyVia })));
      return { via: replyVia, giveBack };
    }
  }
  return null;
}

/** Of a reply that its channel handed over, and no sender had in hand. */
const unneeded = { purpose: 'reply', status: 'sent', attempts: 0, replyVia: Not(IsNull()) } as const;

/** By the index of channel, addressee and instant. */
function findUnneeded(tx: Tx, channel: string, account: string, now: Date): Promise<OutboxMessage[]> {
  const calledAt = MoreThan(inShanghai(now).minus({ hours: lookBackHours }).toJSDate());
  return tx.find(OutboxMessage, {
    select: { id: true, replyVia: true },
    where: { channel, addressee: account.toLowerCase(), chatKind: 'private', calledAt, ...unneeded },
    order: { id: 'DESC' },
    take: mostLookedAt,
  });
}

/** False when somebody else has taken it since it was read. */
async function take(tx: Tx, id: number): Promise<boolean> {
  const { affected } = await tx.update(OutboxMessage, { id, ...unneeded }, { replyVia: null });
  return affected === 1;
}
