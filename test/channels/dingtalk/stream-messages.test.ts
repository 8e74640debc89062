import type { Receive } from '../../../src/channels/channel';
import { pausesMs } from '../../../src/channels/dingtalk/persistence';
import { unidentifiedText } from '../../../src/channels/dingtalk/robot';
import { lostText } from '../../../src/channels/dingtalk/stream/inbox';
import { cardTopic, type StreamConnection } from '../../platforms/dingtalk/gateway';
import { answer, secret } from './setup';
import { gate, type StreamRig, startStreamRig } from './stream-setup';

let rig: StreamRig;
let connection: StreamConnection;
beforeEach(async () => {
  rig = await startStreamRig();
  connection = await rig.connect();
});
afterEach(() => rig.close());

const failing: Receive = () => Promise.reject(Object.assign(new Error('机密数字27'), { code: 'ECONNREFUSED' }));

/** Lets a message that fails be tried until it is given up. */
async function outwait(): Promise<void> {
  for (const pauseMs of pausesMs) {
    await rig.time.untilWaiting(pauseMs);
    rig.time.advance(pauseMs);
  }
}

describe('a message over Stream', () => {
  it('is handed on, and its answer is left to the sender at once', async () => {
    rig.platform.push({ from: 'manager7', text: '企业27', msgId: 'm1==' });
    await rig.untilReceived(1);
    expect(rig.received).toMatchObject([
      {
        userId: 'manager7',
        key: 'm1==',
        content: { kind: 'text', text: '企业27' },
        chat: { channel: 'dingtalk', kind: 'private', id: 'manager7' },
        replyVia: { handle: expect.stringContaining('/robot/sendBySession?session=') },
      },
    ]);
    await rig.channel.stop();
    expect(rig.settled).toEqual([false]);
  });

  it('from a group is handed on as the group', async () => {
    rig.platform.push({ from: 'manager7', text: '进度', group: 'cidGroup+/==' });
    await rig.untilReceived(1);
    expect(rig.received[0]).toMatchObject({ chat: { kind: 'group', id: 'cidGroup+/==' }, content: { text: '进度' } });
  });

  it('that calls for no answer gets none', async () => {
    rig.receive = async () => null;
    rig.platform.push({ from: 'a', text: 'x' });
    await rig.untilReceived(1);
    await rig.channel.stop();
    expect(rig.platform.sent).toEqual([]);
  });

  it('is acknowledged before the work on it is done, and not pushed again however long that takes', async () => {
    const { passed, open } = gate();
    rig.receive = () => passed.then(() => null);
    const ack = await rig.platform.gateway.ackOf(rig.platform.push({ from: 'a', text: 'x' }));
    expect(ack).toMatchObject({ code: 200, data: { response: null } });
    rig.time.jump(60_000);
    rig.platform.gateway.resendDue();
    expect(rig.platform.gateway).toMatchObject({ resent: 0, dropped: { frames: 0, acks: 0 } });
    open();
  });

  it('pushed twice is handed on twice under the same key', async () => {
    for (const text of ['企业27', '企业27']) rig.platform.push({ from: 'a', text, msgId: 'm1==' });
    await rig.untilReceived(2);
    expect(rig.received.map((inbound) => inbound.key)).toEqual(['m1==', 'm1==']);
  });

  it('waits for the one before it in the same chat, and for no other', async () => {
    const { passed, open } = gate();
    rig.receive = (inbound) => (inbound.key === 'first' ? passed.then(() => null) : Promise.resolve(null));
    rig.platform.push({ from: 'a', text: 'x', msgId: 'first' });
    rig.platform.push({ from: 'a', text: 'x', msgId: 'second' });
    rig.platform.push({ from: 'b', text: 'x', msgId: 'other' });
    await rig.untilReceived(2);
    expect(rig.received.map(({ key }) => key)).toEqual(['first', 'other']);
    open();
    await rig.untilReceived(3);
    expect(rig.received[2]?.key).toBe('second');
  });
});

