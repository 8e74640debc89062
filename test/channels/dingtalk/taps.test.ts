import type { Receive } from '../../../src/channels/channel';
import { say } from '../../../src/channels/content';
import { cardPath, judgeCardSignature } from '../../../src/channels/dingtalk/cards/route';
import { lostTapText } from '../../../src/channels/dingtalk/cards/taps';
import { pausesMs } from '../../../src/channels/dingtalk/persistence';
import type { Tap } from '../../platforms/dingtalk/cards';
import { HandTime } from '../../support/hand-time';
import { Watch } from '../../support/watch';
import { cards, now, outbound, type Rig, secret, startRig } from './setup';
import { gate, type StreamRig, startStreamRig } from './stream-setup';
import vectors from './vectors.json';

const content = say(['光山县6月统计表未交。'], ['上报', '帮助']);
const message = { ...outbound, id: '17', content };
const chosen = { ...message, content, chosen: '上报', settle: () => undefined };

/** One of the two ways in which taps come. */
interface Way {
  readonly rig: Rig | StreamRig;
  readonly time: HandTime;
  tap(tap: Partial<Tap>): Promise<unknown>;
  receiveWith(receive: Receive): unknown;
}

async function openHttp(): Promise<Way> {
  const time = new HandTime(now);
  const rig = await startRig(undefined, { cards }, { later: time.later });
  const url = rig.botUrl.replace('/callback/dingtalk/robot', cardPath);
  const tap = async (given: Partial<Tap>) =>
    (await rig.platform.tapOverHttp(url, { card: rig.platform.cards[0]!, by: 'manager7', action: '1', ...given })).body;
  let hear: Receive = async () => null;
  await rig.receiveWith((inbound) => hear(inbound));
  const receiveWith = (receive: Receive) => {
    hear = receive;
  };
  return { rig, time, tap, receiveWith };
}

async function openStream(): Promise<Way> {
  const rig = await startStreamRig({ cards });
  await rig.connect();
  const tap = (given: Partial<Tap>) =>
    rig.platform.tapOverStream({ card: rig.platform.cards[0]!, by: 'manager7', action: '1', ...given });
  const receiveWith = (receive: Receive) => {
    rig.receive = receive;
  };
  return { rig, time: rig.time, tap, receiveWith };
}

