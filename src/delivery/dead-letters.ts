/** Messages that were given up: staff see why, mend it, and send them again. */
import { In } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

/** Its text is not told: staff need not read what was meant for somebody else. */
export interface DeadLetter {
  readonly id: number;
  readonly chat: Chat;
  readonly purpose: string;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly failureCode: string;
  /** For staff: what went wrong and what to do. */
  readonly failureText: string;
}

/** The latest first. */
export async function listDead(tx: Tx, limit: number): Promise<readonly DeadLetter[]> {
  const rows = await tx.find(OutboxMessage, { where: { status: 'dead' }, order: { id: 'DESC' }, take: limit });
  return rows.map((row) => ({
    id: row.id,
    chat: { channel: row.channel, kind: row.chatKind, id: row.chatId },
    purpose: row.purpose,
    createdAt: row.createdAt,
    attempts: row.attempts,
    failureCode: row.failureCode ?? '',
    failureText: row.failureText ?? '',
  }));
}

const unfailed = { failureCode: null, failureText: null } as const;

/** Sends dead letters again, as if they had never been tried; returns how many there were. Kick the sender afterwards. */
export async function revive(tx: Tx, ids: readonly number[], now: Date): Promise<number> {
  if (ids.length === 0) return 0;
  const fresh = { status: 'pending', wantedAt: now, dueAt: now, attempts: 0, ...unfailed } as const;
  const { affected } = await tx.update(OutboxMessage, { id: In([...ids]), status: 'dead' }, fresh);
  return affected ?? 0;
}
