/** Sends messages part by part, going on where an earlier try broke off: nobody reads the first part twice. */
import type { Outbound, SendFailure, SendResult } from './channel';

export type PartSent =
  | { readonly ok: true; readonly receipt: string | null }
  | { readonly ok: false; readonly failure: SendFailure };

/** Messages to people that are alike in content and in what of them has gone, or one message. */
export type Together = readonly [Outbound, ...Outbound[]];

/**
 * @param send is given a part with its place in the message, from 0.
 * @param pauseMs between two parts, where the platform wants it. The try ends at each: the next part is another one, before
 * which the sender looks at the quotas and takes the message in hand as before any first part.
 */
export async function sendParts<Part>(
  message: Outbound,
  parts: readonly Part[],
  send: (part: Part, index: number) => Promise<PartSent>,
  pauseMs = 0,
): Promise<SendResult> {
  for (const [index, part] of parts.entries()) {
    if (index < message.gone) continue;
    const waitMs = index === message.gone ? 0 : pauseMs || (await roomFor(message));
    if (waitMs > 0) return { ok: false, failure: pause(waitMs) };
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
  const left = () => messages.filter((message) => !failures.has(message));
  for (const [index, part] of parts.slice(messages[0].gone).entries()) {
    if (index > 0) await letPause(left(), failures);
    const [first, ...others] = left();
    if (!first) break;
    const together: Together = [first, ...others];
    for (const [place, sent] of (await send(part, together)).entries()) {
      const message = together[place];
      if (sent.ok) message?.went(sent.receipt);
      else if (message) failures.set(message, sent.failure);
    }
  }
  return messages.map((message) => {
    const failure = failures.get(message);
    return failure ? { ok: false, failure } : { ok: true };
  });
}

/** For how many milliseconds the quotas have no room for one more part of the message, or 0. */
export const roomFor = async (message: Outbound): Promise<number> => (await message.roomIn?.()) ?? 0;

async function letPause(messages: readonly Outbound[], failures: Map<Outbound, SendFailure>): Promise<void> {
  const waits = await Promise.all(messages.map(roomFor));
  for (const [index, message] of messages.entries()) {
    const waitMs = waits[index] ?? 0;
    if (waitMs > 0) failures.set(message, pause(waitMs));
  }
}

const pause = (waitMs: number): SendFailure => ({
  code: 'pause',
  message: 'the rest waits for the limits of the platform',
  userText: '平台限制发送频率，其余部分稍后自动接着发，无需处理。',
  retryable: true,
  ours: false,
  unknown: false,
  waitMs,
  isPause: true,
});
