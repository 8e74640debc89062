import { type Content, file, heading, list, say } from '../../../src/channels/content';
import { triesOf } from '../tries';
import { callbackKeys, type Meeting, meet, outbound, secret } from './fixtures';

let meeting: Meeting;
const begin = async (...options: Parameters<typeof meet>) => {
  meeting = await meet(...options);
  return meeting;
};
afterEach(async () => {
  await meeting.end();
});

const group = { channel: 'wecom', kind: 'group', id: 'progressGroup' } as const;
const minute = 60_000;
const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

describe('a push', () => {
  it('reaches a person', async () => {
    const { channel, platform } = await begin();
    const tries = triesOf(outbound(say([heading('催报'), list(['企业', '专利'])])));
    expect(await channel.send(tries.next())).toEqual({ ok: true });
    expect(tries.receipts).toEqual([expect.stringMatching(/./)]);
    expect(platform.sent).toMatchObject([
      { to: 'zhangsan', kind: 'private', msgtype: 'text', text: '【催报】\n· 企业\n· 专利' },
    ]);
  });

  it('reaches a group that the app created', async () => {
    const { channel, platform } = await begin({ groups: ['progressGroup'] });
    await channel.send(outbound(say(['已报 5/6']), { chat: group }));
    expect(platform.sent).toMatchObject([{ to: 'progressGroup', kind: 'group', text: '已报 5/6' }]);
  });

  it('calls people of a group by name, once', async () => {
    const { channel, platform } = await begin({ groups: ['progressGroup'] });
    const mentions = ['all', { userId: 'lisi' }, { mobile: '13800138000' }] as const;
    const lines = Array.from({ length: 300 }, (_, index) => `第${index}行：光山县`);
    await channel.send(outbound({ ...say(lines), mentions }, { chat: group }));
    expect(platform.sent.flatMap(({ called }) => called ?? [])).toEqual(['@all', 'lisi']);
  });

  it('goes in several messages when it is too long for one', async () => {
    const { channel, platform } = await begin();
    const lines = Array.from({ length: 300 }, (_, index) => `第${index}行：光山县`);
    await channel.send(outbound(say(lines)));
    expect(platform.sent.length).toBeGreaterThan(1);
    expect(platform.sent.map(({ text }) => text).join('\n')).toBe(lines.join('\n'));
  });

  it('carries characters that JSON would escape or WeCom refuses', async () => {
    const { channel, platform } = await begin();
    expect(await channel.send(outbound(say(['a\u0007b\ud800c "引号" \\ 🙂'])))).toMatchObject({ ok: true });
    expect(platform.sent[0]?.text).toBe('abc "引号" \\ 🙂');
  });

  it('brings files after the words, under their own names', async () => {
    const { channel, platform } = await begin();
    await channel.send(outbound(say([file(1, 'x'), '请查收'])));
    expect(platform.sent.map(({ msgtype, text }) => [msgtype, text])).toEqual([
      ['text', '请查收'],
      ['file', ''],
    ]);
    expect(platform.sent[1]?.file).toMatchObject({ name: '附件1.xlsx', bytes: Buffer.from('bytes of 1') });
  });

  it('shows a picture as a picture', async () => {
    const { channel, platform } = await begin();
    const content: Content = { blocks: [{ kind: 'image', fileId: 2, name: '走势.png' }], choices: [] };
    const load = async () => ({ name: '走势.png', mediaType: 'image/png', bytes: png });
    await channel.send(outbound(content, { load }));
    expect(platform.sent).toMatchObject([{ msgtype: 'image', file: { name: '走势.png' } }]);
  });

  it('uploads a file once for everybody, and again when WeCom no longer knows it', async () => {
    const { channel, platform } = await begin();
    const to = (id: string) => ({ id: `out-${id}`, chat: { channel: 'wecom', kind: 'private', id } as const });
    await channel.send(outbound(say([file(1, 'x')]), to('zhangsan')));
    await channel.send(outbound(say([file(1, 'x')]), to('lisi')));
    expect(platform.calls.get('media/upload')).toBe(1);
    platform.forgetMedia();
    expect(await channel.send(outbound(say([file(1, 'x')]), to('wangwu')))).toMatchObject({ ok: true });
    expect(platform.calls.get('media/upload')).toBe(2);
  });

  it.each(['@all', '@ALL', 'zhangsan|lisi', ''])('goes to one person and never to %j', async (id) => {
    const { channel, platform } = await begin();
    const result = await channel.send(outbound(say(['1']), { chat: { channel: 'wecom', kind: 'private', id } }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.invaliduser', retryable: false } });
    expect(platform.sent).toEqual([]);
  });
});

describe('a failed push', () => {
  it.each([
    [{ errcode: -1 }, 'wecom.-1', true, false, null],
    [{ errcode: 6000 }, 'wecom.6000', true, false, null],
    [{ errcode: 45033 }, 'wecom.45033', true, false, null],
    [{ errcode: 45009 }, 'wecom.45009', true, false, 60_000],
    [{ status: 503 }, 'wecom.http_503', true, false, null],
    [{ status: 429 }, 'wecom.http_429', true, false, null],
    [{ status: 404 }, 'wecom.http_404', false, true, null],
    [{ drop: true }, 'wecom.broken', true, false, null],
    [{ body: '<html>busy</html>' }, 'wecom.unreadable', true, false, null],
    [{ body: 'x'.repeat(100_000) }, 'wecom.unreadable', true, false, null],
    [{ errcode: 81013 }, 'wecom.81013', false, false, null],
    [{ errcode: 60020 }, 'wecom.60020', false, true, null],
    [{ errcode: 48002 }, 'wecom.48002', false, true, null],
    [{ errcode: 99999 }, 'wecom.99999', false, true, null],
    [{ answer: { invaliduser: 'zhangsan' } }, 'wecom.invaliduser', false, false, null],
    [{ answer: { unlicenseduser: 'zhangsan' } }, 'wecom.unlicenseduser', false, false, null],
  ] as const)('%j says whether to try again and what to do', async (failure, code, retryable, ours, waitMs) => {
    const { channel, platform } = await begin();
    platform.failNext(failure);
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({ ok: false, failure: { code, retryable, ours, waitMs, unknown: false } });
    expect(!result.ok && result.failure.userText).toMatch(/\p{Script=Han}/u);
    expect(platform.sent).toEqual([]);
  });

  it.each([
    ['that WeCom does not know', { errcode: 81013 }],
    ['that is named in an answer that says 0', { answer: { invaliduser: 'zhangsan' } }],
    ['without a licence', { answer: { unlicenseduser: 'zhangsan' } }],
  ] as const)('tells staff which account it is, when it goes to one %s, and is given up', async (_, failure) => {
    const { channel, platform } = await begin();
    platform.failNext(failure);
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({ ok: false, failure: { retryable: false, unknown: false } });
    expect(!result.ok && result.failure.userText).toContain('账号“zhangsan”收不到消息');
    expect(!result.ok && result.failure.message).not.toContain('zhangsan');
  });

  it('knows who is not there', async () => {
    const { channel } = await begin({ members: ['lisi'] });
    expect(await channel.send(outbound(say(['1'])))).toMatchObject({ ok: false, failure: { code: 'wecom.81013' } });
  });

  it('is of another kind when the group is not ours', async () => {
    const { channel } = await begin({ groups: [] });
    const result = await channel.send(outbound(say(['1']), { chat: group }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.86008', retryable: false } });
  });

  it('leaves open after a timeout whether a group has seen it', async () => {
    const { channel, platform } = await begin({}, { callLimitMs: 100 });
    platform.failNext({ delayed: true });
    const result = await channel.send(outbound(say(['1']), { chat: group }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.timeout', unknown: true } });
  });

  it('has certainly not arrived when WeCom cannot be reached', async () => {
    const { channel, platform } = await begin();
    await platform.stop();
    const result = await channel.send(outbound(say(['1']), { chat: group }));
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'wecom.unreachable', retryable: true, unknown: false },
    });
    await platform.start();
  });

  it('goes on where it broke off when it is tried again', async () => {
    const { channel, platform } = await begin();
    const tries = triesOf(outbound(say(['请查收', file(1, 'x')]), { chat: group }));
    platform.failNext({ status: 502, at: 'media/upload' });
    expect(await channel.send(tries.next())).toMatchObject({ ok: false });
    expect(await channel.send(tries.next())).toMatchObject({ ok: true });
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text', 'file']);
  });

  it('waits when the app calls too often', async () => {
    const { channel } = await begin({ callsPerMinute: 2 });
    await channel.send(outbound(say(['1'])));
    const result = await channel.send(outbound(say(['2']), { id: 'out-2' }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.45009', waitMs: 60_000 } });
  });
});

describe('the access token', () => {
  it('is asked for once by many messages at once', async () => {
    const { channel, platform } = await begin();
    const sends = Array.from({ length: 8 }, (_, index) =>
      channel.send(outbound(say([`${index}`]), { id: `out-${index}` })),
    );
    await Promise.all(sends);
    expect(platform.calls.get('gettoken')).toBe(1);
    expect(platform.sent).toHaveLength(8);
  });

  it.each([
    [114, 1],
    [116, 2],
  ])('after %i minutes has been asked for %i time(s)', async (minutes, times) => {
    const { channel, platform, clock } = await begin();
    await channel.send(outbound(say(['1'])));
    clock.set(new Date(clock.now().getTime() + minutes * minute));
    await channel.send(outbound(say(['2']), { id: 'out-2' }));
    expect(platform.calls.get('gettoken')).toBe(times);
  });

  it('is replaced without anybody noticing when WeCom drops it early', async () => {
    const { channel, platform } = await begin();
    await channel.send(outbound(say(['1'])));
    platform.expireTokens();
    expect(await channel.send(outbound(say(['2']), { id: 'out-2' }))).toMatchObject({ ok: true });
    expect(platform.calls.get('gettoken')).toBe(2);
  });

  it('is replaced only once, and the failure reported, when the fresh one is refused too', async () => {
    const { channel, platform } = await begin();
    platform.failNext({ errcode: 42001 });
    platform.failNext({ errcode: 42001 });
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.42001', retryable: true } });
    expect(platform.calls.get('message/send')).toBe(2);
  });

  it('is not asked for again at once with a secret that was refused, lest WeCom blocks the address', async () => {
    const { channel, platform, clock } = await begin({ secret: 'anotherSecret' });
    for (const id of ['out-1', 'out-2']) {
      const result = await channel.send(outbound(say(['1']), { id }));
      expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.40001', retryable: false, ours: true } });
    }
    expect(platform.calls.get('gettoken')).toBe(1);
    clock.set(new Date(clock.now().getTime() + 2 * minute));
    await channel.send(outbound(say(['1'])));
    expect(platform.calls.get('gettoken')).toBe(2);
  });
});

it('logs and reports neither secrets nor what was said', async () => {
  const { channel, platform, address } = await begin();
  const results = [];
  for (const failure of [{ status: 500 }, { drop: true }, { errcode: 40001 }, { body: '{' }] as const) {
    platform.failNext(failure);
    results.push(await channel.send(outbound(say(['企业27家']))));
  }
  await platform.deliver(address, { from: 'zhangsan', text: '企业27家', tamper: 'sealed-junk' });
  await platform.deliver(address, { from: 'zhangsan', text: '企业27家' });
  const said = JSON.stringify(results) + (await meeting.end());
  for (const word of [
    secret,
    callbackKeys.token,
    callbackKeys.encodingAesKey,
    'access_token',
    '企业27家',
    'zhangsan',
  ]) {
    expect(said).not.toContain(word);
  }
  meeting = await meet();
});
