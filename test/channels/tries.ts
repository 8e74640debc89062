/** One message over its tries: what has gone in one is known to the next, as the outbox keeps it. */
import type { Channel, Outbound, SendResult } from '../../src/channels/channel';

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

/** Goes on after each pause that the channel asks for, which is told before. */
export async function sendWhole(
  channel: Channel,
  message: Outbound,
  pause: (waitMs: number | null) => void = () => undefined,
): Promise<SendResult> {
  const tries = triesOf(message);
  for (;;) {
    const result = await channel.send(tries.next());
    if (result.ok || !result.failure.isPause) return result;
    pause(result.failure.waitMs);
  }
}
