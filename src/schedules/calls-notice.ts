/** Staff of the bureau at the top are told that a platform's calls of this month run short, while there are some left. */
import { addresseesOf } from '../access/holders';
import type { Chat } from '../channels/channel';
import { type Content, heading, say } from '../channels/content';
import type { Tx } from '../database/database';
import { post } from '../delivery/outbox';

export interface ShortCalls {
  /** 钉钉 */
  readonly platform: string;
  readonly used: number;
  readonly limit: number;
  /** The setting that says how many there are. */
  readonly setting: string;
}

export async function warnOfCalls(tx: Tx, short: ShortCalls, now: Date): Promise<void> {
  const content = callsNotice(short);
  const staff = (await addresseesOf(tx, ['staff'], now)).filter(({ path }) => isTop(path));
  const chats = new Map<string, Chat>(staff.map(({ chat }) => [JSON.stringify([chat.channel, chat.id]), chat]));
  const messages = [...chats.values()].map((chat) => ({ chat, content, purpose: 'notice' as const }));
  if (messages.length > 0) await post(tx, messages, now);
}

/** `/1/`: nobody is above. */
const isTop = (path: string): boolean => path.split('/').filter(Boolean).length === 1;

function callsNotice({ platform, used, limit, setting }: ShortCalls): Content {
  return say([
    heading(`${platform}本月调用额度将用完`),
    `本月${platform}接口已调用${used}次，额度${limit}次。现在起提醒不再带按钮，请对方打字回复；用到95%后，通报只发文字，图表和汇总表从略，需要的回“导出”。`,
    '用完后，提醒、催报和通报到下月才能发出，点按钮的答复和所要的文件也发不出；打字发来的消息仍照常用文字回复。',
    `请联系${platform}管理员购买加量包，再请系统管理员相应修改 ${setting}；暂不购买的，请少发催报。`,
  ]);
}
