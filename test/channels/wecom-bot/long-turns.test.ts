import type { Answer } from '../../../src/channels/channel';
import { file, say } from '../../../src/channels/content';
import { eventOf, tapOf } from '../../platforms/wecom-bot/callbacks';
import { botSecret, type LongMeeting, type LongOptions, meetLong } from './long-fixtures';

let meeting: LongMeeting;
const begin = async (options: LongOptions = {}) => {
  meeting = await meetLong(options);
  return meeting;
};
afterEach(async () => {
  await meeting.end();
  expect(meeting.gateway.violations).toEqual([]);
});

const from = 'ZhangSan';

/** Answers when the test says so. */
function serveByHand() {
  let finish: (answer: Answer) => void = () => undefined;
  const heard = new Promise((hear) => {
    void meeting.start(
      () =>
        new Promise((resolve) => {
          finish = resolve;
          hear(null);
        }),
    );
  });
  return { heard, finish: (answer: Answer) => finish(answer) };
}

describe('a message', () => {
  it('is heard, and answered under its own id', async () => {
    const { gateway, heard, untilSettled } = await begin();
    gateway.speak({ from, text: '上报', msgid: 'CAIQ1' });
    await untilSettled(1);
    expect(gateway.answers).toMatchObject([{ msgtype: 'stream', text: '收到', finished: true }]);
    expect(heard).toEqual([
      {
        chat: { channel: 'wecom-bot', kind: 'private', id: 'ZhangSan' },
        userId: 'zhangsan',
        directory: 'wecom',
        key: 'CAIQ1',
        content: { kind: 'text', text: '上报' },
        replyVia: null,
      },
    ]);
    expect(meeting.settled).toEqual([true]);
  });

  it('in a group loses the mention it begins with', async () => {
    const { gateway, heard, untilSettled } = await begin();
    gateway.speak({ from, text: '@报送 进度', group: 'wrCHAT' });
    await untilSettled(1);
    expect(heard).toMatchObject([{ chat: { kind: 'group', id: 'wrCHAT' }, content: { text: '进度' } }]);
  });

  it('brings a file under a key of its own', async () => {
    const { gateway, web, heard, untilHeard } = await begin();
    const key = Buffer.alloc(32, 9);
    const url = web.keepFile(Buffer.from('a workbook'), key, 'attachment; filename="附件2.xlsx"');
    gateway.speak({ from, said: { msgtype: 'file', file: { url, aeskey: key.toString('base64') } } });
    await untilHeard(1);
    const content = heard[0]?.content;
    const loaded = content?.kind === 'file' ? await content.load?.(1000) : null;
    expect(loaded).toEqual({ ok: true, bytes: Buffer.from('a workbook'), name: '附件2.xlsx' });
  });

  it('is answered with buttons in private', async () => {
    const { gateway, answerWith, untilSettled } = await begin();
    answerWith(say(['请核对'], ['确认']));
    gateway.speak({ from, text: '?' });
    await untilSettled(1);
    expect(gateway.answers).toMatchObject([
      { msgtype: 'stream_with_template_card', card: { buttons: [['确认', '确认']] } },
    ]);
  });

  it('is answered with words to type once WeCom has refused a card', async () => {
    const { gateway, answerWith, untilSettled } = await begin({ refusesCards: true });
    answerWith(say(['请核对'], ['确认']));
    gateway.speak({ from, text: '?' });
    await untilSettled(1);
    gateway.speak({ from, text: '?' });
    await untilSettled(2);
    expect(gateway.answers.map(({ text }) => text)).toEqual(Array(2).fill('请核对\n\n可回复：确认'));
    expect(gateway.commands.filter((cmd) => cmd === 'aibot_respond_msg')).toHaveLength(3);
  });

  it.each([
    ['a file', say(['请查收', file(1, '附件1.xlsx')])],
    ['more than one message holds', say(Array(3000).fill('光山县已报'))],
  ])('is left to the sender when the answer has %s', async (_, content) => {
    const { gateway, answerWith, untilSettled, settled } = await begin();
    answerWith(content);
    gateway.speak({ from, text: '?' });
    await untilSettled(1);
    expect([settled, gateway.answers]).toEqual([[false], []]);
  });

  it.each([846605, 846608, 846609, 45009, 99999])('is left to the sender when WeCom answers %i', async (errcode) => {
    const { gateway, untilSettled, settled } = await begin();
    gateway.failNext({ cmd: 'aibot_respond_msg', errcode });
    gateway.speak({ from, text: '?' });
    await untilSettled(1);
    expect(settled).toEqual([false]);
  });

  it('is answered once when the acknowledgement is lost: the same words go once more', async () => {
    const { gateway, untilSettled, settled, time } = await begin();
    gateway.failNext({ cmd: 'aibot_respond_msg', silent: true });
    gateway.speak({ from, text: '?' });
    await gateway.until(() => gateway.commands.includes('aibot_respond_msg'));
    time.advance(5_000);
    await untilSettled(1);
    expect([settled, gateway.answers.length]).toEqual([[true], 1]);
    expect(gateway.commands.filter((cmd) => cmd === 'aibot_respond_msg')).toHaveLength(2);
  });

  it('is not answered a second time when nobody acknowledges anything, and the log says so', async () => {
    const { gateway, untilSettled, settled, time } = await begin();
    const sent = () => gateway.commands.filter((cmd) => cmd === 'aibot_respond_msg').length;
    for (const silent of [true, true] as const) gateway.failNext({ cmd: 'aibot_respond_msg', silent });
    gateway.speak({ from, text: '?' });
    for (const count of [1, 2]) {
      await gateway.until(() => sent() === count);
      await time.untilWaiting(5_000);
      time.advance(5_000);
    }
    await untilSettled(1);
    expect(settled).toEqual([true]);
    expect(await meeting.end()).toMatch(/wecom_bot\.timeout.*"unknown":true/);
    await begin();
  });

  it('is left to the sender when the connection was lost while it was at work', async () => {
    const { gateway, time } = await begin({ isIdle: true });
    const { heard, finish } = serveByHand();
    await gateway.until(() => gateway.isConnected);
    gateway.speak({ from, text: '企业27' });
    await heard;
    gateway.drop();
    await time.untilWaiting(750);
    expect(await new Promise((settle) => finish({ content: say(['好']), settle }))).toBe(false);
  });

  it('has no answer when there is nothing to say', async () => {
    const { gateway, answerWith, untilHeard } = await begin();
    answerWith(null);
    gateway.speak({ from, text: '?' });
    await untilHeard(1);
    expect(gateway.answers).toEqual([]);
  });

  it('that is no message changes nothing', async () => {
    const { gateway, untilSettled } = await begin();
    for (const raw of [
      '',
      '{',
      '[]',
      '{"headers":{}}',
      '{"cmd":"aibot_msg_callback","headers":{"req_id":"1"},"body":7}',
    ]) {
      gateway.sendRaw(raw);
    }
    gateway.sendRaw('{"cmd":"aibot_mystery","headers":{"req_id":"1"}}');
    gateway.sendRaw('{"headers":{"req_id":"nobody waits"},"errcode":0}');
    gateway.speak({ from, text: '上报' });
    await untilSettled(1);
    expect(meeting.heard).toHaveLength(1);
  });
});

