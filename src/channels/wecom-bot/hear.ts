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

/** Groups whose id was told in the log, where whoever binds a group finds it. */
export type ToldGroups = Set<string>;

const mostToldGroups = 1000;

export async function toInbound(ears: Ears, heard: Heard, told: ToldGroups): Promise<Inbound> {
  const { chat, key, content, responseUrl } = heard;
  if (chat.kind === 'group' && !told.has(chat.id) && told.size < mostToldGroups) {
    told.add(chat.id);
    ears.log.info({ code: 'wecom_bot.group', chat: chat.id }, 'the robot is spoken to in a group');
  }
  return {
    chat: { channel: channelName, ...chat },
    userId: await ears.accounts.accountOf(heard.userId),
    directory: 'wecom',
    key,
    content,
    replyVia: replyViaOf(responseUrl, ears.apiUrl, ears.clock.now()),
  };
}
