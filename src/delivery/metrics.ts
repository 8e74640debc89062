/** What those who run the service can watch of the way out. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Outcome } from './outcome';

export interface Queue {
  readonly pending: number;
  readonly dead: number;
  /** The longest wait; null when nothing waits. May lie ahead. */
  readonly oldestDueAt: Date | null;
}

/** Counts attempts by what came of them; null counts nothing. */
export type CountAttempt = (channel: string, outcome: Outcome['kind']) => void;

export function measureDelivery(metrics: Registry | undefined, queue: () => Promise<Queue>): CountAttempt {
  if (!metrics) return () => undefined;
  const attempts = new Counter({
    name: 'baosong_send_attempts_total',
    help: 'Attempts to send a message, by what came of them.',
    labelNames: ['channel', 'outcome'],
    registers: [metrics],
  });
  new Gauge({
    name: 'baosong_outbox_messages',
    help: 'Messages in the outbox that wait to be sent, or were given up.',
    labelNames: ['status'],
    registers: [metrics],
    async collect() {
      // Without a database the other figures are still worth having.
      const counted = await queue().catch(() => null);
      this.reset();
      if (counted) this.set({ status: 'pending' }, counted.pending);
      if (counted) this.set({ status: 'dead' }, counted.dead);
    },
  });
  return (channel, outcome) => attempts.inc({ channel, outcome });
}
