import { WebSocket } from 'ws';
import { FixedClock } from '../../../src/clock';
import { botTopic } from './gateway';
import { type DingtalkPlatform, startDingtalkPlatform } from './platform';

const now = new Date('2025-07-02T01:30:00.000Z');
const clock = new FixedClock(now);
let platform: DingtalkPlatform;
beforeEach(async () => {
  clock.set(now);
  platform = await startDingtalkPlatform({ clientId: 'c', clientSecret: 's', robotCode: 'r', clock });
});
afterEach(() => platform.close());

const later = (ms: number) => clock.set(new Date(clock.now().getTime() + ms));
const right = { clientId: 'c', clientSecret: 's', subscriptions: [{ type: 'CALLBACK', topic: botTopic }] };
const json = { 'content-type': 'application/json', accept: 'application/json' };

async function ask(body: object = right, headers: Record<string, string> = json) {
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${platform.url}/v1.0/gateway/connections/open`, init);
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** Resolves to how the handshake ended; what comes in is collected. */
function connect({ endpoint, ticket }: Record<string, string>, heard: string[] = []): Promise<WebSocket | 'refused'> {
  const socket = new WebSocket(`${endpoint}?ticket=${encodeURIComponent(ticket ?? '')}`);
  socket.on('message', (data) => heard.push(data.toString()));
  return new Promise((resolve) => {
    socket.on('open', () => resolve(socket));
    socket.on('error', () => resolve('refused'));
  });
}

async function connected(heard: string[] = []): Promise<WebSocket> {
  const socket = await connect((await ask()).body, heard);
  if (socket === 'refused') throw new Error('a good ticket was refused');
  return socket;
}

describe('the gateway of the double', () => {
  it.each([
    ['another secret', { ...right, clientSecret: 'x' }, json, 401],
    ['no subscription to messages', { ...right, subscriptions: [] }, json, 400],
    ['no wish for JSON', right, { ...json, accept: '*/*' }, 400],
  ])('gives no ticket for %s', async (_, body, headers, status) => {
    expect((await ask(body, headers)).status).toBe(status);
  });

  it('takes a ticket once, and for 90 seconds', async () => {
    const { body } = await ask();
    expect(await connect(body)).toBeInstanceOf(WebSocket);
    expect(await connect(body)).toBe('refused');
    const { body: second } = await ask();
    later(90_000);
    expect(await connect(second)).toBe('refused');
    expect(platform.gateway.dropped.handshakes).toBe(2);
  });

  it('pushes again after 60 seconds what is not acknowledged, until it is', async () => {
    const heard: string[] = [];
    const socket = await connected(heard);
    const messageId = platform.push({ from: 'a', text: 'x' });
    later(59_999);
    platform.gateway.resendDue();
    expect(platform.gateway.resent).toBe(0);
    later(1);
    platform.gateway.resendDue();
    expect(platform.gateway.resent).toBe(1);
    socket.send(JSON.stringify({ code: 200, headers: { messageId }, message: 'OK', data: '{"response":null}' }));
    await platform.gateway.ackOf(messageId);
    later(60_000);
    platform.gateway.resendDue();
    expect(platform.gateway.resent).toBe(1);
    expect(heard[0]).toBe(heard[1]);
  });

  it('counts what nobody takes: messages without a connection, acknowledgements of nothing', async () => {
    platform.push({ from: 'a', text: 'x' });
    const socket = await connected();
    socket.send(JSON.stringify({ code: 200, headers: { messageId: 'other' }, message: 'OK', data: '{}' }));
    await platform.gateway.ackOf('other');
    expect(platform.gateway.dropped).toEqual({ frames: 1, acks: 1, handshakes: 0 });
  });

  it('pushes nothing to a connection that it told to go', async () => {
    await connected();
    const [connection] = platform.gateway.open;
    if (connection) platform.gateway.disconnect(connection);
    platform.push({ from: 'a', text: 'x' });
    expect(platform.gateway.dropped.frames).toBe(1);
  });
});
