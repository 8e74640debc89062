import type { Receive } from '../../../src/channels/channel';
import { unidentifiedText } from '../../../src/channels/dingtalk/robot';
import { answer, type Rig, secret, startRig } from './setup';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

const empty = { status: 200, body: { msgtype: 'empty' } };
const hour = 3_600_000;

describe('a message to the robot', () => {
  it('is handed on and answered with nothing, so that the answer is pushed at once', async () => {
    const answered = await rig.platform.deliver(rig.botUrl, { from: 'manager7', text: '企业27', msgId: 'm1==' });
    expect(answered).toEqual(empty);
    expect(rig.received).toMatchObject([
      { userId: 'manager7', key: 'm1==', content: { kind: 'text', text: '企业27' }, chat: { kind: 'private' } },
    ]);
    expect(rig.settled).toEqual([false]);
  });

  it('from a group is handed on as the group', async () => {
    await rig.platform.deliver(rig.botUrl, { from: 'manager7', text: '进度', group: 'cidGroup+/==' });
    expect(rig.received[0]).toMatchObject({ chat: { kind: 'group', id: 'cidGroup+/==' }, content: { text: '进度' } });
  });

  it('delivered twice is handed on twice under the same key', async () => {
    for (const text of ['企业27', '企业27']) await rig.platform.deliver(rig.botUrl, { from: 'a', text, msgId: 'm1==' });
    expect(rig.received.map((inbound) => inbound.key)).toEqual(['m1==', 'm1==']);
  });

  it('of a kind that nobody reads is handed on as such', async () => {
    const fields = { msgtype: 'video', text: undefined, content: { downloadCode: 'd', videoType: 'mp4' } };
    await rig.platform.deliver(rig.botUrl, { from: 'a', fields });
    expect(rig.received[0]?.content).toEqual({ kind: 'other', type: 'video' });
  });

  it('that calls for no answer gets none', async () => {
    await rig.receiveWith(async () => null);
    expect(await rig.platform.deliver(rig.botUrl, { from: 'a', text: 'x' })).toEqual(empty);
  });

  it('that could not be stored is answered 500, so that it is delivered again', async () => {
    await rig.receiveWith(() => Promise.reject(new Error('no database')));
    expect((await rig.platform.deliver(rig.botUrl, { from: 'a', text: 'x' })).status).toBe(500);
  });
});

describe('what is refused', () => {
  it.each([
    ['a wrong signature', { sign: 'wrong' }, 401, 'request.signature'],
    ['no signature', { sign: 'none' }, 401, 'request.signature'],
    ['a timestamp over an hour old', { timestampOffsetMs: -hour - 1 }, 401, 'request.stale'],
    ['a timestamp over an hour ahead', { timestampOffsetMs: hour + 1 }, 401, 'request.stale'],
    ['another robot as receiver', { fields: { robotCode: 'dingother' } }, 403, 'request.receiver'],
    ['no JSON', { rawBody: 'hello' }, 400, 'request.malformed'],
    ['no object', { rawBody: '[]' }, 400, 'request.malformed'],
    ['no message id', { fields: { msgId: undefined } }, 400, 'request.malformed'],
    ['more than a megabyte', { text: 'x'.repeat(1024 * 1024) }, 413, 'request.too_large'],
  ] as const)('is answered and not handed on: %s', async (_, message, status, code) => {
    const answered = await rig.platform.deliver(rig.botUrl, { from: 'a', text: 'x', ...message });
    expect(answered).toEqual({ status, body: { code } });
    expect(rig.received).toEqual([]);
  });

  it.each([-hour, hour])('is not what is %d ms from our clock', async (timestampOffsetMs) => {
    expect(await rig.platform.deliver(rig.botUrl, { from: 'a', text: 'x', timestampOffsetMs })).toEqual(empty);
  });
});

describe('what never reaches the dialogue', () => {
  it('is a person without user id, who is told why in the response', async () => {
    const answered = await rig.platform.deliver(rig.botUrl, { from: null, text: '你好' });
    expect(answered).toEqual({ status: 200, body: { msgtype: 'text', text: { content: unidentifiedText } } });
    expect(rig.received).toEqual([]);
  });

  it('is the robot hearing itself', async () => {
    const fields = { senderId: '$:LWCP_v1:$bot' };
    expect(await rig.platform.deliver(rig.botUrl, { from: 'a', text: 'x', fields })).toEqual(empty);
    expect(rig.received).toEqual([]);
  });

  it('is a message whose content the platform holds back, which staff find in the log', async () => {
    const fields = { text: undefined, msgtype: undefined, errorCode: 20001, errorMessage: '额度已用完' };
    expect(await rig.platform.deliver(rig.botUrl, { from: 'a', fields })).toEqual(empty);
    expect(rig.received).toEqual([]);
    expect(rig.logged()).toContain('"code":"dingtalk.20001"');
  });
});

describe('the life of the robot', () => {
  it('stops only when the messages at work are answered, and takes no more', async () => {
    const { promise: arrived, resolve: arrive } = withResolvers();
    const { promise: finished, resolve: finish } = withResolvers();
    const slow: Receive = async () => {
      arrive();
      await finished;
      return answer(rig.settled);
    };
    await rig.receiveWith(slow);
    const atWork = rig.platform.deliver(rig.botUrl, { from: 'a', text: 'x' });
    await arrived;
    const order: string[] = [];
    const stopped = rig.channel.stop().then(() => order.push('stopped'));
    expect((await rig.platform.deliver(rig.botUrl, { from: 'b', text: 'y' })).status).toBe(503);
    order.push('finished');
    finish();
    expect(await atWork).toEqual(empty);
    await stopped;
    expect(order).toEqual(['finished', 'stopped']);
  });

  it('logs neither secrets nor signatures nor what people write', async () => {
    await rig.platform.deliver(rig.botUrl, { from: 'manager7', text: '机密数字27' });
    await rig.platform.deliver(rig.botUrl, { from: null, text: '机密数字27' });
    await rig.platform.deliver(rig.botUrl, { from: 'manager7', text: '机密数字27', sign: 'wrong' });
    const via = await rig.replyVia('manager7');
    rig.platform.failNext('/robot/sendBySession', { status: 200, body: { errcode: 430104, errmsg: '机密数字27' } });
    await rig.send({ replyVia: via });
    rig.platform.unknownStaff.add('manager7');
    await rig.send({});
    expect(rig.logged()).toContain('dingtalk.430104');
    for (const never of ['机密', secret, 'session=', 'sendBySession', 'token-', 'manager7', '小王'])
      expect(rig.logged()).not.toContain(never);
  });
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
