/**
 * How often a group robot was called lately. The outbox counts messages, the platform the parts that they are sent in, and
 * DingTalk silences a robot that is too fast for ten minutes: so the parts are counted once more here.
 */
import type { Clock } from '../../clock';

const windowMs = 60_000;

export class Pace {
  private readonly calls = new Map<string, readonly number[]>();

  constructor(
    private readonly clock: Clock,
    private readonly callsPerMinute: number,
  ) {}

  /** Counts one call and returns 0; or returns how many milliseconds to wait, and counts nothing. */
  take(chatId: string): number {
    const now = this.clock.now().getTime();
    const recent = (this.calls.get(chatId) ?? []).filter((at) => at > now - windowMs);
    const [oldest = now] = recent.slice(-this.callsPerMinute);
    if (recent.length >= this.callsPerMinute) return oldest + windowMs - now;
    this.calls.set(chatId, [...recent, now]);
    return 0;
  }
}
