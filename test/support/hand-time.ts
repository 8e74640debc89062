/** Time that stands still until it is moved on: a clock, and the timers that go off as it moves. */
import type { Later } from '../../src/channels/later';
import type { Clock } from '../../src/clock';
import { Watch } from './watch';

interface Timer {
  readonly atMs: number;
  readonly delayMs: number;
  readonly work: () => void;
}

export class HandTime implements Clock {
  private readonly timers = new Set<Timer>();
  private readonly watch = new Watch();

  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  readonly later: Later = (work, delayMs) => {
    const timer = { atMs: this.instant.getTime() + delayMs, delayMs, work };
    this.timers.add(timer);
    this.watch.ring();
    return () => void this.timers.delete(timer);
  };

  /** The delays of the timers that are running, in the order in which they were set. */
  get delays(): readonly number[] {
    return [...this.timers].map(({ delayMs }) => delayMs);
  }

  /** Resolves when a timer of this delay is running. */
  untilWaiting(delayMs: number): Promise<unknown> {
    return this.watch.until(() => this.delays.includes(delayMs));
  }

  /** Moves on and lets go off what is due on the way, each at its time. */
  advance(ms: number): void {
    const endMs = this.instant.getTime() + ms;
    for (let next = this.nextUntil(endMs); next; next = this.nextUntil(endMs)) {
      this.timers.delete(next);
      this.instant = new Date(Math.max(next.atMs, this.instant.getTime()));
      next.work();
    }
    this.instant = new Date(endMs);
  }

  /** Moves the clock alone, as when the machine slept or its clock was set. */
  jump(ms: number): void {
    this.instant = new Date(this.instant.getTime() + ms);
  }

  private nextUntil(endMs: number): Timer | undefined {
    const due = [...this.timers].filter(({ atMs }) => atMs <= endMs);
    return due.sort((a, b) => a.atMs - b.atMs)[0];
  }
}
