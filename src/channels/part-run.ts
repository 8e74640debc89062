/** Sends messages part by part, going on where an earlier try broke off: nobody reads the first part twice. */
import type { Outbound, SendFailure, SendResult } from './channel';

export type PartSent =
  | { readonly ok: true; readonly receipt: string | null }
  | { readonly ok: false; readonly failure: SendFailure };

/** Messages to people that are alike in content and in what of them has gone, or one message. */
export type Together = readonly [Outbound, ...Outbound[]];

/** @param send is given a part with its place in the message, from 0. */
export async function sendParts<Part>(
  message: Outbound,
  parts: readonly Part[],
  send: (part: Part, index: number) => Promise<PartSent>,
): Promise<SendResult> {
  for (const [index, part] of parts.entries()) {
    if (index < message.gone) continue;
    const sent = await send(part, index);
    if (!sent.ok) return sent;
    message.went(sent.receipt);
  }
  return { ok: true };
}

/**
 * A part at a time to everybody: whom one does not reach drops out, and the others get the rest.
 * @param send resolves to what came of it for each of `together`, in their order.
 */
export async function sendPartsToMany<Part>(
  messages: Together,
  parts: readonly Part[],
  send: (part: Part, together: Together) => Promise<readonly PartSent[]>,
): Promise<readonly SendResult[]> {
  const failures = new Map<Outbound, SendFailure>();
  for (const part of parts.slice(messages[0].gone)) {
    const [first, ...others] = messages.filter((message) => !failures.has(message));
    if (!first) break;
    const together: Together = [first, ...others];
    for (const [index, sent] of (await send(part, together)).entries()) {
      const message = together[index];
      if (sent.ok) message?.went(sent.receipt);
      else if (message) failures.set(message, sent.failure);
    }
  }
  return messages.map((message) => {
    const failure = failures.get(message);
    return failure ? { ok: false, failure } : { ok: true };
  });
}
