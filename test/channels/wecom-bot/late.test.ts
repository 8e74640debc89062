import type { Answer, ReplyVia } from '../../../src/channels/channel';
import { file, say } from '../../../src/channels/content';
import { tapOf } from '../../platforms/wecom-bot/callbacks';
import { app, botKeys, type Meeting, meet, outbound } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet();
});
afterEach(async () => {
  await meeting.end();
});

const from = 'ZhangSan';
const answerWithinMs = 4_500;
const via = (): ReplyVia => ({ handle: meeting.web.responseUrl(), expiresAt: '2025-07-02T02:59:00.000Z' });

describe('an answer that takes longer than WeCom waits', () => {
  let finish: (answer: Answer | null) => void;
  let fail: (reason: Error) => void;
  let heard: Promise<unknown>;
  let msgid: string;
  beforeEach(async () => {
    msgid = 'CAIQ9';
    const waiting: ((answer: Answer | null) => void)[] = [];
    finish = (answer) => {
      meeting.earlier.set(msgid, answer ? { kind: 'answer', answer } : { kind: 'silent' });
      for (const resolve of waiting) resolve(answer);
    };
    heard = new Promise((hear) => {
      void meeting.start(
        () =>
          new Promise((resolve, reject) => {
            waiting.push(resolve);
            fail = reject;
            hear(null);
          }),
      );
    });
  });

  /** The first reply to a message that is still at work. */
  async function begin(said = {}) {
    const delivered = meeting.deliver({ from, text: '企业27家', msgid, ...said });
    await heard;
    await meeting.time.untilWaiting(answerWithinMs);
    meeting.time.advance(answerWithinMs);
    return (await delivered).shown;
  }

  const refresh = async (id: string) =>
    (await meeting.deliver({ from, said: { msgtype: 'stream', stream: { id } } })).shown;

  it('is begun as a stream, which WeCom gets to its end by asking', async () => {
    const first = await begin();
    expect(first).toMatchObject({ finished: false, text: '正在处理，请稍候……' });
    const id = first?.streamId ?? '';
    expect(await refresh(id)).toMatchObject({ finished: false });
    const settled = new Promise((settle) => finish({ content: say(['好'], ['确认']), settle }));
    expect(await refresh(id)).toMatchObject({ finished: true, text: '好\n\n可回复：确认' });
    expect(await settled).toBe(true);
    expect(await refresh(id)).toMatchObject({ finished: true, text: '好\n\n可回复：确认' });
  });

  it('comes to its end also under an id too long to be carried by the stream', async () => {
    msgid = `CAIQ${'9'.repeat(200)}`;
    const first = await begin();
    const settled = new Promise((settle) => finish({ content: say(['好']), settle }));
    expect(await refresh(first?.streamId ?? '')).toMatchObject({ finished: true, text: '好' });
    expect(await settled).toBe(true);
  });

  it('goes on in the same stream when WeCom delivers the message again meanwhile', async () => {
    const first = await begin();
    const second = await begin();
    expect(second).toMatchObject({ streamId: first?.streamId, finished: false });
    finish({ content: say(['好']), settle: () => undefined });
    expect(await refresh(first?.streamId ?? '')).toMatchObject({ finished: true, text: '好' });
  });

  it('says so when in the end it failed, since WeCom will not deliver again', async () => {
    const first = await begin();
    fail(new Error('the database is away'));
    const shown = await refresh(first?.streamId ?? '');
    expect(shown?.text).toContain('没有处理');
    expect(await meeting.end()).toContain('wecom_bot.not_stored');
    meeting = await meet();
  });

  it('to a tap changes the card in time, and follows through the sender', async () => {
    const shown = await begin({ said: tapOf('t1', '确认'), responseUrl: meeting.web.responseUrl() });
    expect(shown?.card?.title).toBe('已选：确认');
    expect(await new Promise((settle) => finish({ content: say(['好']), settle }))).toBe(false);
  });

  it('is left to the sender when WeCom has hung up', async () => {
    const delivered = meeting.deliver({ from, text: '企业27家' });
    await heard;
    meeting.hangUp();
    await expect(delivered).rejects.toThrow('fetch failed');
    expect(await new Promise((settle) => finish({ content: say(['好']), settle }))).toBe(false);
  });

  it('is waited for when the bot stops', async () => {
    const delivered = meeting.deliver({ from, text: '企业27家' });
    await heard;
    const events: string[] = [];
    const stopped = meeting.channel.stop().then(() => events.push('stopped'));
    events.push('finished');
    finish({ content: say(['好']), settle: () => undefined });
    await stopped;
    expect(events).toEqual(['finished', 'stopped']);
    expect((await delivered).shown?.text).toBe('好');
  });
});

