import { answer, secret } from './setup';
import { gate, readAll, type StreamRig, startStreamRig } from './stream-setup';

let rig: StreamRig;
beforeEach(async () => {
  rig = await startStreamRig();
});
afterEach(() => rig.close());

const openPath = '/v1.0/gateway/connections/open';
const handshakeMs = 15_000;
const pingMs = 30_000;

/** The pauses between attempts, each waited out, while every attempt fails in the way that is set up. */
async function pauses(expected: readonly number[], fail: () => void): Promise<void> {
  for (const pauseMs of expected) {
    await rig.time.untilWaiting(pauseMs);
    fail();
    rig.time.advance(pauseMs);
  }
}

async function hear(text: string): Promise<void> {
  const count = rig.received.length;
  rig.platform.push({ from: 'a', text });
  await rig.untilReceived(count + 1);
}

describe('the request for a connection', () => {
  it('subscribes to messages and card buttons and to no event', async () => {
    await rig.connect();
    expect(rig.platform.gateway.asked).toEqual([
      {
        clientId: 'dingclient',
        clientSecret: secret,
        subscriptions: [
          { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
          { type: 'CALLBACK', topic: '/v1.0/card/instances/callback' },
        ],
        ua: 'baosong',
      },
    ]);
    expect(rig.channel.routes).toEqual([]);
  });

  it('carries its ticket, whatever characters are in it, to the address that the gateway names', async () => {
    await rig.connect();
    expect(rig.platform.gateway.dropped.handshakes).toBe(0);
  });

  it('is made again with a new ticket when the handshake is refused', async () => {
    rig.platform.gateway.refuseHandshakes = 1;
    void rig.connect();
    await rig.time.untilWaiting(1_000);
    expect(rig.logged()).toContain('dingtalk.stream.http401');
    rig.time.advance(1_000);
    await rig.platform.gateway.untilConnected();
    expect(rig.platform.gateway.asked).toHaveLength(2);
  });

  it('is given up when the handshake takes too long', async () => {
    rig.platform.gateway.hangHandshakes = true;
    void rig.connect();
    await rig.time.untilWaiting(handshakeMs);
    rig.time.advance(handshakeMs);
    await rig.time.untilWaiting(1_000);
    expect(rig.logged()).toContain('dingtalk.stream.timeout');
    rig.platform.gateway.hangHandshakes = false;
    rig.time.advance(1_000);
    await rig.platform.gateway.untilConnected();
  });

  it.each([
    ['another scheme', 'http://127.0.0.1:9/connect'],
    ['no address', 'connect'],
  ])('is not followed to %s', async (_, endpoint) => {
    rig.platform.failNext(openPath, { status: 200, body: { endpoint, ticket: 't' } });
    void rig.connect();
    await rig.time.untilWaiting(300_000);
    expect(rig.platform.gateway.connections).toEqual([]);
  });
});

describe('a gateway that gives no connection', () => {
  it.each([
    ['is overloaded', { status: 503, body: { code: 'ServiceUnavailable' } }, 'ServiceUnavailable'],
    ['limits the calls', { status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForApi' } }, 'QpsLimit'],
    ['breaks off', 'drop', 'trying again'],
  ] as const)('because it %s is asked again after 1, 2, 4 … and at most 60 seconds', async (_, handling, code) => {
    const fail = () => rig.platform.failNext(openPath, handling);
    fail();
    void rig.connect();
    await pauses([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 48_000], fail);
    await rig.time.untilWaiting(48_000);
    expect(rig.logged()).toContain(code);
    rig.time.advance(48_000);
    await rig.platform.gateway.untilConnected();
  });

  it.each([
    ['the secret', { status: 401, body: { code: 'authFailed', message: '鉴权失败', requestid: 'x' } }, 'authFailed'],
    ['the app', { status: 400, body: { code: 'param.error' } }, 'param.error'],
    ['the way there', { status: 400, body: '<html>The plain HTTP request was sent to HTTPS port</html>' }, 'http400'],
  ])('because it refuses %s is asked again after five minutes, and the log is loud', async (_, handling, code) => {
    rig.platform.failNext(openPath, handling);
    void rig.connect();
    await rig.time.untilWaiting(300_000);
    expect(rig.logged()).toMatch(new RegExp(`"level":50,.*"code":"dingtalk.stream.${code}".*DINGTALK_CLIENT_SECRET`));
    rig.time.advance(300_000);
    await rig.platform.gateway.untilConnected();
  });

  it('for a wrong secret of ours is the same, with the secret in no log', async () => {
    await rig.close();
    rig = await startStreamRig({ clientSecret: 'wrong-secret' });
    void rig.connect();
    await rig.time.untilWaiting(300_000);
    expect(rig.logged()).toContain('dingtalk.stream.authFailed');
    expect(rig.logged()).not.toContain('wrong-secret');
  });
});

describe('a connection', () => {
  it('echoes what the platform pings', async () => {
    const connection = await rig.connect();
    const messageId = rig.platform.gateway.system(connection, 'ping', { opaque: '3f2a' });
    expect(await rig.platform.gateway.ackOf(messageId)).toMatchObject({ code: 200, data: { opaque: '3f2a' } });
  });

  it('is pinged every 30 seconds and stays', async () => {
    const connection = await rig.connect();
    for (const count of [1, 2, 3, 4, 5]) {
      await rig.time.untilWaiting(pingMs);
      rig.time.advance(pingMs);
      await rig.platform.until(() => connection.pings === count);
      await readAll();
    }
    expect(rig.platform.gateway.open).toEqual([connection]);
  });

  it('that is silent for 90 seconds is dead, and replaced', async () => {
    rig.platform.gateway.mute = true;
    await rig.connect();
    await rig.time.untilWaiting(pingMs);
    rig.time.advance(89_999);
    expect(rig.platform.gateway.open).toHaveLength(1);
    rig.time.advance(1);
    await rig.time.untilWaiting(1_000);
    expect(rig.logged()).toContain('dingtalk.stream.silent');
    rig.time.advance(1_000);
    await rig.platform.gateway.untilConnected(2);
    await hear('在吗');
  });

  it('that carries more than a megabyte at once is ended, and replaced', async () => {
    await rig.connect();
    rig.platform.push({ from: 'a', text: 'x'.repeat(1024 * 1024) });
    await rig.time.untilWaiting(1_000);
    expect(rig.logged()).toContain('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH');
    rig.time.advance(1_000);
    await rig.platform.gateway.untilConnected(2);
    await hear('在吗');
  });

  it('is taken for dead when the machine has slept', async () => {
    await rig.connect();
    await rig.time.untilWaiting(pingMs);
    rig.time.jump(3_600_000);
    rig.time.advance(0);
    await rig.untilLogged('dingtalk.stream.silent');
    await rig.time.untilWaiting(1_000);
  });

  it('that breaks is replaced after a second, and after more each time when it never lasts a minute', async () => {
    await rig.connect();
    for (const [index, pauseMs] of [1_000, 2_000, 4_000].entries()) {
      rig.platform.gateway.open[0]?.close();
      await rig.time.untilWaiting(pauseMs);
      rig.time.advance(pauseMs);
      await rig.platform.gateway.untilConnected(index + 2);
      await hear('在吗');
    }
    rig.time.jump(59_999);
    rig.platform.gateway.open[0]?.close();
    await rig.time.untilWaiting(8_000);
    rig.time.advance(8_000);
    await rig.platform.gateway.untilConnected(5);
    await hear('在吗');
    rig.time.jump(60_000);
    rig.platform.gateway.open[0]?.close();
    await rig.time.untilWaiting(1_000);
  });
});

describe('a connection that the platform wants to end', () => {
  it('is replaced at once, and let go only when the new one stands', async () => {
    const old = await rig.connect();
    await hear('在吗');
    rig.time.jump(60_000);
    rig.platform.gateway.disconnect(old);
    await rig.time.untilWaiting(0);
    expect(old.isOpen).toBe(true);
    rig.time.advance(0);
    const fresh = await rig.platform.gateway.untilConnected(2);
    await rig.platform.until(() => !old.isOpen);
    expect(rig.platform.gateway.open).toEqual([fresh]);
    await hear('还在吗');
    expect(rig.platform.gateway.dropped).toEqual({ frames: 0, acks: 0, handshakes: 0 });
  });

  it('is replaced once, also when it is announced twice and the old one is closed meanwhile', async () => {
    const old = await rig.connect();
    rig.time.jump(60_000);
    rig.platform.gateway.disconnect(old);
    rig.platform.gateway.disconnect(old);
    await rig.time.untilWaiting(0);
    old.close();
    rig.time.advance(0);
    await rig.platform.gateway.untilConnected(2);
    await hear('在吗');
    expect(rig.platform.gateway.asked).toHaveLength(2);
  });

  it('within a minute is replaced with a pause, so that no storm comes of it', async () => {
    const old = await rig.connect();
    rig.platform.gateway.disconnect(old);
    await rig.time.untilWaiting(1_000);
    expect(rig.platform.gateway.asked).toHaveLength(1);
  });
});

describe('the end', () => {
  it('closes the connection and waits for the messages at work', async () => {
    const connection = await rig.connect();
    const { passed, open } = gate();
    rig.receive = () => passed.then(() => answer(rig.settled));
    await rig.platform.gateway.ackOf(rig.platform.push({ from: 'a', text: 'x' }));
    const stopped = rig.channel.stop();
    await rig.platform.until(() => !connection.isOpen);
    expect(rig.settled).toEqual([]);
    open();
    await stopped;
    expect(rig.settled).toEqual([false]);
  });

  it('tries a message that could not be stored a last time at once', async () => {
    await rig.connect();
    rig.receive = () => Promise.reject(new Error('no database'));
    rig.platform.push({ from: 'a', text: 'x' });
    await rig.time.untilWaiting(1_000);
    rig.receive = async () => answer(rig.settled);
    await rig.channel.stop();
    expect(rig.settled).toEqual([false]);
  });

  it('leaves what arrives afterwards to be pushed again', async () => {
    const connection = await rig.connect();
    const stopped = rig.channel.stop();
    if (connection.isOpen) rig.platform.push({ from: 'a', text: 'x' });
    await stopped;
    expect([rig.received, rig.platform.gateway.acks]).toEqual([[], []]);
  });

  it('while waiting for the next attempt leaves none behind', async () => {
    const connection = await rig.connect();
    connection.close();
    await rig.time.untilWaiting(1_000);
    await rig.channel.stop();
    expect(rig.time.delays).toEqual([]);
  });

  it('during a handshake leaves no connection behind', async () => {
    rig.platform.gateway.hangHandshakes = true;
    void rig.connect();
    await rig.platform.until(() => rig.platform.gateway.hanging === 1);
    await rig.channel.stop();
    await rig.platform.until(() => rig.platform.gateway.hanging === 0);
    expect(rig.time.delays).toEqual([]);
  });
});

it('two bots share the messages, each going to one of them', async () => {
  const twin = rig.twin();
  const heard: string[] = [];
  await rig.connect();
  await twin.start(async ({ key }) => {
    heard.push(key);
    return null;
  });
  rig.time.advance(0);
  await rig.platform.gateway.untilConnected(2);
  rig.platform.gateway.random = () => 0;
  await rig.platform.gateway.ackOf(rig.platform.push({ from: 'a', text: 'x', msgId: 'one' }));
  rig.platform.gateway.random = () => 0.99;
  await rig.platform.gateway.ackOf(rig.platform.push({ from: 'a', text: 'x', msgId: 'two' }));
  await twin.stop();
  expect([rig.received.map(({ key }) => key), heard]).toEqual([['one'], ['two']]);
});
