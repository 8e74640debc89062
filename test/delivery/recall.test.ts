/** What was sent is taken back: all that people see of it, whichever way it went, and each thing is asked for once. */
import { OutboxMessage } from '../../entities/outbox-message';
import type { Outbound, SendResult, Shown } from '../../src/channels/channel';
import { sendParts, sendPartsToMany, type Together } from '../../src/channels/part-run';
import { batchesOf, findTold, takeBack } from '../../src/delivery/recall';
import { databases } from '../support/databases';
import { chat, draft, FakeChannel, failure, Office } from './setup';
import { partsOf } from './words';

type Part = Extract<SendResult, { ok: false }> | { readonly ok: true; readonly receipt: string };

/** Sends each word as a part, one call for all who get it, and takes back by the name of the call. */
class TellingChannel extends FakeChannel {
  calls = 0;
  /** `二:丙` reaches this person with no such part. */
  refused: readonly string[] = [];
  readonly asked: string[] = [];
  readonly refusals = new Map<string, SendResult>();
  readonly broadcast = {
    most: 100,
    send: (messages: Together) =>
      sendPartsToMany(messages, partsOf(messages[0]), async (word, together) => this.say(word, together)),
  };
  readonly recall = { hours: 24, take: async (shown: Shown) => this.takeBack(shown) };

  override send(message: Outbound): Promise<SendResult> {
    return sendParts(message, partsOf(message), async (word) => this.say(word, [message])[0] ?? this.fails());
  }

  private say(word: string, together: readonly Outbound[]): readonly Part[] {
    this.calls += 1;
    const receipt = `m${this.calls}`;
    return together.map(({ chat: { id } }) =>
      this.refused.includes(`${word}:${id}`) ? this.fails() : { ok: true, receipt },
    );
  }

  private fails = () => failure() as Extract<SendResult, { ok: false }>;

  private takeBack({ receipts, took }: Shown): SendResult {
    this.asked.push(...receipts);
    const results = receipts.map((receipt) => {
      const result = this.refusals.get(receipt) ?? { ok: true };
      if (result.ok) took?.(receipt);
      return result;
    });
    return results.find(({ ok }) => !ok) ?? { ok: true };
  }
}

describe.each(databases)('a message that is taken back, on $name', (on) => {
  let office: Office;
  let channel: TellingChannel;
  beforeEach(async () => {
    office = await Office.open(on);
    channel = new TellingChannel('fake');
  });
  afterEach(() => office.close());

  const tell = (...people: readonly string[]) =>
    office.post(...people.map((id) => draft('一 二', chat(id), { purpose: 'bulletin' })));
  const send = () => office.sender([channel]).drain(1_000);
  const newest = async () => {
    const [batch] = batchesOf(await office.database.read((tx) => findTold(tx, office.clock.now())));
    return batch!;
  };
  async function recall() {
    const batch = await newest();
    return office.database.transact((tx) => takeBack(tx, batch, office.clock.now()));
  }
  const statuses = async () => {
    const rows = await office.database.read((tx) => tx.find(OutboxMessage, { order: { id: 'ASC' } }));
    return rows.filter(({ purpose }) => purpose === 'bulletin').map(({ status }) => status);
  };

  it('is not sent when nobody has seen it', async () => {
    await tell('甲', '乙');
    expect(await recall()).toEqual({ calledOff: 2, cutShort: 0, asked: 0 });
    await send();
    expect([channel.calls, channel.asked, await statuses()]).toEqual([0, [], ['recalled', 'recalled']]);
  });

  it('goes no further when half of it was seen, and that half is taken back', async () => {
    channel.refused = ['二:甲'];
    await tell('甲');
    await send();
    expect((await newest()).told[0].state).toBe('begun');
    expect(await recall()).toEqual({ calledOff: 0, cutShort: 0, asked: 1 });
    channel.refused = [];
    office.pass(60_000);
    await send();
    expect([channel.calls, channel.asked, await statuses()]).toEqual([2, ['m1'], ['recalled']]);
  });

  it('is taken back as far as it was seen when the rest was given up, and cannot be sent again', async () => {
    channel.refused = ['二:甲'];
    const [id] = await tell('甲');
    for (let hour = 0; hour < 6; hour++) {
      await send();
      office.pass(3_600_000);
    }
    expect(await office.row(id)).toMatchObject({ status: 'dead', gone: 1 });
    expect(await recall()).toEqual({ calledOff: 0, cutShort: 0, asked: 1 });
    await send();
    expect([channel.asked, await statuses()]).toEqual([['m1'], ['recalled']]);
  });

  it('goes no further where the platform keeps what was seen', async () => {
    const keeping = new FakeChannel('keeping');
    keeping.answer = (message) => {
      message.went(null);
      return failure();
    };
    await office.post(draft('一 二', chat('甲', 'keeping'), { purpose: 'bulletin' }));
    await office.sender([keeping]).runOnce();
    expect(await recall()).toEqual({ calledOff: 0, cutShort: 1, asked: 0 });
    office.pass(60_000);
    expect(await office.sender([keeping]).runOnce()).toBe(0);
  });

  it('disappears for everybody, each name asked for once, also where people got its parts in different calls', async () => {
    channel.refused = ['二:丙'];
    await tell('甲', '乙', '丙');
    await send();
    channel.refused = [];
    office.pass(5_000);
    await send();
    expect(await recall()).toEqual({ calledOff: 0, cutShort: 0, asked: 3 });
    await send();
    expect([...channel.asked].sort()).toEqual(['m1', 'm2', 'm3']);
    expect(await statuses()).toEqual(['recalled', 'recalled', 'recalled']);
  });

  it('is asked for no second time in what was taken back before the rest failed', async () => {
    const ids = await tell('甲');
    await send();
    channel.refusals.set('m2', failure());
    await recall();
    await send();
    expect(await office.row(ids[0])).toMatchObject({ status: 'sent', receipts: ['m2'] });
    channel.refusals.clear();
    office.pass(5_000);
    await send();
    expect([channel.asked, await statuses()]).toEqual([['m1', 'm2', 'm2'], ['recalled']]);
  });

  it('is not called taken back where the platform refuses a part of it', async () => {
    const ids = await tell('甲');
    await send();
    channel.refusals.set('m1', failure({ code: 'fake.too_late', retryable: false }));
    await recall();
    await send();
    expect([channel.asked, await statuses()]).toEqual([['m1', 'm2'], ['sent']]);
    expect(await office.row(ids[0])).toMatchObject({ receipts: ['m1'] });
    expect((await newest()).told[0].state).toBe('lasting');
    const [dead] = await office.database.read((tx) => tx.findBy(OutboxMessage, { status: 'dead' }));
    expect(dead).toMatchObject({ purpose: 'recall', failureCode: 'fake.too_late' });
  });
});
