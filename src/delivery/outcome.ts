/** What follows from an attempt to send: done, again later, or given up where staff can see it. */
import { In, IsNull, LessThan, MoreThanOrEqual } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { SendFailure, SendResult } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly failure: SendFailure; readonly dueAt: Date }
  | { readonly kind: 'dead'; readonly failure: SendFailure };

/** How long to wait after the first, second … failure; after one more the message is given up. */
export const backoffMs: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000];
/** Messages that failed together do not come back together. */
const jitter = 0.2;

export interface Attempt {
  /** This one counted. */
  readonly attempts: number;
  readonly result: SendResult;
  readonly now: Date;
  /** At least 0 and below 1. */
  readonly random: number;
}

export function outcomeOf({ attempts, result, now, random }: Attempt): Outcome {
  if (result.ok) return { kind: 'sent' };
  const { failure } = result;
  const backoff = backoffMs[attempts - 1];
  // A second copy of a message that may have arrived would be ours; whether to send it again is for staff to say.
  if (failure.unknown || !failure.retryable || backoff === undefined) return { kind: 'dead', failure };
  const waitMs = Math.max(Math.round(backoff * (1 - jitter + 2 * jitter * random)), failure.waitMs ?? 0);
  return { kind: 'retry', failure, dueAt: inShanghai(now).plus(waitMs).toJSDate() };
}

/** What of a message has gone, kept also when the rest has not. */
export interface Progress {
  readonly gone: number;
  readonly receipts: readonly string[];
  /** Null where the platform takes nothing back. */
  readonly recallableUntil: Date | null;
}

export interface Recorded {
  readonly row: OutboxMessage;
  readonly outcome: Outcome;
  readonly progress: Progress;
  readonly now: Date;
}

/** Writes what became of the row. A failure counts only as long as no other sender has the row. */
export async function recordOutcome(tx: Tx, { row, outcome, progress, now }: Recorded): Promise<void> {
  const { id, attempts } = row;
  const { gone, receipts, recallableUntil } = progress;
  const went = { gone, recallableUntil, receipts: receipts.length > 0 ? [...receipts] : null };
  if (outcome.kind === 'sent') {
    const sent = { status: 'sent', sentAt: now, failureCode: null, failureText: null } as const;
    await tx.update(OutboxMessage, id, { ...sent, ...went });
    if (row.recalls) await tx.update(OutboxMessage, { id: In([...row.recalls]) }, { status: 'recalled' });
    return;
  }
  const { code, userText } = outcome.failure;
  const failed = { ...went, sentAt: null, failureCode: code.slice(0, 64), failureText: userText.slice(0, 500) };
  const next = outcome.kind === 'dead' ? ({ status: 'dead' } as const) : { dueAt: outcome.dueAt };
  await tx.update(OutboxMessage, { id, attempts, status: 'pending' }, { ...failed, ...next });
}

/** Lets what lies in the queue for the same chat, and is no more urgent, wait for the row that failed. */
export async function queueBehind(tx: Tx, failed: OutboxMessage, until: Date): Promise<void> {
  const { channel, chatKind, chatId } = failed;
  const inQueue = { channel, chatKind, chatId, status: 'pending', sentAt: IsNull() } as const;
  const priority = MoreThanOrEqual(failed.priority);
  await tx.update(OutboxMessage, { ...inQueue, priority, dueAt: LessThan(until) }, { dueAt: until });
}
