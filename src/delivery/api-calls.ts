/**
 * Calls of a platform's API that the organisation has only so many of in a calendar month, counted over all copies of the
 * bot. Whoever makes a call does not wait for the counting; somebody is told once when four fifths of the month are used.
 */
import { Gauge, type Registry } from 'prom-client';
import { IsNull } from 'typeorm';
import { ApiCalls } from '../../entities/api-calls';
import { type Clock, inShanghai } from '../clock';
import type { Database, Tx } from '../database/database';
import { isDuplicate } from '../database/errors';
import { describeFault, type Log } from '../log';

export interface CallCounterParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Registry;
  readonly channel: string;
  /** Of a month. */
  readonly limit: number;
  /** Told once a month, in the transaction that counts. */
  readonly warn: (tx: Tx, used: number, now: Date) => Promise<void>;
}

/** From here on people are warned, and no calls are made for convenience. */
const shortShare = 0.8;
/** From here on what is left is for words. */
const scarceShare = 0.95;

/** How many calls there are in a month, by channel. */
export type CallLimits = ReadonlyMap<string, number>;

/** The channels whose calls of this month are all but used up. */
export async function findScarce(tx: Tx, limits: CallLimits, now: Date): Promise<ReadonlySet<string>> {
  const scarce = new Set<string>();
  for (const [channel, limit] of limits) {
    if ((await callsIn(tx, channel, now)) >= limit * scarceShare) scarce.add(channel);
  }
  return scarce;
}

async function callsIn(tx: Tx, channel: string, now: Date): Promise<number> {
  const found = await tx.findOneBy(ApiCalls, { channel, month: monthOf(now) });
  return found?.calls ?? 0;
}

/** As China counts. */
const monthOf = (now: Date): string => inShanghai(now).toFormat('yyyy-MM');

export class CallCounter {
  private uncounted = 0;
  private writing: Promise<void> | null = null;

  constructor(private readonly parts: CallCounterParts) {
    if (parts.metrics) this.measure(parts.metrics);
  }

  /** A call was made. */
  readonly count = (): void => {
    this.uncounted += 1;
    this.writing ??= this.writeAll();
  };

  /** Resolves when all calls are counted, or were tried to be. Never rejects. */
  async flush(): Promise<void> {
    await this.writing;
    if (this.uncounted === 0) return;
    this.writing ??= this.writeAll();
    await this.writing;
  }

  /** Calls of this month. */
  async used(): Promise<number> {
    const { database, channel, clock } = this.parts;
    return database.read((tx) => callsIn(tx, channel, clock.now()));
  }

  /** Whether four fifths are used. Never rejects: while the database is away nobody is sent much. */
  readonly isShort = async (): Promise<boolean> => {
    const used = await this.used().catch(() => 0);
    return used >= this.parts.limit * shortShare;
  };

  private async writeAll(): Promise<void> {
    let writes = true;
    while (this.uncounted > 0 && writes) {
      const calls = this.uncounted;
      this.uncounted = 0;
      writes = await this.tryToWrite(calls);
      // They wait for the next call.
      if (!writes) this.uncounted += calls;
    }
    this.writing = null;
  }

  private async tryToWrite(calls: number): Promise<boolean> {
    try {
      await this.write(calls);
      return true;
    } catch (fault) {
      this.parts.log.error({ fault: describeFault(fault) }, 'delivery.calls_not_counted');
      return false;
    }
  }

  private async write(calls: number): Promise<void> {
    const add = () => this.parts.database.transact((tx) => this.add(tx, calls));
    // Another copy began the month at the same moment.
    await add().catch((error: unknown) => (isDuplicate(error) ? add() : Promise.reject(error)));
  }

  private async add(tx: Tx, calls: number): Promise<void> {
    const { channel, limit, warn, clock } = this.parts;
    const month = { channel, month: monthOf(clock.now()) };
    const { affected } = await tx.increment(ApiCalls, month, 'calls', calls);
    if (!affected) await tx.insert(ApiCalls, { ...month, calls, warnedAt: null });
    // The row is locked since it was written, so only one copy of the bot finds it past the mark and unwarned.
    const past = await tx.findOneBy(ApiCalls, { ...month, warnedAt: IsNull() });
    if (!past || past.calls < limit * shortShare) return;
    const now = clock.now();
    await tx.update(ApiCalls, past.id, { warnedAt: now });
    await warn(tx, past.calls, now);
  }

  private measure(metrics: Registry): void {
    const used = () => this.used();
    const { channel } = this.parts;
    new Gauge({
      name: 'baosong_api_calls',
      help: "Calls of a platform's API in this calendar month.",
      labelNames: ['channel'],
      registers: [metrics],
      async collect() {
        // Without a database the other figures are still worth having.
        const counted = await used().catch(() => null);
        this.reset();
        if (counted !== null) this.set({ channel }, counted);
      },
    });
  }
}
