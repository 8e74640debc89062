/**
 * Between the parts of a message: what has gone is written down, the lease renewed, and only then the quotas are looked at
 * for the next part, since of two senders that do so at the same moment at least one must see the other.
 */
import { OutboxMessage } from '../../entities/outbox-message';
import type { Channel } from '../channels/channel';
import { type Clock, inShanghai } from '../clock';
import type { Database } from '../database/database';
import { admit, readFacts } from './admission';
import { leaseMs, stillHeld } from './claim';
import { keepHold, type Progress } from './outcome';

export interface HoldParts {
  readonly database: Database;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly random: () => number;
}

export interface Held {
  readonly row: OutboxMessage;
  readonly progress: Progress;
}

/** How soon a sender that had to step back looks again; two that did so together must not come back together. */
export const stepBackMs = (random: number): number => 150 + 200 * random;

/**
 * For how many milliseconds the next part of each row has to wait, by its id.
 * @param behind rows in the same hand, whose leases are not to run out meanwhile.
 */
export async function renewHold(
  parts: HoldParts,
  held: readonly Held[],
  behind: readonly OutboxMessage[],
): Promise<ReadonlyMap<number, number>> {
  const now = parts.clock.now();
  const rows = await keepAll(parts.database, held, behind, now);
  const facts = await parts.database.read((tx) => readFacts(tx, rows, parts.channels, now));
  const again = inShanghai(now).plus(stepBackMs(parts.random())).toJSDate();
  // Its chat is busy with the message itself, and those behind it.
  const { go, wait } = admit(rows, { ...facts, busy: new Set() }, now, again);
  return new Map([
    ...held.map(({ row }) => [row.id, leaseMs] as const),
    ...go.map(({ id }) => [id, 0] as const),
    ...wait.map(({ row, until }) => [row.id, until.getTime() - now.getTime()] as const),
  ]);
}

/** The rows, as far as no other sender has them. */
async function keepAll(
  database: Database,
  held: readonly Held[],
  behind: readonly OutboxMessage[],
  now: Date,
): Promise<readonly OutboxMessage[]> {
  const lease = { now, dueAt: inShanghai(now).plus(leaseMs).toJSDate() };
  return database.transact(async (tx) => {
    const kept: OutboxMessage[] = [];
    for (const { row, progress } of held) {
      if (await keepHold(tx, row, progress, lease)) kept.push({ ...row, gone: progress.gone });
    }
    if (behind.length > 0) await tx.update(OutboxMessage, stillHeld(behind), { dueAt: lease.dueAt });
    return kept;
  });
}