describe('an answer that another copy of the bot has at work', () => {
  const streamId = Buffer.from('CAIQ9').toString('base64url');
  const refresh = async () =>
    (await meeting.deliver({ from, said: { msgtype: 'stream', stream: { id: streamId } } })).shown;

  it('is told to its end by whichever copy is asked', async () => {
    expect(await refresh()).toMatchObject({ finished: false });
    const settled = new Promise((settle) => {
      meeting.earlier.set('CAIQ9', { kind: 'answer', answer: { content: say(['好']), settle } });
    });
    expect(await refresh()).toMatchObject({ finished: true, text: '好' });
    expect(await settled).toBe(true);
  });

  it.each([
    ['there was nothing to say', { kind: 'silent' }, '已处理。'],
    ['it was sent already', { kind: 'sending' }, '答复已另外发来。'],
  ] as const)('ends in a word when %s', async (_, earlier, text) => {
    meeting.earlier.set('CAIQ9', earlier);
    expect(await refresh()).toMatchObject({ finished: true, text });
  });

  it('is asked for once more while the database is away', async () => {
    const away = () => {
      throw new Error('the database is away');
    };
    Object.assign(meeting.earlier, { get: away });
    expect(await refresh()).toMatchObject({ finished: false });
  });

  it('is not waited for without end: it would come by itself', async () => {
    await refresh();
    meeting.time.advance(59_000);
    expect(await refresh()).toMatchObject({ finished: false });
    meeting.time.advance(1_000);
    expect(await refresh()).toMatchObject({ finished: true, text: expect.stringContaining('另外发来') });
  });
});

describe('a push', () => {
  it('goes once through the address that came with the message', async () => {
    const replyVia = via();
    expect(await meeting.channel.send(outbound(say(['好'], ['确认']), { replyVia }))).toMatchObject({ ok: true });
    expect(meeting.web.posted).toEqual(['好\n\n可回复：确认']);
    const again = await meeting.channel.send(outbound(say(['好']), { replyVia }));
    expect(again).toMatchObject({ ok: false, failure: { code: 'wecom_bot.40058', retryable: false } });
  });

  it('says in words what it cannot carry', async () => {
    await meeting.channel.send(outbound(say(['请查收', file(1, '附件1.xlsx')]), { replyVia: via() }));
    expect(meeting.web.posted[0]).toContain('文件在这里发不出来');
  });

  it.each([
    ['without an address', () => null],
    ['after an hour', () => ({ ...via(), expiresAt: '2025-07-02T02:00:00.000Z' })],
    ['to somebody else’s host', () => ({ ...via(), handle: 'https://evil.example/cgi-bin/aibot/response' })],
    ['to another page of the platform', () => ({ ...via(), handle: `${meeting.web.url}/cgi-bin/user/delete` })],
    ['to something that is no address', () => ({ ...via(), handle: 'response_code=1' })],
  ])('has no way %s, which staff are told', async (_, replyVia) => {
    const result = await meeting.channel.send(outbound(say(['好']), { replyVia: replyVia() }));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom_bot.no_way', retryable: false, ours: true } });
    expect(!result.ok && result.failure.userText).toContain('长连接');
    expect(meeting.web.calls).toEqual([]);
  });

  it.each([
    [{ errcode: -1 }, 'wecom_bot.-1', true, false],
    [{ errcode: 45009 }, 'wecom_bot.45009', true, false],
    [{ errcode: 99999 }, 'wecom_bot.99999', false, false],
    [{ status: 503 }, 'wecom_bot.http_503', true, false],
    [{ status: 429 }, 'wecom_bot.http_429', true, false],
    [{ status: 404 }, 'wecom_bot.http_404', false, false],
    [{ drop: true }, 'wecom_bot.broken', true, true],
    [{ delayed: true }, 'wecom_bot.timeout', true, true],
  ] as const)('that fails with %j says whether to try again', async (failure, code, retryable, unknown) => {
    await meeting.end();
    meeting = await meet({ callLimitMs: 200 });
    meeting.web.failNext({ at: 'response', ...failure });
    const result = await meeting.channel.send(outbound(say(['好']), { replyVia: via() }));
    expect(result).toMatchObject({ ok: false, failure: { code, retryable, unknown } });
  });
});

it('logs and reports neither secrets nor what was said', async () => {
  const results = [];
  for (const failure of [{ status: 500 }, { drop: true }, { errcode: 40001 }] as const) {
    meeting.web.failNext({ at: 'response', ...failure });
    results.push(await meeting.channel.send(outbound(say(['企业27家']), { replyVia: via() })));
  }
  const responseUrl = meeting.web.responseUrl();
  await meeting.deliver({ from, text: '企业27家', tamper: 'sealed-junk' });
  await meeting.deliver({ from, text: '企业27家', responseUrl });
  const said = JSON.stringify(results) + (await meeting.end());
  for (const word of [botKeys.token, botKeys.encodingAesKey, app.secret, 'response_code', '企业27家', from]) {
    expect(said).not.toContain(word);
  }
  meeting = await meet();
});
