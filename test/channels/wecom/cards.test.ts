import type { Choice } from '../../../src/channels/content';
import { file, say } from '../../../src/channels/content';
import { type Meeting, meet, outbound } from './fixtures';

let meeting: Meeting;
const begin = async (...options: Parameters<typeof meet>) => {
  meeting = await meet(...options);
  return meeting;
};
afterEach(async () => {
  await meeting.end();
});

const question = say(['提交吗？'], ['确认', { label: '改一项', text: '修改' }]);
const hour = 3600_000;

describe('a push with answers to choose from', () => {
  it('brings the words with what to type, then a card to tap', async () => {
    const { channel, platform } = await begin();
    expect(await channel.send(outbound(question))).toMatchObject({ ok: true });
    expect(platform.sent).toMatchObject([
      { msgtype: 'text', text: '提交吗？\n可回复：确认 ｜ 修改（改一项）' },
      {
        msgtype: 'template_card',
        card: {
          buttons: [
            ['确认', '确认'],
            ['改一项', '修改'],
          ],
        },
      },
    ]);
  });

  it('brings the card last, after the files', async () => {
    const { channel, platform } = await begin();
    await channel.send(outbound(say(['请查收', file(1, 'x')], ['好'])));
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text', 'file', 'template_card']);
  });

  it('brings one card when it is sent again after a timeout', async () => {
    const { channel, platform } = await begin({}, { callLimitMs: 100 });
    platform.failNext({ delayed: true });
    expect(await channel.send(outbound(question))).toMatchObject({ ok: false });
    await channel.send(outbound(question));
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text', 'template_card']);
  });

  it('brings another card each time, also when the numbers of messages begin again', async () => {
    const { channel, platform } = await begin();
    await channel.send(outbound(question));
    await channel.send(outbound(say(['撤回吗？'], ['确认'])));
    await channel.send(outbound(question, { id: 'out-2' }));
    const cards = platform.sent.filter(({ msgtype }) => msgtype === 'template_card');
    expect(new Set(cards.map(({ card }) => card?.taskId)).size).toBe(3);
  });

  it.each<[string, readonly (string | Choice)[]]>([
    ['there are more than six', ['1', '2', '3', '4', '5', '6', '7']],
    ['a label would be cut', ['新县市场监督管理局联络员']],
    ['a label is empty', [{ label: '', text: '好' }]],
    ['two would send the same', ['好', { label: '可以', text: '好' }]],
    ['one would send too much', [{ label: '好', text: '好'.repeat(342) }]],
  ])('has words alone when %s', async (_, choices) => {
    const { channel, platform } = await begin();
    expect(await channel.send(outbound(say(['选哪个？'], choices)))).toMatchObject({ ok: true });
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text']);
  });

  it('has words alone in a group, where WeCom takes no cards and the app would not hear an answer', async () => {
    const { channel, platform } = await begin({ groups: ['g'] });
    await channel.send(outbound(question, { chat: { channel: 'wecom', kind: 'group', id: 'g' } }));
    expect(platform.sent.map(({ msgtype, text }) => [msgtype, text])).toEqual([['text', '提交吗？']]);
  });

  it('counts as one more of the messages that a member gets in a minute', async () => {
    const { channel } = await begin();
    const gone: (string | null)[] = [];
    await channel.send(outbound(question, { went: (receipt) => void gone.push(receipt) }));
    expect(gone).toHaveLength(2);
  });

  it('has words alone when a member would get too many messages with the card', async () => {
    const { channel, platform } = await begin();
    expect(await channel.send(outbound(question, { roomIn: async () => 60_000 }))).toMatchObject({ ok: true });
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text']);
  });
});

describe('a card that WeCom does not take', () => {
  it('is left out for an hour when the app has no callback address, and the words still arrive', async () => {
    const { channel, platform, clock } = await begin({ hasCallback: false });
    for (const [id, atMs] of [
      ['1', 0],
      ['2', hour - 1],
      ['3', hour],
    ] as const) {
      clock.set(new Date(Date.parse('2025-07-02T02:00:00Z') + atMs));
      expect(await channel.send(outbound(say([id], ['确认']), { id }))).toMatchObject({ ok: true });
    }
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text', 'text', 'text']);
    // Three times words, the first and the last time a card as well.
    expect(platform.calls.get('message/send')).toBe(5);
    const log = await meeting.end();
    expect(log.match(/wecom\.43012/g)).toHaveLength(2);
    meeting = await meet();
  });

  it.each([{ errcode: 42014 }, { errcode: 45009 }, { status: 503 }, { drop: true }] as const)(
    'takes nothing from the message that has arrived: %j',
    async (failure) => {
      const { channel, platform } = await begin();
      platform.failNext({ at: 'card', ...failure });
      expect(await channel.send(outbound(question))).toMatchObject({ ok: true });
      expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text']);
      expect(await meeting.end()).toContain('a card with the answers to tap was not sent');
      meeting = await meet();
    },
  );
});

describe('a tap on a card', () => {
  const offered = async () => {
    const begun = await begin();
    await begun.channel.send(outbound(question));
    return begun;
  };
  const settled = async () => {
    while (meeting.platform.calls.get('message/update_template_card') === undefined) await tick();
    await meeting.channel.stop();
  };
  const tick = () => new Promise((resolve) => setImmediate(resolve));

  it('is heard as typed, and the card says what was chosen', async () => {
    const { platform, address } = await offered();
    expect(await platform.tap(address, 'ZhangSan', '确认')).toMatchObject({ status: 200, body: '' });
    await settled();
    expect(meeting.heard).toMatchObject([{ userId: 'zhangsan', content: { kind: 'text', text: '确认' } }]);
    expect(platform.changedCards).toEqual([{ to: ['ZhangSan'], says: '已选：确认' }]);
    expect(() => platform.tap(address, 'ZhangSan', '修改')).toThrow('has no button');
  });

  it('changes the card also when there is nothing to answer', async () => {
    const { platform, address } = await offered();
    meeting.answerWith(null);
    await platform.tap(address, 'zhangsan', '确认');
    await settled();
    expect(platform.changedCards).toMatchObject([{ says: '已选：确认' }]);
  });

  it('changes the card once, however often WeCom delivers the tap', async () => {
    const { platform, address } = await offered();
    let calls = 0;
    await meeting.start(async () => {
      calls += 1;
      // Too late for the first delivery.
      if (calls === 1) meeting.clock.set(new Date(meeting.clock.now().getTime() + 5_000));
      return calls === 1 ? new Promise((resolve) => void open.push(() => resolve(null))) : null;
    });
    const open: (() => void)[] = [];
    expect(await platform.tap(address, 'zhangsan', '确认')).toMatchObject({ tries: 2 });
    for (const answer of open) answer();
    await settled();
    expect(platform.calls.get('message/update_template_card')).toBe(1);
  });

  it('is answered also when the card cannot be changed, which is logged', async () => {
    const { platform, address } = await offered();
    platform.failNext({ at: 'message/update_template_card', errcode: 45009 });
    await platform.tap(address, 'zhangsan', '确认');
    await settled();
    expect(meeting.settled).toEqual([false]);
    const log = await meeting.end();
    expect(log).toContain('wecom.45009');
    expect(log).not.toContain('zhangsan');
    meeting = await meet();
  });

  it('leaves the card as it is when the tap was not stored', async () => {
    const { platform, address } = await offered();
    await meeting.start(() => Promise.reject(new Error('the database is away')));
    expect(await platform.tap(address, 'zhangsan', '确认')).toMatchObject({ status: 500 });
    expect(platform.calls.get('message/update_template_card')).toBeUndefined();
  });
});
