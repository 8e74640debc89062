/**
 * What became of replies that their channel meant to hand over in the HTTP response. Good news is collected and written
 * in batches, since nobody waits for it; bad news goes to the sender at once. Lost news costs a second copy, never a reply:
 * when its grace is over, the sender pushes what nobody settled.
 */
import { In, IsNull } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Clock } from '../clock';
import type { Database } from '../database/database';
import { describeFault, type Log } from '../log';
import { type Later, laterOnTimer } from './later';

export interface Settlements {
  /** The platform has taken it. */
  delivered(outboxId: number): void;
  /** It has to be pushed. */
  undelivered(outboxId: number): void;
  /** Resolves when all that was told until now is written, or was tried. Never rejects. */
  flush(): Promise<void>;
}

const batchMs = 50;

/** @param kick wakes the sender. */
export function createSettlements(
  database: Database,
  clock: Clock,
  log: Log,
  kick: () => void,
  later: Later = laterOnTimer,
): Settlements {
  return new BatchedSettlements({ database, clock, log, kick, later });
}

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly kick: () => void;
  readonly later: Later;
}

class BatchedSettlements implements Settlements {
  private readonly taken = new Set<number>();
  private readonly atWork = new Set<Promise<void>>();
  private callOff: (() => void) | null = null;

  constructor(private readonly parts: Parts) {}

  delivered(outboxId: number): void {
    this.remember([outboxId]);
  }

  undelivered(outboxId: number): void {
    this.track(this.makeDue(outboxId).then(this.parts.kick), 'delivery.not_made_due');
  }

  async flush(): Promise<void> {
    this.callOff?.();
    this.callOff = null;
    if (this.taken.size > 0) this.track(this.markSent(), 'delivery.not_marked_sent');
    await Promise.all(this.atWork);
  }

  private remember(outboxIds: readonly number[]): void {
    for (const id of outboxIds) this.taken.add(id);
    this.callOff ??= this.parts.later(() => void this.flush(), batchMs);
  }

  private async markSent(): Promise<void> {
    const ids = [...this.taken];
    this.taken.clear();
    const now = this.parts.clock.now();
    const sent = { status: 'sent', sentAt: now, calledAt: now } as const;
    try {
      await this.parts.database.transact((tx) => tx.update(OutboxMessage, { id: In(ids) }, sent));
    } catch (fault) {
      // A database that is back within the grace still hears of it.
      this.remember(ids);
      throw fault;
    }
  }

  /** Not when a sender has it in hand already, which `sentAt` tells. */
  private async makeDue(id: number): Promise<void> {
    const untouched = { id, status: 'pending', sentAt: IsNull(), attempts: 0 } as const;
    const dueAt = this.parts.clock.now();
    await this.parts.database.transact((tx) => tx.update(OutboxMessage, untouched, { dueAt }));
  }

  private track(work: Promise<void>, failed: string): void {
    const tracked: Promise<void> = work
      .catch((fault: unknown) => this.parts.log.error({ fault: describeFault(fault) }, failed))
      .finally(() => this.atWork.delete(tracked));
    this.atWork.add(tracked);
  }
}