describe('a message that cannot be stored', () => {
  const failing = (times: number, answer: Answer) => {
    let failures = 0;
    return async () => {
      failures += 1;
      if (failures <= times) throw new Error('the database is away');
      return answer;
    };
  };

  async function serve(times: number) {
    const { gateway, time } = await begin({ isIdle: true });
    const settled = new Promise((settle) => {
      void meeting.start(failing(times, { content: say(['好']), settle }));
    });
    await gateway.until(() => gateway.isConnected);
    gateway.speak({ from, text: '企业27' });
    return { gateway, time, settled };
  }

  it('is tried again, since WeCom delivers it only once', async () => {
    const { gateway, time, settled } = await serve(2);
    for (const waitMs of [500, 2_000]) {
      await time.untilWaiting(waitMs);
      time.advance(waitMs);
    }
    expect(await settled).toBe(true);
    expect(gateway.answers).toMatchObject([{ text: '好' }]);
  });

  it('is tried no longer once the bot stops, and the person told', async () => {
    const { gateway, time } = await serve(9);
    await time.untilWaiting(500);
    const stopped = meeting.channel.stop();
    time.advance(500);
    await stopped;
    expect(gateway.answers[0]?.text).toContain('正在重新启动');
    expect(time.delays).not.toContain(2_000);
  });

  it('is in the end given up, and the person told', async () => {
    const { gateway, time } = await serve(9);
    for (const waitMs of [500, 2_000, 8_000]) {
      await time.untilWaiting(waitMs);
      time.advance(waitMs);
    }
    await gateway.until(() => gateway.answers.length > 0);
    expect(gateway.answers[0]?.text).toContain('没有处理');
    expect(await meeting.end()).toContain('wecom_bot.not_stored');
    await begin();
  });
});

