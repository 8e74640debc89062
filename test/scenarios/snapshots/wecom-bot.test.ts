import { meet } from '../../channels/wecom-bot/fixtures';
import { meetLong } from '../../channels/wecom-bot/long-fixtures';
import type { Pushed } from '../../platforms/wecom-bot/gateway';
import type { Shown as Answered } from '../../platforms/wecom-bot/replies';
import type { Reply } from './play';
import { besides, buttonLine, describeColumn, hasFiles, outboundOf, type Shown, type Stage } from './show';

const group = 'wrCITY';
const answeredAs = ({ text, card }: Answered): readonly string[] => [
  text,
  ...buttonLine(card?.buttons.map(([label]) => label) ?? []),
];
const pushedAs = ({ text, file }: Pushed): string => (file ? `［${file.name}］` : text);

async function openCallback(): Promise<Stage> {
  const meeting = await meet();
  const { web, time, channel } = meeting;
  return {
    async show(reply, number): Promise<Shown> {
      // Without an address that came with a message, it can tell nobody anything.
      if (!reply.isAnswer) return {};
      meeting.answerWith(reply.content);
      const place = reply.kind === 'group' ? { group } : {};
      const { shown } = await meeting.deliver({ from: 'ZhangSan', text: '说', ...place });
      const replyVia = { handle: web.responseUrl(), expiresAt: new Date(time.now().getTime() + 60_000).toISOString() };
      const chat = { channel: 'wecom-bot', kind: reply.kind, id: reply.kind === 'group' ? group : 'ZhangSan' } as const;
      const before = web.posted.length;
      expect(await channel.send({ ...outboundOf(reply, chat, number), replyVia })).toEqual({ ok: true });
      return { ...(shown && { 回调答复: answeredAs(shown) }), 回调稍后补发: web.posted.slice(before) };
    },
    end: meeting.end,
  };
}

async function openLong(): Promise<Stage> {
  const meeting = await meetLong();
  const { gateway, time, channel } = meeting;
  const answer = async ({ kind, content }: Reply) => {
    const settled = meeting.settled.length + 1;
    const before = gateway.answers.length;
    meeting.answerWith(content);
    gateway.speak({ from: 'ZhangSan', text: '说', ...(kind === 'group' && { group }) });
    await meeting.untilSettled(settled);
    // Files cannot go in an answer, so all of it is sent.
    expect(meeting.settled.at(-1)).toBe(!hasFiles(content));
    return gateway.answers.slice(before).flatMap(answeredAs);
  };
  return {
    async show(reply, number): Promise<Shown> {
      // Nobody gets more than 30 a minute.
      time.jump(60_000);
      gateway.acquaint('ZhangSan');
      gateway.acquaint(group);
      const answered = reply.isAnswer ? await answer(reply) : [];
      const chat = { channel: 'wecom-bot', kind: reply.kind, id: reply.kind === 'group' ? group : 'zhangsan' } as const;
      const before = gateway.pushed.length;
      expect(await channel.send(outboundOf(reply, chat, number))).toEqual({ ok: true });
      const 长连接主动发送 = gateway.pushed.slice(before).map(pushedAs);
      return { ...(answered.length > 0 && { 长连接答复: answered }), 长连接主动发送 };
    },
    async end() {
      await meeting.end();
      expect(gateway.violations).toEqual([]);
    },
  };
}

describeColumn('the WeCom robot, called back and on its long connection', () => besides([openCallback(), openLong()]));
