/**
 * What became of a message that was taken in before, for a channel that is asked for its answer once more: perhaps of
 * another copy of the bot than the one that took it in.
 */
import { createHash } from 'node:crypto';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Earlier } from '../channels/channel';
import type { Clock } from '../clock';
import type { Database, Tx } from '../database/database';
import { answerTo, type EarlierAnswer, graceMs } from './outbox';
import type { Settlements } from './settlements';

export interface EarlierParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly settlements: Settlements;
}

/** Under which the key of a message is stored: a platform's key may be of any length and letter case. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Whoever else said it would say it a second time. */
const isWithSender = ({ status, attempts }: EarlierAnswer): boolean => attempts > 0 && status !== 'dead';

export async function lookUpEarlier(
  { database, clock, settlements }: EarlierParts,
  channel: string,
  key: string,
): Promise<Earlier> {
  const messageKey = hashOfKey(key);
  return database.transact(async (tx) => {
    if (!(await tx.existsBy(InboundMessage, { channel, messageKey }))) return { kind: 'unknown' };
    const earlier = await answerTo(tx, channel, messageKey);
    if (!earlier) return { kind: 'silent' };
    if (!(await reserve(tx, earlier, clock.now()))) return { kind: 'sending' };
    const { outboxId, content } = earlier;
    const settle = (delivered: boolean) =>
      delivered ? settlements.delivered(outboxId) : settlements.undelivered(outboxId);
    return { kind: 'answer', answer: { content, settle } };
  });
}

/** Keeps the sender from an answer for as long as a response may take; false when it has it in hand, or has sent it. */
export async function reserve(tx: Tx, earlier: EarlierAnswer, now: Date): Promise<boolean> {
  if (isWithSender(earlier)) return false;
  if (earlier.status !== 'pending') return true;
  const dueAt = new Date(now.getTime() + graceMs);
  const { affected } = await tx.update(
    OutboxMessage,
    { id: earlier.outboxId, status: 'pending', attempts: 0 },
    { dueAt },
  );
  if (affected === 1) return true;
  // Settled or claimed since it was read.
  return tx.existsBy(OutboxMessage, { id: earlier.outboxId, status: 'sent', attempts: 0 });
}
