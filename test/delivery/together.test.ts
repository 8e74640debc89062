import type { Outbound, SendResult } from '../../src/channels/channel';
import { databases } from '../support/databases';
import { chat, draft, FakeChannel, failure, Office } from './setup';

/** Takes one content for three people at once. */
class BroadcastChannel extends FakeChannel {
  readonly casts: string[][] = [];
  refused: string | null = null;
  broken = false;
  readonly broadcast = {
    most: 3,
    send: async (messages: readonly Outbound[]): Promise<readonly SendResult[]> => {
      this.casts.push(messages.map((message) => message.chat.id));
      if (this.broken) return messages.map(() => failure());
      return messages.map((message) => {
        if (message.chat.id === this.refused) return failure({ code: 'fake.gone', retryable: false });
        message.went('shared');
        return { ok: true };
      });
    },
  };
}

describe.each(databases)('messages of one content on $name', (on) => {
  let office: Office;
  let channel: BroadcastChannel;
  beforeEach(async () => {
    office = await Office.open(on);
    channel = new BroadcastChannel('fake');
  });
  afterEach(() => office.close());

  it('go to as many people in one call as the channel takes', async () => {
    const people = ['甲', '乙', '丙', '丁'];
    const ids = await office.post(...people.map((id) => draft('通报', id, { purpose: 'bulletin' })));
    await office.sender([channel]).runOnce();
    expect(channel.casts).toEqual([['甲', '乙', '丙']]);
    expect(channel.sent.map((message) => message.chat.id)).toEqual(['丁']);
    expect(await office.row(ids[2])).toMatchObject({ status: 'sent', gone: 1, receipts: ['shared'] });
    expect(await office.row(ids[3])).toMatchObject({ status: 'sent' });
  });

  it('that one person cannot get fail for that person alone', async () => {
    channel.refused = '乙';
    const ids = await office.post(draft('通报', '甲'), draft('通报', '乙'));
    await office.sender([channel]).runOnce();
    expect(await office.row(ids[0])).toMatchObject({ status: 'sent', failureCode: null });
    expect(await office.row(ids[1])).toMatchObject({ status: 'dead', failureCode: 'fake.gone' });
  });

  it('that fail together come back together, in the call that the platform has seen', async () => {
    channel.broken = true;
    const ids = await office.post(draft('通报', '甲'), draft('通报', '乙'));
    await office.sender([channel], { random: Math.random }).runOnce();
    const [one, other] = [await office.row(ids[0]), await office.row(ids[1])];
    expect(one).toMatchObject({ status: 'pending', failureCode: 'fake.busy' });
    expect(other?.dueAt).toEqual(one?.dueAt);
  });

  it('bear what makes them one, which a later decision and an answer do not', async () => {
    await office.post(draft('通报', '甲'), draft('通报', '乙'));
    office.pass(1);
    await office.post(draft('通报', '丙'), draft('通报', '丁', { purpose: 'reply' }), draft('通报', '戊'));
    const batches: (string | undefined)[][] = [];
    const { broadcast } = channel;
    const send: typeof broadcast.send = (messages) => {
      batches.push(messages.map(({ batch }) => batch));
      return broadcast.send(messages);
    };
    Object.assign(channel, { broadcast: { ...broadcast, send } });
    await office.sender([channel]).runOnce();
    expect(channel.casts).toEqual([
      ['甲', '乙'],
      ['丙', '戊'],
    ]);
    expect(new Set(batches.flat()).size).toBe(2);
    expect(channel.sent).toMatchObject([{ chat: chat('丁') }]);
    expect(channel.sent[0]?.batch).toBeUndefined();
  });

  it('keep their place in each chat', async () => {
    await office.post(draft('先', '甲'), draft('通报', '甲'), draft('通报', '乙'), draft('后', '乙'));
    await office.sender([channel]).runOnce();
    const to = (id: string) => channel.sent.filter((message) => message.chat.id === id);
    expect(channel.casts).toEqual([]);
    expect([to('甲').length, to('乙').length]).toEqual([2, 2]);
  });

  it('go one by one to groups, and to whoever asked', async () => {
    const group = { channel: 'fake', kind: 'group', id: '群' } as const;
    const replyVia = { handle: 'https://example.com', expiresAt: '2030-01-01T00:00:00Z' };
    await office.post(draft('通报', group), draft('通报', '甲', { replyVia }), draft('通报', chat('乙')));
    await office.sender([channel]).runOnce();
    expect(channel.casts).toEqual([]);
    expect(channel.sent).toHaveLength(3);
  });
});

describe.each(databases)('a message of several parts on $name', (on) => {
  let office: Office;
  let channel: FakeChannel;
  beforeEach(async () => {
    office = await Office.open(on);
    channel = new FakeChannel('fake');
  });
  afterEach(() => office.close());

  const failsAfterOnePart: readonly [string, () => SendResult][] = [
    ['fails', () => failure()],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
  ];

  it.each(failsAfterOnePart)(
    'goes on after the part that has gone when the channel %s, whoever sends it',
    async (_, end) => {
      channel.answer = (message) => {
        message.went('first');
        return end();
      };
      const [id] = await office.post(draft('长'));
      await office.sender([channel]).runOnce();
      expect(await office.row(id)).toMatchObject({ status: 'pending', gone: 1, receipts: ['first'] });
      office.pass(5_000);
      const other = new FakeChannel('fake');
      await office.sender([other]).runOnce();
      expect(other.sent).toMatchObject([{ gone: 1 }]);
      expect(await office.row(id)).toMatchObject({ status: 'sent', gone: 2, receipts: ['first', `p${id}`] });
    },
  );
});
