/**
 * What an organisation may call: 20 times in a second and 5,000 in a calendar month of China (pages 钉钉应用开发计费模式, 调用频率限制).
 * Tokens are free, and what fails by a limit is not counted.
 */
import type { Clock } from '../../../src/clock';

const perSecond = 20;
const shanghaiMs = 8 * 3600_000;

export type Limit = 'second' | 'month';

export class Meter {
  /** Calls that were refused by a limit. */
  readonly refused: { readonly path: string; readonly limit: Limit }[] = [];
  private readonly recent: number[] = [];
  private readonly byMonth = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly monthly: number,
  ) {}

  /** Calls of this month. */
  get used(): number {
    return this.byMonth.get(this.month()) ?? 0;
  }

  /** Counts a call, or tells which limit it breaks. */
  take(path: string): Limit | null {
    const now = this.clock.now().getTime();
    const limit = this.used >= this.monthly ? 'month' : this.isTooFast(now) ? 'second' : null;
    if (limit) {
      this.refused.push({ path, limit });
      return limit;
    }
    this.recent.push(now);
    this.byMonth.set(this.month(), this.used + 1);
    return null;
  }

  private isTooFast(now: number): boolean {
    return this.recent.filter((at) => at > now - 1000).length >= perSecond;
  }

  private month(): string {
    return new Date(this.clock.now().getTime() + shanghaiMs).toISOString().slice(0, 7);
  }
}
