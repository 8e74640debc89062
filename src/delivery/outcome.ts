/** What follows from an attempt to send: done, again later, or given up where staff can see it. */
import { In, IsNull, LessThan, MoreThanOrEqual } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { SendFailure, SendResult } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { stillHeld } from './claim';
import { markTaken } from './taken';

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly failure: SendFailure; readonly dueAt: Date }
  /** The platform's limits ask for a pause before the rest; nothing failed. */
  | { readonly kind: 'pause'; readonly dueAt: Date }
  | { readonly kind: 'dead'; readonly failure: SendFailure };

/** How long to wait after the first, second … failure; after one more the message is given up. */
export const backoffMs: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000];
/** Messages that failed together do not come back together. */
const jitter = 0.2;

/** What an outcome is judged by. */
export interface Judged {
  /** This one counted. */
  readonly attempts: number;
  readonly result: SendResult;
  readonly now: Date;
  /** At least 0 and below 1. */
  readonly random: number;
}

export function outcomeOf({ attempts, result, now, random }: Judged): Outcome {
  if (result.ok) return { kind: 'sent' };
  const { failure } = result;
  if (failure.isPause)
    return {
      kind: 'pause',
      dueAt: inShanghai(now)
        .plus(failure.waitMs ?? 0)
        .toJSDate(),
    };
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
  const went = wentBy(progress);
  if (row.recalls) await markTaken(tx, row.recalls, takenBy(row, progress));
  if (outcome.kind === 'sent') {
    const sent = { status: 'sent', sentAt: now, calledAt: now, failureCode: null, failureText: null } as const;
    await tx.update(OutboxMessage, row.id, { ...went, ...sent });
    return;
  }
  const called = progress.gone > row.gone || ('failure' in outcome && outcome.failure.unknown) ? { calledAt: now } : {};
  const inQueue = { ...went, ...called, sentAt: null, ...whatNext(outcome, row) };
  await tx.update(OutboxMessage, stillHeld([row]), inQueue);
}

const takenBy = ({ receipts }: OutboxMessage, left: Progress): readonly string[] =>
  (receipts ?? []).filter((receipt) => !left.receipts.includes(receipt));

/** A pause takes its try back, but not the first: that a sender had the row stays known. */
function whatNext(outcome: Exclude<Outcome, { kind: 'sent' }>, { attempts }: OutboxMessage) {
  const { kind } = outcome;
  if (kind === 'pause') return { dueAt: outcome.dueAt, attempts: Math.max(attempts - 1, 1) };
  const { code, userText } = outcome.failure;
  const failed = { failureCode: code.slice(0, 64), failureText: userText.slice(0, 500) };
  return kind === 'dead' ? { ...failed, status: 'dead' as const } : { ...failed, dueAt: outcome.dueAt };
}

const wentBy = ({ gone, receipts, recallableUntil }: Progress) => ({
  gone,
  recallableUntil,
  receipts: receipts.length > 0 ? [...receipts] : null,
});

/** Writes down between two parts what has gone, and renews the lease until `dueAt`; false when another sender has the row. */
export async function keepHold(
  tx: Tx,
  row: OutboxMessage,
  progress: Progress,
  { now, dueAt }: { readonly now: Date; readonly dueAt: Date },
): Promise<boolean> {
  const held = { ...wentBy(progress), calledAt: now, dueAt };
  const { affected } = await tx.update(OutboxMessage, stillHeld([row]), held);
  return affected === 1;
}

/** Lets what lies in the queue for the same chat, and is no more urgent, wait for the row that failed or pauses. */
export async function queueBehind(
  tx: Tx,
  failed: OutboxMessage,
  channels: readonly string[],
  until: Date,
): Promise<void> {
  const { chatKind, addressee } = failed;
  const inQueue = { channel: In([...channels]), chatKind, addressee, status: 'pending', sentAt: IsNull() } as const;
  const priority = MoreThanOrEqual(failed.priority);
  await tx.update(OutboxMessage, { ...inQueue, priority, dueAt: LessThan(until) }, { dueAt: until });
}
