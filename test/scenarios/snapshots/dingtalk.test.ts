import type { Channel, Outbound, ReplyVia } from '../../../src/channels/channel';
import { cards, now, startRig } from '../../channels/dingtalk/setup';
import { startStreamRig } from '../../channels/dingtalk/stream-setup';
import type { DingtalkPlatform } from '../../platforms/dingtalk/platform';
import type { Sent } from '../../platforms/dingtalk/world';
import type { Reply } from './play';
import { besides, buttonLine, describeColumn, outboundOf, type Shown, type Stage } from './show';

const group = 'cidTheWorkingGroup';
const chatOf = ({ kind }: Reply): Outbound['chat'] => ({
  channel: 'dingtalk',
  kind,
  id: kind === 'group' ? group : 'manager7',
});

/** The title of a markdown message is what the notification and the list of chats show. */
function shownAs({ via, params }: Sent): readonly string[] {
  const { title, text, content, fileName, photoURL, ...more } = params;
  const labels = Object.entries(more).filter(([name, value]) => name.startsWith('label') && value !== '');
  if (via === 'card') return [content ?? '', ...buttonLine(labels.map(([, label]) => label))];
  if (fileName !== undefined || photoURL !== undefined) return [`［${fileName ?? '图片'}］`];
  return [...(title === undefined ? [] : [`（通知栏：${title}）`]), text ?? content ?? ''];
}

async function send(channel: Channel, { sent }: DingtalkPlatform, message: Outbound): Promise<readonly string[]> {
  const before = sent.length;
  expect(await channel.send(message)).toEqual({ ok: true });
  return sent.slice(before).flatMap(shownAs);
}

async function openWithoutCards(): Promise<Stage> {
  const { platform, channel, clock, replyVia, close } = await startRig();
  platform.groups.add(group);
  return {
    async show(reply, number): Promise<Shown> {
      clock.set(new Date(now.getTime() + number * 60_000));
      const message = (via: ReplyVia | null) => ({ ...outboundOf(reply, chatOf(reply), number), replyVia: via });
      const answered = reply.isAnswer ? await send(channel, platform, message(await replyVia('manager7'))) : null;
      return { ...(answered && { 会话回复: answered }), 接口发送: await send(channel, platform, message(null)) };
    },
    end: close,
  };
}

async function openWithCards(): Promise<Stage> {
  const rig = await startStreamRig({ cards });
  const { platform, channel, time } = rig;
  platform.groups.add(group);
  await rig.connect();
  return {
    async show(reply, number): Promise<Shown> {
      time.jump(60_000);
      return { '接口发送（有卡片模板）': await send(channel, platform, outboundOf(reply, chatOf(reply), number)) };
    },
    end: rig.close,
  };
}

describeColumn('the DingTalk robot', () => besides([openWithoutCards(), openWithCards()]));
