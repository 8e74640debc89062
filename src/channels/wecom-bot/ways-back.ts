/**
 * Addresses that came with callbacks and were not needed, since the answer left in the response: within the hour each still
 * takes one message (path 101138), the only way in which a robot without a long connection can speak first.
 */
import type { ReplyVia } from '../channel';
import { isUsable } from './response-url';

const mostKept = 20_000;

export class WaysBack {
  /** By account, whose chat it is. */
  private readonly kept = new Map<string, ReplyVia>();

  constructor(private readonly apiUrl: string) {}

  keep(account: string, via: ReplyVia): void {
    this.kept.delete(account);
    this.kept.set(account, via);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }

  /** Each is given away once; null when there is none that is still good. */
  take(account: string, now: Date): ReplyVia | null {
    const via = this.kept.get(account) ?? null;
    this.kept.delete(account);
    return isUsable(via, this.apiUrl, now) ? via : null;
  }
}
