/** One message over its tries: what has gone in one is known to the next, as the outbox keeps it. */
import type { Outbound } from '../../src/channels/channel';

export interface Tries {
  next(): Outbound;
  /** What the platform called what has gone. */
  readonly receipts: readonly (string | null)[];
}

export function triesOf(message: Outbound): Tries {
  const receipts: (string | null)[] = [];
  return {
    next: () => ({ ...message, gone: receipts.length, went: (receipt) => void receipts.push(receipt) }),
    receipts,
  };
}
