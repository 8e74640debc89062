import { meet } from '../../channels/wecom/fixtures';
import type { SentMessage } from '../../platforms/wecom/calls';
import { besides, buttonLine, describeColumn, hasFiles, outboundOf, type Shown, type Stage } from './show';

const shownAs = ({ text, file, card }: SentMessage): readonly string[] => [
  ...(text === '' ? [] : [text]),
  ...(file ? [`［${file.name}］`] : []),
  ...(card ? buttonLine(card.buttons.map(([label]) => label)) : []),
];

/** It hears no groups, but writes into those that it made. */
async function openApp(pushing: string, markdown: boolean): Promise<Stage> {
  const meeting = await meet({}, { markdown });
  const { platform, channel, address, clock } = meeting;
  return {
    async show(reply, number): Promise<Shown> {
      if (reply.kind === 'group' && reply.isAnswer) return {};
      // Nobody gets more than 30 a minute.
      const person = `person${number}`;
      clock.set(new Date(clock.now().getTime() + 60_000));
      meeting.answerWith(reply.content);
      const answered = reply.isAnswer ? await platform.deliver(address, { from: person, text: '说' }) : null;
      // What carries no files fits into the response.
      if (answered) expect(answered.reply === null).toBe(hasFiles(reply.content));
      const chat = { channel: 'wecom', kind: reply.kind, id: reply.kind === 'group' ? 'group1' : person } as const;
      const before = platform.sent.length;
      expect(await channel.send(outboundOf(reply, chat, number))).toEqual({ ok: true });
      const pushed = platform.sent.slice(before).flatMap(shownAs);
      return { ...(answered?.reply && { 随回调返回: [answered.reply] }), [pushing]: pushed };
    },
    async end() {
      await meeting.end();
      expect(platform.lost).toEqual([]);
    },
  };
}

describeColumn('the WeCom app', () =>
  besides([openApp('主动发送', false), openApp('主动发送（WECOM_MARKDOWN=on）', true)]),
);
