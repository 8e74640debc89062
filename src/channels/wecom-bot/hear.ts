/** From what was decoded to the message that the product takes in: whose account it is, and where answers may go. */
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { Inbound } from '../channel';
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
