import { file, say } from '../../../src/channels/content';
import { triesOf } from '../tries';
import { type Meeting, meet, outbound } from './fixtures';

let meeting: Meeting;
const begin = async (...options: Parameters<typeof meet>) => {
  meeting = await meet(...options);
  return meeting;
};
afterEach(async () => {
  await meeting.end();
});

const content = say(['六月通报', file(1, 'x')]);
const to = (id: string) =>
  triesOf(outbound(content, { id: `out-${id}`, chat: { channel: 'wecom', kind: 'private', id } }));
const [zhang, li, wang] = [() => to('ZhangSan'), () => to('lisi'), () => to('wangwu')];

describe('a message to many people', () => {
  it('takes one call for each of its parts, however many they are', async () => {
    const { channel, platform } = await begin();
    const results = await channel.broadcast?.send([zhang().next(), li().next(), wang().next()]);
    expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(platform.calls.get('message/send')).toBe(2);
    expect(platform.sent.map(({ to: who, msgtype }) => [who, msgtype])).toEqual([
      ['ZhangSan', 'text'],
      ['lisi', 'text'],
      ['wangwu', 'text'],
      ['ZhangSan', 'file'],
      ['lisi', 'file'],
      ['wangwu', 'file'],
    ]);
  });

  it('reaches the others when one of them is not there, and says who it is, whatever the case of letters', async () => {
    const { channel, platform } = await begin({ members: ['lisi', 'wangwu'] });
    const missing = zhang();
    const results = await channel.broadcast?.send([missing.next(), li().next(), wang().next()]);
    expect(results).toMatchObject([
      { ok: false, failure: { code: 'wecom.invaliduser', retryable: false } },
      { ok: true },
      { ok: true },
    ]);
    expect(missing.receipts).toEqual([]);
    expect(platform.sent).toHaveLength(4);
  });

  it('names who has no licence', async () => {
    const { channel, platform } = await begin({ unlicensed: ['ZhangSan'] });
    const results = await channel.broadcast?.send([zhang().next(), li().next()]);
    expect(results).toMatchObject([{ failure: { code: 'wecom.unlicenseduser' } }, { ok: true }]);
    expect(platform.sent.map(({ to: who }) => who)).toEqual(['lisi', 'lisi']);
  });

  it('that WeCom does not take waits for everybody, and goes on where it broke off', async () => {
    const { channel, platform } = await begin();
    const both = [zhang(), li()] as const;
    platform.failNext({ status: 502, at: 'media/upload' });
    const first = await channel.broadcast?.send([both[0].next(), both[1].next()]);
    expect(first).toMatchObject([{ failure: { retryable: true } }, { failure: { retryable: true } }]);
    expect(await channel.broadcast?.send([both[0].next(), both[1].next()])).toEqual([{ ok: true }, { ok: true }]);
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text', 'text', 'file', 'file']);
  });
});

describe('a message to many people of which WeCom gave no answer', () => {
  it('is read once by whoever is told again without the first of them', async () => {
    const { channel, platform } = await begin({}, { callLimitMs: 100 });
    const told = (id: string) =>
      outbound(say(['六月通报']), { id, batch: 'bulletin 1', chat: { channel: 'wecom', kind: 'private', id } });
    platform.failNext({ at: 'message/send', delayed: true });
    await channel.broadcast?.send([told('zhangsan'), told('lisi'), told('wangwu')]);
    expect(await channel.broadcast?.send([told('lisi'), told('wangwu')])).toEqual([{ ok: true }, { ok: true }]);
    await channel.send(told('zhangsan'));
    expect(platform.sent.map(({ to: who }) => who)).toEqual(['zhangsan', 'lisi', 'wangwu']);
  });
});

describe('a message that is taken back', () => {
  const chat = { channel: 'wecom', kind: 'private', id: 'ZhangSan' } as const;

  it('disappears for everybody who got it, all parts of it', async () => {
    const { channel, platform } = await begin();
    const told = [zhang(), li()] as const;
    await channel.broadcast?.send([told[0].next(), told[1].next()]);
    await channel.send(outbound(say(['别的事']), { id: 'other' }));
    const receipts = told[0].receipts.flatMap((receipt) => receipt ?? []);
    expect(await channel.recall?.take({ chat, receipts })).toEqual({ ok: true });
    expect(platform.sent.map(({ text }) => text)).toEqual(['别的事']);
    expect(platform.recalled).toHaveLength(4);
  });

  it('takes its card along', async () => {
    const { channel, platform } = await begin();
    const told = triesOf(outbound(say(['请报6月数据'], ['上报'])));
    await channel.send(told.next());
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text', 'template_card']);
    const receipts = told.receipts.flatMap((receipt) => receipt ?? []);
    expect(await channel.recall?.take({ chat, receipts })).toEqual({ ok: true });
    expect(platform.sent).toEqual([]);
  });

  it.each([
    ['of which WeCom refuses a part', { errcode: 40058 }, 'wecom.40058', false],
    ['of which a part meets a bad moment', { errcode: -1 }, 'wecom.-1', true],
  ])('%s loses all its other parts, and the failure is told', async (_what, failure, code, retryable) => {
    const { channel, platform } = await begin();
    const told = zhang();
    await channel.send(told.next());
    platform.failNext({ at: 'message/recall', ...failure });
    const receipts = told.receipts.flatMap((receipt) => receipt ?? []);
    const taken: string[] = [];
    const took = (receipt: string) => void taken.push(receipt);
    const result = await channel.recall?.take({ chat, receipts: [...receipts, 'of another app'], took });
    expect(result).toMatchObject({ ok: false, failure: { code, retryable } });
    expect(taken).toEqual(receipts.slice(1));
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['text']);
  });

  it('more than a day ago is not, and says why', async () => {
    const { channel, platform, clock } = await begin();
    const told = zhang();
    await channel.send(told.next());
    clock.set(new Date(clock.now().getTime() + 25 * 3600_000));
    const receipts = told.receipts.flatMap((receipt) => receipt ?? []);
    const result = await channel.recall?.take({ chat, receipts });
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom.40058', retryable: false, unknown: false } });
    expect(platform.recalled).toEqual([]);
  });
});
