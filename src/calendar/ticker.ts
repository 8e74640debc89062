/**
 * The heartbeat: once a minute it runs the occurrences that have come due, in order and one at a time. It remembers
 * nothing between rounds but what it has already logged; whether an occurrence ran is known by storage, and `run` itself
 * refuses a second time, so that several copies of the bot may tick side by side. Only this file knows node-schedule.
 */
import { type Job, scheduleJob } from 'node-schedule';
import { type Clock, inShanghai } from '../clock';
import { describeFault, type Log } from '../log';
import { isSilent } from './silence';
import type { Occurrence, Timetable } from './timetable';

export interface TickerParts {
  readonly clock: Clock;
  readonly timetable: Timetable;
  /** An occurrence missed by less than this is caught up with. */
  readonly graceMs: number;
  /** Which of the keys have run already, by any copy of the bot. */
  done(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Does it, once for ever, in one transaction. A rejection means that nothing was done: it is tried again. */
  run(occurrence: Occurrence, lateMs: number): Promise<void>;
  readonly log: Log;
}

export interface Ticker {
  /** Catches up at once and then ticks every minute. */
  start(): void;
  /** Resolves when nothing is running any more. */
  stop(): Promise<void>;
  /** One round now; after the running one, if there is one. Never rejects. */
  tick(): Promise<void>;
  /**
   * Moves the clock from occurrence to occurrence up to the instant, so that each runs at its own time.
   * @param settle after each round: what it decided is sent before the clock moves on.
   */
  runThrough(upTo: Date, moveTo: (instant: Date) => void, settle?: () => Promise<void>): Promise<void>;
}

/** How far back a starting ticker looks for what was lost, to log it. */
const lookbackMs = 7 * 24 * 60 * 60 * 1000;

export function createTicker(parts: TickerParts): Ticker {
  return new MinuteTicker(parts);
}

class MinuteTicker implements Ticker {
  private job: Job | null = null;
  private stopping = false;
  private waiting = 0;
  private lastTurn: Promise<void> = Promise.resolve();
  private losesLoggedUpTo: Date | null = null;

  constructor(private readonly parts: TickerParts) {}

  start(): void {
    this.stopping = false;
    this.job ??= scheduleJob('0 * * * * *', () => {
      if (this.waiting === 0) void this.tick();
    });
    void this.tick();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.job?.cancel();
    this.job = null;
    await this.lastTurn;
  }

  tick(): Promise<void> {
    return this.inTurn(() =>
      this.round().catch((fault: unknown) =>
        this.parts.log.error({ fault: describeFault(fault) }, 'ticker.round_failed'),
      ),
    );
  }

  runThrough(upTo: Date, moveTo: (instant: Date) => void, settle?: () => Promise<void>): Promise<void> {
    return this.inTurn(async () => {
      const ahead = this.parts.timetable.between(this.parts.clock.now(), upTo);
      for (const instant of [...ahead.map((occurrence) => occurrence.dueAt), upTo]) {
        if (this.stopping) return;
        moveTo(instant);
        await this.round();
        await settle?.();
      }
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.waiting++;
    const turn = this.lastTurn.then(work).finally(() => {
      this.waiting--;
    });
    // Whoever asked for the turn hears of its failure; the next in line must not.
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  private async round(): Promise<void> {
    const now = this.parts.clock.now();
    const recent = this.parts.timetable.between(before(now, this.parts.graceMs + lookbackMs), now);
    await this.logLost(recent, now);
    if (isSilent(now)) return;
    for (const occurrence of await this.undone(recent.filter((each) => now < this.lostAt(each)))) {
      if (this.stopping) return;
      await this.attempt(occurrence, now);
    }
  }

  private async attempt(occurrence: Occurrence, now: Date): Promise<void> {
    const lateMs = now.getTime() - occurrence.dueAt.getTime();
    try {
      await this.parts.run(occurrence, lateMs);
    } catch (fault) {
      // The next round tries again; the occurrences behind this one must not wait for it.
      this.parts.log.error({ occurrence: occurrence.key, lateMs, fault: describeFault(fault) }, 'ticker.run_failed');
    }
  }

  /** Logs, once, what never ran and never will; a morning without a step of its own is made up for by the next. */
  private async logLost(recent: readonly Occurrence[], now: Date): Promise<void> {
    const since = this.losesLoggedUpTo ?? before(now, lookbackMs);
    const expired = recent.filter(
      (each) => each.step !== null && since < this.lostAt(each) && this.lostAt(each) <= now,
    );
    for (const { key, dueAt } of await this.undone(expired)) {
      const lateMs = now.getTime() - dueAt.getTime();
      this.parts.log.warn({ occurrence: key, lateMs }, 'ticker.occurrence_lost');
    }
    this.losesLoggedUpTo = now;
  }

  private async undone(occurrences: readonly Occurrence[]): Promise<readonly Occurrence[]> {
    if (occurrences.length === 0) return [];
    const done = await this.parts.done(occurrences.map((occurrence) => occurrence.key));
    return occurrences.filter((occurrence) => !done.has(occurrence.key));
  }

  /** From this instant on the occurrence is not run any more. */
  private lostAt({ dueAt, expiresAt }: Occurrence): Date {
    const graceEnds = before(dueAt, -this.parts.graceMs);
    return expiresAt !== null && expiresAt < graceEnds ? expiresAt : graceEnds;
  }
}

function before(instant: Date, milliseconds: number): Date {
  return inShanghai(instant).minus({ milliseconds }).toJSDate();
}
