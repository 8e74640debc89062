/** How many files a robot may upload: 30 a minute and 1000 an hour (path 101463). One connection, so one copy, counts them all. */
import type { Clock } from '../../../clock';

const limits = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3_600_000 },
] as const;

export class UploadPace {
  private begun: readonly number[] = [];

  constructor(private readonly clock: Clock) {}

  /** Counts one upload and returns 0; or returns how many milliseconds to wait, and counts nothing. */
  take(): number {
    const now = this.clock.now().getTime();
    this.begun = this.begun.filter((at) => at > now - 3_600_000);
    const waits = limits.map(({ count, ms }) => {
      const recent = this.begun.filter((at) => at > now - ms);
      const [oldest = now] = recent.slice(-count);
      return recent.length >= count ? oldest + ms - now : 0;
    });
    const waitMs = Math.max(...waits);
    if (waitMs === 0) this.begun = [...this.begun, now];
    return waitMs;
  }
}