describe('a message that could not be stored', () => {
  it('is tried again until it is, in its turn before the next of its chat', async () => {
    rig.receive = failing;
    rig.platform.push({ from: 'a', text: '4', msgId: 'first' });
    await rig.untilReceived(1);
    rig.platform.push({ from: 'a', text: '27', msgId: 'second' });
    await rig.time.untilWaiting(1_000);
    rig.time.advance(1_000);
    await rig.time.untilWaiting(2_000);
    rig.receive = async () => answer(rig.settled);
    rig.time.advance(2_000);
    await rig.untilReceived(4);
    expect(rig.received.map(({ key }) => key)).toEqual(['first', 'first', 'first', 'second']);
    await rig.channel.stop();
    expect(rig.settled).toEqual([false, false]);
  });

  it('is given up after about a minute: the log says so, and the person is told', async () => {
    rig.receive = failing;
    rig.platform.push({ from: 'a', text: '4' });
    await outwait();
    const [told] = await rig.platform.until(() => rig.platform.sent.length > 0 && rig.platform.sent);
    expect(told).toMatchObject({ via: 'session', to: ['a'], params: { content: lostText } });
    expect(rig.received).toHaveLength(pausesMs.length + 1);
    expect(rig.logged()).toContain('"code":"dingtalk.stream.lost"');
    expect(pausesMs.reduce((sum, pauseMs) => sum + pauseMs, 0)).toBe(63_000);
  });

  it('takes those behind it along, which would be read as answers to the wrong question; later ones count', async () => {
    rig.receive = failing;
    for (const msgId of ['first', 'second']) {
      await rig.platform.gateway.ackOf(rig.platform.push({ from: 'a', text: '4', msgId }));
    }
    await outwait();
    await rig.platform.until(() => rig.platform.sent.length === 2);
    expect(new Set(rig.received.map(({ key }) => key))).toEqual(new Set(['first']));
    rig.receive = async () => answer(rig.settled);
    rig.platform.push({ from: 'a', text: '27', msgId: 'third' });
    await rig.untilReceived(pausesMs.length + 2);
    expect(rig.received.at(-1)?.key).toBe('third');
  });

  it('also when taking it throws before it begins', async () => {
    rig.receive = () => {
      throw new Error('机密数字27');
    };
    rig.platform.push({ from: 'a', text: '4' });
    await rig.time.untilWaiting(1_000);
    rig.receive = async () => answer(rig.settled);
    rig.time.advance(1_000);
    await rig.untilReceived(2);
  });
});

describe('what is no message for the dialogue', () => {
  it('is a person without user id, who is told why', async () => {
    rig.platform.push({ from: null, text: '你好' });
    const [told] = await rig.platform.until(() => rig.platform.sent.length > 0 && rig.platform.sent);
    expect(told).toMatchObject({ via: 'session', params: { content: unidentifiedText } });
    expect(rig.received).toEqual([]);
  });

  it.each([
    ['the robot hearing itself', { senderId: '$:LWCP_v1:$bot' }],
    ['a message without id', { msgId: undefined }],
    ['a message whose content the platform holds back', { text: undefined, msgtype: undefined, errorCode: 20001 }],
  ])('is %s, which is acknowledged all the same', async (_, fields) => {
    expect(await rig.platform.gateway.ackOf(rig.platform.push({ from: 'a', fields }))).toMatchObject({ code: 200 });
    await rig.channel.stop();
    expect(rig.received).toEqual([]);
    expect(rig.platform.sent).toEqual([]);
  });

  it.each([
    ['a card button', cardTopic, 200, { response: {} }],
    ['a topic that nobody handles', '/v1.0/graph/api/invoke', 404, { response: null }],
  ])('is %s, which is acknowledged as %s %d', async (_, topic, code, data) => {
    const messageId = rig.platform.gateway.push({ outTrackId: 'x' }, topic);
    expect(await rig.platform.gateway.ackOf(messageId)).toMatchObject({ code, data });
    expect(rig.received).toEqual([]);
  });

  it.each([
    ['that is no JSON', 'hello'],
    ['that is no object', '[1]'],
    ['without headers', '{"type":"CALLBACK"}'],
    ['without id and with data that is no JSON', `{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get"}}`],
    ['that announces something', '{"type":"SYSTEM","headers":{"topic":"KEEPALIVE"},"data":""}'],
  ])('is a frame %s: the next message comes through', async (_, text) => {
    connection.sendText(text);
    rig.platform.push({ from: 'a', text: 'x' });
    await rig.untilReceived(1);
    expect(rig.platform.gateway.open).toEqual([connection]);
  });
});

describe('a robot code that differs', () => {
  it('is a wrong setting: the message counts, and the log names the setting', async () => {
    rig.platform.push({ from: 'a', text: 'x', fields: { robotCode: 'dingother' } });
    await rig.untilReceived(1);
    expect(rig.logged()).toContain('DINGTALK_ROBOT_CODE');
  });
});

it('logs neither secrets nor tickets nor what people write', async () => {
  rig.receive = failing;
  rig.platform.push({ from: 'manager7', text: '机密数字27' });
  rig.platform.push({ from: null, text: '机密数字27' });
  rig.platform.push({ from: 'manager7', text: '机密数字27', fields: { msgId: undefined } });
  rig.platform.failNext('/robot/sendBySession', { status: 200, body: { errcode: 300001, errmsg: '机密数字27' } });
  connection.sendText('机密数字27');
  await outwait();
  await rig.untilLogged('dingtalk.300001');
  connection.close();
  await rig.untilLogged('trying again');
  for (const said of ['dingtalk.stream.lost', 'dingtalk.300001', 'dingtalk.stream.unreadable', '"code":"ECONNREFUSED"'])
    expect(rig.logged()).toContain(said);
  for (const never of ['机密', secret, 'ticket', 'session=', 'manager7', '小王'])
    expect(rig.logged()).not.toContain(never);
});
