/**
 * How many files a robot may upload: 30 a minute and 1000 an hour (path 101463). One connection, so one copy, counts them
 * all, but for those of its predecessor: until a window is over that began before the start, half of it is left to them.
 * What were too many all the same WeCom refuses with 45009, and it is tried again.
 */
import type { Clock } from '../../../clock';

const limits = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3_600_000 },
] as const;

export class UploadPace {
  private begun: readonly number[] = [];
  private readonly startedAt: number;

  constructor(private readonly clock: Clock) {
    this.startedAt = clock.now().getTime();
  }

  /** Counts one upload and returns 0; or returns how many milliseconds to wait, and counts nothing. */
  take(): number {
    const now = this.clock.now().getTime();
    this.begun = this.begun.filter((at) => at > now - 3_600_000);
    const waitMs = Math.max(...limits.map((limit) => this.waitFor(limit, now)));
    if (waitMs === 0) this.begun = [...this.begun, now];
    return waitMs;
  }

  private waitFor({ count, ms }: (typeof limits)[number], now: number): number {
    const recent = this.begun.filter((at) => at > now - ms);
    const isFirstWindow = now < this.startedAt + ms;
    if (recent.length < (isFirstWindow ? count / 2 : count)) return 0;
    const [oldest = now] = recent.slice(-count);
    return (isFirstWindow ? this.startedAt : oldest) + ms - now;
  }
}
