import type { Outbound } from '../../../src/channels/channel';
import { type Content, file, heading, list, say } from '../../../src/channels/content';
import { triesOf } from '../tries';
import { outbound } from './fixtures';
import { type LongMeeting, type LongOptions, meetLong } from './long-fixtures';

let meeting: LongMeeting;
const begin = async (options: LongOptions = {}) => {
  meeting = await meetLong(options);
  for (const chat of ['ZhangSan', 'wrCHAT', 'wrOTHER']) meeting.gateway.acquaint(chat);
  return meeting;
};
afterEach(async () => {
  await meeting.end();
  expect(meeting.gateway.violations).toEqual([]);
});

const group = { channel: 'wecom-bot', kind: 'group', id: 'wrCHAT' } as const;
const image = { kind: 'image', fileId: 2, name: '走势.png' } as const;

describe('a push', () => {
  it('reaches a person', async () => {
    const { channel, gateway } = await begin();
    expect(await channel.send(outbound(say([heading('催报'), list(['企业'])], ['上报'])))).toMatchObject({ ok: true });
    expect(gateway.pushed).toEqual([
      { chat: 'ZhangSan', kind: 'private', text: '### 催报\n\n- 企业\n\n可回复：上报', file: null },
    ]);
  });

  it('reaches a group', async () => {
    const { channel, gateway } = await begin();
    await channel.send(outbound(say(['已报 5/6']), { chat: group }));
    expect(gateway.pushed).toMatchObject([{ chat: 'wrCHAT', kind: 'group', text: '已报 5/6' }]);
  });

  it.each([
    ['since this start', {}, true],
    ['before it', { knownUserIds: ['ZhangSan'] }, false],
  ])(
    'reaches an account of the roster as WeCom writes it, when its person talked to the robot %s',
    async (_, options, speaks) => {
      const { channel, gateway, untilSettled } = await begin(options);
      if (speaks) {
        gateway.speak({ from: 'ZhangSan', text: '你好' });
        await untilSettled(1);
      }
      const chat = { channel: 'wecom', kind: 'private', id: 'zhangsan' } as const;
      expect(await channel.send(outbound(say(['催报']), { chat }))).toMatchObject({ ok: true });
      expect(gateway.pushed).toMatchObject([{ chat: 'ZhangSan' }]);
    },
  );

  it('says what to do when its person never talked to the robot', async () => {
    const { channel } = await begin();
    const chat = { channel: 'wecom', kind: 'private', id: 'lisi' } as const;
    const result = await channel.send(outbound(say(['催报']), { chat }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom_bot.93006', retryable: false, ours: false } });
    expect(!result.ok && result.failure.userText).toContain('先给机器人发一条消息');
  });

  it('goes in several messages when it is too long for one', async () => {
    const { channel, gateway } = await begin();
    const content = say(Array.from({ length: 2000 }, (_, index) => `第${index}行：光山县`));
    await channel.send(outbound(content));
    expect(gateway.pushed.length).toBeGreaterThan(1);
    expect(gateway.pushed.map(({ text }) => text).join('')).toContain('第1999行');
  });

  it('brings files after the words, under their own names', async () => {
    const { channel, gateway } = await begin();
    await channel.send(outbound(say([file(1, 'x'), '请查收'])));
    expect(gateway.pushed.map(({ text }) => text)).toEqual(['请查收', '']);
    expect(gateway.pushed[1]?.file).toMatchObject({ name: '附件1.xlsx', bytes: Buffer.from('bytes of 1') });
  });

  it('brings a picture as a picture, in pieces when it is large', async () => {
    const { channel, gateway } = await begin();
    const content: Content = { blocks: [image], choices: [] };
    const bytes = Buffer.alloc(1_300_000, 7);
    await channel.send(outbound(content, { load: async () => ({ name: '走势.png', mediaType: 'image/png', bytes }) }));
    expect(gateway.commands.filter((cmd) => cmd === 'aibot_upload_media_chunk')).toHaveLength(3);
    expect(gateway.pushed[0]?.file).toMatchObject({ type: 'image', name: '走势.png', bytes });
  });

  it('uploads a file once for everybody, and again when WeCom no longer knows it', async () => {
    const { channel, gateway } = await begin();
    const uploads = () => gateway.commands.filter((cmd) => cmd === 'aibot_upload_media_init').length;
    await channel.send(outbound(say([file(1, 'x')])));
    await channel.send(outbound(say([file(1, 'x')]), { id: 'out-2', chat: group }));
    expect(uploads()).toBe(1);
    gateway.forgetMedia();
    expect(await channel.send(outbound(say([file(1, 'x')]), { id: 'out-3' }))).toMatchObject({ ok: true });
    expect(uploads()).toBe(2);
  });

  it.each([
    ['30 uploads a minute, which no WeCom takes', 60_000, 30],
    ['15 in the first minute, since a bot before it may have made the others', 0, 15],
  ])('waits with more than %s', async (_, sinceStartMs, most) => {
    const { channel, time } = await begin();
    time.jump(sinceStartMs);
    const results = [];
    for (let fileId = 1; fileId <= most + 1; fileId += 1) {
      // The 30 messages a minute of one chat are not what is meant here.
      const chat = { ...group, id: fileId % 2 === 0 ? 'wrCHAT' : 'wrOTHER' };
      results.push(await channel.send(outbound(say([file(fileId, 'x')]), { id: `out-${fileId}`, chat })));
    }
    const failed = results.filter(({ ok }) => !ok);
    expect(failed).toMatchObject([
      { failure: { code: 'wecom_bot.uploads_full', retryable: true, unknown: false, waitMs: 60_000 } },
    ]);
    time.jump(60_000);
    expect(await channel.send(outbound(say([file(most + 1, 'x')]), { id: 'out-later' }))).toMatchObject({ ok: true });
  });

  it('uploads a file again before WeCom forgets it', async () => {
    const { channel, gateway, time } = await begin();
    await channel.send(outbound(say([file(1, 'x')])));
    time.jump(3 * 24 * 3600_000);
    expect(await channel.send(outbound(say([file(1, 'x')]), { id: 'out-2' }))).toMatchObject({ ok: true });
    expect(gateway.commands.filter((cmd) => cmd === 'aibot_upload_media_init')).toHaveLength(2);
  });

  it('does not try to send a file that is too large', async () => {
    const { channel, gateway } = await begin();
    const bytes = Buffer.alloc(20 * 1024 * 1024 + 1);
    const load: Outbound['load'] = async () => ({ name: 'x.zip', mediaType: 'application/zip', bytes });
    const result = await channel.send(outbound(say([file(1, 'x')]), { load }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom_bot.45001', retryable: false } });
    expect(gateway.commands).not.toContain('aibot_upload_media_init');
  });
});

describe('a failed push', () => {
  it.each([
    [{ errcode: -1 }, 'wecom_bot.-1', true, false, null],
    [{ errcode: 846601 }, 'wecom_bot.846601', true, false, null],
    [{ errcode: 45009 }, 'wecom_bot.45009', true, false, 60_000],
    [{ errcode: 40058 }, 'wecom_bot.40058', false, false, null],
    [{ drop: true }, 'wecom_bot.broken', true, true, null],
  ] as const)('%j says whether to try again and what to do', async (failure, code, retryable, unknown, waitMs) => {
    const { channel, gateway } = await begin();
    gateway.failNext({ cmd: 'aibot_send_msg', ...failure });
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({ ok: false, failure: { code, retryable, unknown, waitMs } });
    expect(!result.ok && result.failure.userText).toMatch(/\p{Script=Han}/u);
    expect(gateway.pushed).toEqual([]);
  });

  it('may have arrived when WeCom does not acknowledge it', async () => {
    const { channel, gateway, time } = await begin();
    gateway.failNext({ cmd: 'aibot_send_msg', silent: true });
    const sending = channel.send(outbound(say(['1'])));
    await gateway.until(() => gateway.pushed.length === 1);
    time.advance(5_000);
    expect(await sending).toMatchObject({ ok: false, failure: { code: 'wecom_bot.timeout', unknown: true } });
  });

  it('has certainly not arrived while there is no connection', async () => {
    const { channel, gateway, time } = await begin();
    gateway.drop();
    await time.untilWaiting(750);
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'wecom_bot.offline', retryable: true, unknown: false },
    });
  });

  it('may be repeated when only the upload broke', async () => {
    const { channel, gateway } = await begin();
    gateway.failNext({ cmd: 'aibot_upload_media_finish', drop: true });
    const result = await channel.send(outbound(say([file(1, 'x')])));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom_bot.broken', retryable: true, unknown: false } });
  });

  it('goes on where it broke off when it is tried again', async () => {
    const { channel, gateway } = await begin();
    const tries = triesOf(outbound(say(['请查收', file(1, 'x')]), { chat: group }));
    gateway.failNext({ cmd: 'aibot_upload_media_init', errcode: -1 });
    expect(await channel.send(tries.next())).toMatchObject({ ok: false });
    expect(await channel.send(tries.next())).toMatchObject({ ok: true });
    expect(gateway.pushed.map(({ file: sent }) => sent?.name ?? null)).toEqual([null, '附件1.xlsx']);
  });

  it('comes from more than 30 messages a minute to one chat, which the channel tells the sender beforehand', async () => {
    const { channel } = await begin();
    expect(channel.quotas).toContainEqual({ per: 'chat', count: 30, seconds: 60, withAnswers: true });
    const sends = Array.from({ length: 31 }, (_, index) => outbound(say([`${index}`]), { id: `out-${index}` }));
    const results = [];
    for (const message of sends) results.push(await channel.send(message));
    expect(results.filter(({ ok }) => !ok)).toMatchObject([{ failure: { code: 'wecom_bot.45009', waitMs: 60_000 } }]);
  });
});
