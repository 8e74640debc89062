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

const answer = say(['已报 5/6']);
const pass = (minutes: number) => meeting.clock.set(new Date(meeting.clock.now().getTime() + minutes * 60_000));
/** Taken by WeCom, which never says so. */
const sendInVain = async (...message: Parameters<typeof outbound>) => {
  meeting.platform.failNext({ delayed: true });
  return meeting.channel.send(outbound(...message));
};

describe('a message whose outcome nobody knows', () => {
  it.each([0, 11, 239])('is shown once when it is sent again %i minutes later', async (minutes) => {
    const { channel, platform } = await begin({}, { callLimitMs: 500 });
    const first = await sendInVain(answer);
    expect(first).toMatchObject({ ok: false, failure: { code: 'wecom.timeout', retryable: true, unknown: false } });
    pass(minutes);
    expect(await channel.send(outbound(answer))).toEqual({ ok: true });
    expect(platform.sent.map(({ text }) => text)).toEqual(['已报 5/6']);
    expect(await meeting.end()).toContain('"code":"wecom.no_msgid","outbound":"out-1"');
    meeting = await meet();
  });

  it('is shown once to everybody who was told together', async () => {
    const { channel, platform } = await begin({}, { callLimitMs: 500 });
    const [zhang, li] = ['zhangsan', 'lisi'].map((id) =>
      outbound(answer, { id: `out-${id}`, chat: { channel: 'wecom', kind: 'private', id } }),
    );
    if (!zhang || !li) throw new Error('two are told');
    platform.failNext({ delayed: true });
    await channel.broadcast?.send([zhang, li]);
    expect(await channel.broadcast?.send([zhang, li])).toEqual([{ ok: true }, { ok: true }]);
    expect(platform.sent.map(({ to }) => to)).toEqual(['zhangsan', 'lisi']);
  });

  it('is shown when it has not arrived, though the same was said shortly before', async () => {
    const { channel, platform } = await begin();
    await channel.send(outbound(answer));
    platform.failNext({ drop: true });
    const lost = outbound(answer, { id: 'out-2' });
    expect(await channel.send(lost)).toMatchObject({ failure: { code: 'wecom.broken' } });
    pass(1);
    await channel.send(lost);
    expect(platform.sent).toHaveLength(2);
  });

  it('brings its file once', async () => {
    const { channel, platform } = await begin({}, { callLimitMs: 500 });
    await sendInVain(say([file(1, 'x')]));
    expect(await channel.send(outbound(say([file(1, 'x')])))).toEqual({ ok: true });
    expect(platform.sent.map(({ msgtype }) => msgtype)).toEqual(['file']);
  });
});

it.each([0, 1, 30])('says the same again to who asks again %i minutes later', async (minutes) => {
  const { channel, platform } = await begin();
  await channel.send(outbound(answer));
  pass(minutes);
  await channel.send(outbound(answer, { id: 'out-2' }));
  expect(platform.sent.map(({ text }) => text)).toEqual(['已报 5/6', '已报 5/6']);
  expect(await meeting.end()).not.toContain('wecom.no_msgid');
  meeting = await meet();
});
