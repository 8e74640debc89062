/** What waits to be sent, and for how long: for staff and for those who run the service. */
import { LessThanOrEqual } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Tx } from '../database/database';

export interface Queue {
  /** What is to go later is among them. */
  readonly pending: number;
  readonly dead: number;
  /** What was to go by now. */
  readonly waiting: number;
  /** The longest wait; null when nothing waits. */
  readonly waitingSince: Date | null;
}

export async function readQueue(tx: Tx, now: Date): Promise<Queue> {
  const overdue = { status: 'pending', wantedAt: LessThanOrEqual(now) } as const;
  const oldest = { select: { id: true, wantedAt: true }, where: overdue, order: { wantedAt: 'ASC' } } as const;
  return {
    pending: await tx.countBy(OutboxMessage, { status: 'pending' }),
    dead: await tx.countBy(OutboxMessage, { status: 'dead' }),
    waiting: await tx.countBy(OutboxMessage, overdue),
    waitingSince: (await tx.findOne(OutboxMessage, oldest))?.wantedAt ?? null,
  };
}
