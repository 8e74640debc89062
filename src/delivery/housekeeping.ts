/**
 * Forgets what nobody asks for any more: that a message came in, once no platform would repeat it, and what was sent half
 * a year ago. Dead letters stay until staff see to them.
 */
import { In, LessThan } from 'typeorm';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';

const inboundDays = 30;
const sentDays = 180;

export interface Pruned {
  readonly removed: number;
  /** There is more to remove: call again, in another transaction. */
  readonly more: boolean;
}

/** Removes at most `batchSize` rows of each kind, so that no transaction grows long. */
export async function prune(tx: Tx, now: Date, batchSize = 1000): Promise<Pruned> {
  const inbound = await pruneInbound(tx, daysBefore(now, inboundDays), batchSize);
  const sent = await pruneSent(tx, daysBefore(now, sentDays), batchSize);
  return { removed: inbound + sent, more: inbound === batchSize || sent === batchSize };
}

async function pruneInbound(tx: Tx, before: Date, take: number): Promise<number> {
  const where = { receivedAt: LessThan(before) };
  const old = await tx.find(InboundMessage, { select: { id: true }, where, take });
  if (old.length > 0) await tx.delete(InboundMessage, { id: In(old.map(({ id }) => id)) });
  return old.length;
}

async function pruneSent(tx: Tx, before: Date, take: number): Promise<number> {
  // `dueAt` has an index with the status, and in a row that was sent it lies within minutes of `sentAt`.
  const where = { status: In(['sent', 'recalled']), dueAt: LessThan(before) } as const;
  const old = await tx.find(OutboxMessage, { select: { id: true }, where, take });
  if (old.length > 0) await tx.delete(OutboxMessage, { id: In(old.map(({ id }) => id)) });
  return old.length;
}

const daysBefore = (now: Date, days: number): Date => inShanghai(now).minus({ days }).toJSDate();
