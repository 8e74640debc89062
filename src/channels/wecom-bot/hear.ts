/**
 * From what was decoded to the message that the product takes in: whose account it is, and where answers may go; and taking
 * in what WeCom delivers once only.
 */
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { Answer, Inbound, Receive } from '../channel';
import type { Later } from '../later';
import type { Accounts } from './accounts';
import { channelName, type Heard } from './decode';
import { replyViaOf } from './response-url';

export interface Ears {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly log: Log;
  readonly apiUrl: string;
}

export async function toInbound({ accounts, clock, apiUrl }: Ears, heard: Heard): Promise<Inbound> {
  const { chat, key, content, responseUrl } = heard;
  return {
    chat: { channel: channelName, ...chat },
    userId: await accounts.accountOf(heard.userId),
    // The robot's people are those of the app: the roster names their accounts once.
    directory: 'wecom',
    key,
    content,
    replyVia: replyViaOf(responseUrl, apiUrl, clock.now()),
  };
}

export interface Patience {
  readonly later: Later;
  /** How long to wait before each further try. */
  readonly retryMs: readonly number[];
  /** Asked before each try: when it throws, no more are made. */
  readonly receiver: () => Receive;
}

/** Rejects when it could not be stored again and again, or is not to be any more. */
export async function hearPatiently(
  ears: Ears,
  heard: Heard,
  { later, retryMs, receiver }: Patience,
): Promise<Answer | null> {
  for (const waitMs of retryMs) {
    const receive = receiver();
    try {
      return await receive(await toInbound(ears, heard));
    } catch {
      await new Promise<void>((resolve) => void later(resolve, waitMs));
    }
  }
  const receive = receiver();
  return receive(await toInbound(ears, heard));
}
