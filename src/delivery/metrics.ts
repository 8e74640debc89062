/** What those who run the service can watch of the way out. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Outcome } from './outcome';
import type { Queue } from './queue';

/** Counts attempts by what came of them; null counts nothing. */
export type CountAttempt = (channel: string, outcome: Outcome['kind']) => void;

export interface Watched {
  queue(): Promise<Queue>;
  now(): Date;
}

export function measureDelivery(metrics: Registry | undefined, watched: Watched): CountAttempt {
  if (!metrics) return () => undefined;
  measureQueue(metrics, watched);
  const attempts = new Counter({
    name: 'baosong_send_attempts_total',
    help: 'Attempts to send a message, by what came of them.',
    labelNames: ['channel', 'outcome'],
    registers: [metrics],
  });
  return (channel, outcome) => attempts.inc({ channel, outcome });
}

/** Without a database the other figures are still worth having. */
function measureQueue(metrics: Registry, { queue, now }: Watched): void {
  const registers = [metrics];
  let asked: Promise<Queue | null> | null = null;
  // Both are collected at the same moment.
  const count = () => {
    asked ??= queue()
      .catch(() => null)
      .finally(() => {
        asked = null;
      });
    return asked;
  };
  new Gauge({
    name: 'baosong_outbox_messages',
    help: 'Messages in the outbox that wait to be sent, or were given up.',
    labelNames: ['status'],
    registers,
    async collect() {
      const counted = await count();
      this.reset();
      if (counted) this.set({ status: 'pending' }, counted.pending);
      if (counted) this.set({ status: 'dead' }, counted.dead);
    },
  });
  new Gauge({
    name: 'baosong_outbox_oldest_wait_seconds',
    help: 'How long the message waits that should have gone first; 0 when none waits.',
    registers,
    async collect() {
      const counted = await count();
      this.remove();
      if (counted) this.set(counted.waitingSince ? (now().getTime() - counted.waitingSince.getTime()) / 1000 : 0);
    },
  });
}