describe('an event', () => {
  it('of opening the chat is greeted', async () => {
    const { gateway, untilSettled } = await begin();
    gateway.speak({ from, said: eventOf({ eventtype: 'enter_chat' }) });
    await untilSettled(1);
    expect(gateway.answers).toMatchObject([{ msgtype: 'text', text: '收到' }]);
    expect(meeting.heard).toMatchObject([{ content: { kind: 'opened' } }]);
  });

  it('of a tap changes the card, counts as typed, and leaves the answer to the sender', async () => {
    const { gateway, untilSettled, settled } = await begin();
    gateway.speak({ from, said: tapOf('task-1', '确认') });
    await untilSettled(1);
    await gateway.until(() => gateway.answers.length > 0);
    expect(gateway.answers).toMatchObject([{ card: { taskId: 'task-1', title: '已选：确认' } }]);
    expect([meeting.heard[0]?.content, settled]).toEqual([{ kind: 'text', text: '确认' }, [false]]);
  });

  it('of a thumb reaches nobody', async () => {
    const { gateway, untilSettled, heard } = await begin();
    gateway.speak({ from, said: eventOf({ eventtype: 'feedback_event', feedback_event: { id: 'f', type: 1 } }) });
    gateway.speak({ from, text: '上报' });
    await untilSettled(1);
    expect(heard).toHaveLength(1);
  });
});

describe('a bot that stops', () => {
  it('finishes what is at work, and tells whoever writes meanwhile', async () => {
    const { gateway } = await begin({ isIdle: true });
    const { heard, finish } = serveByHand();
    await gateway.until(() => gateway.isConnected);
    gateway.speak({ from, text: '企业27' });
    await heard;
    const stopped = meeting.channel.stop();
    gateway.speak({ from: 'LiSi', text: '上报' });
    await gateway.until(() => gateway.answers.length > 0);
    expect(gateway.answers[0]?.text).toContain('正在重新启动');
    const settled = new Promise((settle) => finish({ content: say(['好']), settle }));
    await stopped;
    expect(await settled).toBe(true);
    expect(gateway.answers[1]?.text).toBe('好');
  });
});

it('logs neither secrets nor what was said', async () => {
  const { gateway, untilSettled } = await begin();
  for (const errcode of [846605, 99999]) gateway.failNext({ cmd: 'aibot_respond_msg', errcode });
  for (const count of [1, 2, 3]) {
    gateway.speak({ from, text: '企业27家' });
    await untilSettled(count);
  }
  const log = await meeting.end();
  for (const word of [botSecret, '企业27家', from, '收到']) expect(log).not.toContain(word);
  await begin();
});