describe.each([
  ['over HTTP', openHttp],
  ['over Stream', openStream],
])('a tap %s', (_, open) => {
  let way: Way;
  const received: Parameters<Receive>[0][] = [];
  const watch = new Watch();
  const hear = (receive: Receive) =>
    way.receiveWith((inbound) => {
      received.push(inbound);
      watch.ring();
      return receive(inbound);
    });
  beforeEach(async () => {
    received.length = 0;
    way = await open();
    hear(async () => chosen);
    expect(await way.rig.channel.send(message)).toEqual({ ok: true });
  });
  afterEach(() => way.rig.close());

  it('is handed on as a choice of the message that was sent, by whoever tapped', async () => {
    await way.tap({ by: 'manager8', action: '2' });
    expect(received).toMatchObject([
      {
        userId: 'manager8',
        chat: { channel: 'dingtalk', kind: 'private', id: 'manager8' },
        content: { kind: 'choice', outboundId: '17', index: 1 },
        replyVia: null,
      },
    ]);
    const tapped = received[0]!.content;
    const isOf = tapped.kind === 'choice' ? tapped.isOf : () => null;
    expect(isOf(content)).toBe(true);
    expect(isOf(say(['新县6月统计表未交。'], ['上报', '帮助']))).toBe(false);
  });

  it('leaves the card saying what was chosen, to whoever tapped alone', async () => {
    await way.tap({});
    expect([...way.rig.platform.cards[0]!.privately]).toEqual([['manager7', { chosen: '已选：上报' }]]);
  });

  it('that stands for nothing leaves the card as it is', async () => {
    hear(async () => ({ content: say(['失效']), settle: () => undefined }));
    expect(await way.tap({})).toEqual({});
  });

  it('has the same key however often it comes, and another by another button or person', async () => {
    for (const tap of [{}, {}, { action: '2' }, { by: 'manager8' }]) await way.tap(tap);
    const keys = received.map(({ key }) => key);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it.each([
    ['a card of somebody else’s', { card: { outTrackId: 'c0ffee' } }],
    ['a button that there is not', { action: '7' }],
    ['a button without a number', { action: 'submit' }],
  ])('on %s is passed over', async (_, tap) => {
    expect(await way.tap(tap)).toEqual({});
    expect(received).toEqual([]);
  });

  it('that takes long is answered in time, and its answer comes all the same', async () => {
    const { passed, open } = gate();
    const settled: boolean[] = [];
    hear(() => passed.then(() => ({ ...chosen, settle: (delivered) => void settled.push(delivered) })));
    const answered = way.tap({});
    await way.time.untilWaiting(1_500);
    way.time.advance(1_500);
    expect(await answered).toEqual({});
    open();
    await way.rig.channel.stop();
    expect(settled).toEqual([false]);
  });

  it('that could not be stored is tried again from memory', async () => {
    hear(() => Promise.reject(new Error('no database')));
    const answered = way.tap({});
    await way.time.untilWaiting(1_000);
    hear(async () => chosen);
    way.time.advance(1_000);
    expect(await answered).toMatchObject({ userPrivateData: { cardParamMap: { chosen: '已选：上报' } } });
  });

  it('that is lost after a minute is told to whoever tapped', async () => {
    hear(() => Promise.reject(new Error('机密数字27')));
    void way.tap({});
    for (const pauseMs of pausesMs) {
      await way.time.untilWaiting(pauseMs);
      way.time.advance(pauseMs);
    }
    const told = await way.rig.platform.until(() => way.rig.platform.sent.find(({ via }) => via === 'private'));
    expect(told).toMatchObject({ to: ['manager7'], params: { content: lostTapText } });
    expect(way.rig.logged()).toContain('"code":"dingtalk.card.lost"');
    for (const never of ['机密', 'manager7', secret]) expect(way.rig.logged()).not.toContain(never);
  });
});

describe('over HTTP', () => {
  let rig: Rig;
  let url: string;
  const received: unknown[] = [];
  beforeEach(async () => {
    received.length = 0;
    rig = await startRig(undefined, { cards });
    url = rig.botUrl.replace('/callback/dingtalk/robot', cardPath);
    await rig.receiveWith(async (inbound) => {
      received.push(inbound);
      return chosen;
    });
    await rig.send(message);
  });
  afterEach(() => rig.close());
  const tap = (given: Partial<Tap>) =>
    rig.platform.tapOverHttp(url, { card: rig.platform.cards[0]!, by: 'manager7', action: '1', ...given });

  it.each([
    ['a wrong signature', { sign: 'wrong' }, 401, 'request.signature'],
    ['no signature', { sign: 'none' }, 401, 'request.signature'],
    ['a time over an hour ago', { timestampOffsetMs: -3_600_001 }, 401, 'request.stale'],
    ['no JSON', { rawBody: 'tap' }, 400, 'request.malformed'],
  ] as const)('nothing is taken with %s', async (_, given, status, code) => {
    expect(await tap(given)).toEqual({ status, body: { code } });
    expect(received).toEqual([]);
  });

  it('nothing is taken once the bot stops', async () => {
    await rig.channel.stop();
    expect((await tap({})).status).toBe(503);
  });

  it('there is no such address without a template', async () => {
    const plain = await startRig();
    expect(plain.channel.routes.map(({ path }) => path)).toEqual(['/callback/dingtalk/robot']);
    await plain.close();
  });

  it('the signature is the documented one', () => {
    const { apiSecret, headers } = vectors.cardHttpCallback;
    const at = new Date(Number(headers['x-ddpaas-signature-timestamp']));
    expect(judgeCardSignature(headers, apiSecret, at)).toBe('good');
    expect(judgeCardSignature(headers, `${apiSecret}!`, at)).toBe('bad');
  });
});
