/**
 * The sender takes due messages out of the outbox and gives them to their channels, round after round and one round at a
 * time. It keeps nothing in memory that matters: several senders share one outbox, and each may be killed at any moment.
 */
import type { Registry } from 'prom-client';
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel } from '../channels/channel';
import { type Clock, inShanghai } from '../clock';
import type { Database } from '../database/database';
import { describeFault, type Log } from '../log';
import { type Admission, admit, findFullChannels, readFacts } from './admission';
import { chatKeyIn, namesOf } from './carriers';
import { claimDue, putBack } from './claim';
import { type DispatchParts, dispatch } from './dispatch';
import { stepBackMs } from './hold';
import { type Later, laterOnTimer } from './later';
import { measureDelivery } from './metrics';
import { type Queue, readQueue } from './queue';

export interface SenderParts {
  readonly database: Database;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Registry;
  readonly random?: () => number;
  readonly later?: Later;
}

export interface Sender {
  /** From now on sends by itself: when kicked, and every two seconds. */
  start(): void;
  /** There is something new to send. */
  kick(): void;
  /** Sends until nothing is due or the time is over. Never rejects. */
  drain(deadlineMs: number): Promise<void>;
  /** Resolves when the running round is over, and begins no other. */
  stop(): Promise<void>;
  /** One round now, after the running one; returns how many messages were tried. */
  runOnce(): Promise<number>;
  queue(): Promise<Queue>;
}

export const batchSize = 32;
const pollMs = 2_000;
/** A round begins no send after this long, so that urgent messages get their turn and no lease runs out. */
const roundMs = 10_000;

interface Round {
  readonly tried: number;
  /** When to look again. */
  readonly waitMs: number;
}

export function createSender(parts: SenderParts): Sender {
  return new RoundSender(parts);
}

class RoundSender implements Sender {
  private readonly parts: DispatchParts;
  private readonly later: Later;
  /** By when whoever stops the sender wants it to rest. */
  private restBy: Date | null = null;
  private active = false;
  private looping = false;
  private kicked = false;
  private callOff: () => void = () => undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor({ metrics, random = Math.random, later = laterOnTimer, ...parts }: SenderParts) {
    const watched = { queue: () => this.queue(), now: () => parts.clock.now() };
    const mayWait = (pauseMs: number) => this.restBy === null || this.from(pauseMs) <= this.restBy;
    this.parts = { ...parts, random, later, mayWait, count: measureDelivery(metrics, watched) };
    this.later = later;
  }

  start(): void {
    this.active = true;
    this.restBy = null;
    this.kick();
  }

  kick(): void {
    this.kicked = true;
    if (this.active && !this.looping) void this.loop();
  }

  async drain(deadlineMs: number): Promise<void> {
    const deadline = this.from(deadlineMs);
    this.restBy = deadline;
    while (this.parts.clock.now() < deadline) {
      const { tried, waitMs } = await this.inTurn(() => this.safeRound(deadline));
      if (tried === 0 && waitMs > 0) break;
    }
    if (this.restBy === deadline) this.restBy = null;
  }

  async stop(): Promise<void> {
    this.active = false;
    this.restBy = this.parts.clock.now();
    this.callOff();
    await this.lastTurn;
  }

  async runOnce(): Promise<number> {
    const { tried } = await this.inTurn(() => this.round());
    return tried;
  }

  queue(): Promise<Queue> {
    return this.parts.database.read((tx) => readQueue(tx, this.parts.clock.now()));
  }

  private async loop(): Promise<void> {
    this.looping = true;
    this.callOff();
    let waitMs = 0;
    while (this.active && (this.kicked || waitMs === 0)) {
      this.kicked = false;
      waitMs = (await this.inTurn(() => this.safeRound())).waitMs;
    }
    this.looping = false;
    if (this.active) this.callOff = this.later(() => this.kick(), waitMs);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(work);
    // Whoever asked for the turn hears of its failure; the next in line must not.
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  private async safeRound(deadline?: Date): Promise<Round> {
    try {
      return await this.round(deadline);
    } catch (fault) {
      this.parts.log.error({ fault: describeFault(fault) }, 'delivery.round_failed');
      return { tried: 0, waitMs: pollMs };
    }
  }

  private async round(deadline?: Date): Promise<Round> {
    const { database, channels, clock } = this.parts;
    const now = clock.now();
    const roundEnd = this.from(roundMs);
    const full = await database.read((tx) => findFullChannels(tx, channels, now));
    const without = channels.filter((each) => full.has(each) || each.canSend?.() === false).flatMap(namesOf);
    const claim = await claimDue(database, { now, limit: batchSize, without, keyOf: chatKeyIn(channels) });
    const { go, wait } = await this.admit(claim.rows, now);
    await dispatch(this.parts, go, deadline && deadline < roundEnd ? deadline : roundEnd);
    const roomAt = [...full.values(), ...wait.map(({ until }) => until)];
    return { tried: go.length, waitMs: claim.full ? 0 : this.pauseUntil(roomAt) };
  }

  private async admit(rows: readonly OutboxMessage[], now: Date): Promise<Admission> {
    if (rows.length === 0) return { go: [], wait: [] };
    const { database, channels, random } = this.parts;
    const facts = await database.read((tx) => readFacts(tx, rows, channels, now));
    // Two senders that stepped back from each other must not come back together.
    const admission = admit(rows, facts, now, this.from(stepBackMs(random())));
    await putBack(database, admission.wait);
    return admission;
  }

  private pauseUntil(instants: readonly Date[]): number {
    const now = this.parts.clock.now().getTime();
    const waits = instants.map((instant) => instant.getTime() - now);
    return Math.max(50, Math.min(pollMs, ...waits));
  }

  private from(milliseconds: number): Date {
    return inShanghai(this.parts.clock.now()).plus(milliseconds).toJSDate();
  }
}
