import { OutboxMessage } from '../../entities/outbox-message';
import { databases, mariaDb } from '../support/databases';
import { at, draft, FakeChannel, failure, gate, Office } from './setup';

const perChat = (count: number) => ({ per: 'chat', count, seconds: 60 }) as const;
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));

describe.each(databases)('a quota of the platform, on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  it('is not exceeded in a chat, and lets the next go when its window has moved', async () => {
    const channel = new FakeChannel('fake', [perChat(3)]);
    const ids = await office.post(...numbered(8).map((text) => draft(text)), draft('他人', 'li'));
    const sender = office.sender([channel]);
    await sender.drain(1_000);
    expect(channel.texts.filter((text) => text !== '他人')).toEqual(['0', '1', '2']);
    expect(channel.texts).toContain('他人');
    expect(await office.row(ids[3])).toMatchObject({ status: 'pending', dueAt: at(60_000), attempts: 0 });
    office.pass(59_999);
    const early = await sender.runOnce();
    office.pass(1);
    expect([early, await sender.runOnce()]).toEqual([0, 3]);
  });

  it('keeps the smallest of several windows', async () => {
    const channel = new FakeChannel('fake', [perChat(2), { per: 'chat', count: 3, seconds: 3600 }]);
    await office.post(...numbered(6).map((text) => draft(text)));
    const sender = office.sender([channel]);
    const tried = [];
    for (let minute = 0; minute <= 61; minute++) {
      tried.push(await sender.runOnce());
      office.pass(60_000);
    }
    expect(tried.slice(0, 3)).toEqual([2, 1, 0]);
    expect(tried.slice(60)).toEqual([2, 1]);
  });

  it('gives the room in a full chat to whoever is most urgent', async () => {
    const channel = new FakeChannel('fake', [perChat(1)]);
    await office.post(
      draft('通报一', 'zhang', { purpose: 'bulletin' }),
      draft('通报二', 'zhang', { purpose: 'bulletin' }),
    );
    const sender = office.sender([channel]);
    await sender.runOnce();
    office.pass(1_000);
    await office.post(draft('回复', 'zhang', { purpose: 'reply' }));
    await sender.runOnce();
    office.pass(59_000);
    await sender.runOnce();
    expect(channel.texts).toEqual(['通报一', '回复']);
  });

  it('over the whole channel holds up no other channel', async () => {
    const limited = new FakeChannel('fake', [{ per: 'channel', count: 5, seconds: 1 }]);
    const free = new FakeChannel('free');
    const people = numbered(100).map((name) => draft(name, name));
    await office.post(...people, draft('畅通', { channel: 'free', kind: 'group', id: 'g' }, { purpose: 'bulletin' }));
    const sender = office.sender([limited, free]);
    await sender.drain(1_000);
    expect([limited.sent.length, free.sent.length]).toEqual([5, 1]);
    for (let second = 1; second <= 19; second++) {
      office.pass(1_000);
      await sender.drain(1_000);
      expect(limited.sent).toHaveLength(5 * (second + 1));
    }
  });

  it('over the whole channel leaves the backlog untouched until there is room', async () => {
    const channel = new FakeChannel('fake', [{ per: 'channel', count: 5, seconds: 1 }]);
    const ids = await office.post(...numbered(100).map((name) => draft(name, name)));
    await office.sender([channel]).drain(1_000);
    expect(await office.row(ids[99])).toMatchObject({ dueAt: at(0) });
  });

  it('counts a message as long as it is being sent', async () => {
    const channel = new FakeChannel('fake', [{ per: 'channel', count: 1, seconds: 1 }]);
    const [reached, hold] = [gate(), gate()];
    channel.answer = async () => {
      reached.open();
      await hold.passed;
      return { ok: true };
    };
    await office.post(draft('甲', 'zhang'), draft('乙', 'li'));
    const running = office.sender([channel]).runOnce();
    await reached.passed;
    office.pass(5_000);
    expect(await office.sender([channel]).runOnce()).toBe(0);
    hold.open();
    await running;
  });

  it('is kept by a clock that was set back, and does not stop the platform until it has caught up', async () => {
    const channel = new FakeChannel('fake', [{ per: 'channel', count: 3, seconds: 1 }]);
    await office.post(...numbered(3).map((name) => draft(name, name)));
    const sender = office.sender([channel]);
    await sender.drain(1_000);
    office.pass(-3_600_000);
    await office.post(...numbered(5).map((name) => draft('急', `p${name}`, { purpose: 'reply' })));
    await sender.drain(1_000);
    const atOnce = channel.sent.length;
    office.pass(1_000);
    await sender.drain(1_000);
    expect([atOnce, channel.sent.length]).toEqual([6, 8]);
  });

  it('is not used up by attempts that failed', async () => {
    const channel = new FakeChannel('fake', [perChat(1)]);
    channel.answer = () => failure();
    await office.post(draft('甲'));
    const sender = office.sender([channel]);
    await sender.runOnce();
    office.pass(5_000);
    expect(await sender.runOnce()).toBe(1);
  });
});

describe('several senders on one MariaDB', () => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(mariaDb);
  });
  afterEach(() => office.close());

  const copies = async (channels: readonly FakeChannel[], count = 3) => {
    const senders = [office.sender(channels)];
    while (senders.length < count) {
      senders.push(office.sender(channels, { database: await office.secondDatabase(), random: Math.random }));
    }
    return senders;
  };
  /** Everybody at once, again and again, while the clock goes on, until nothing is left. */
  const work = async (senders: Awaited<ReturnType<typeof copies>>, stepMs: number) => {
    for (let round = 0; round < 500 && (await senders[0]!.queue()).pending > 0; round++) {
      await Promise.all(senders.map((sender) => sender.runOnce()));
      office.pass(stepMs);
    }
  };

  it('never send a message twice', async () => {
    const channel = new FakeChannel('fake');
    channel.answer = async () => {
      await new Promise(setImmediate);
      return { ok: true };
    };
    const ids = await office.post(...numbered(400).map((text, index) => draft(text, `p${index % 50}`)));
    await work(await copies([channel]), 100);
    expect(channel.sent.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(ids);
  });

  it('keep the order within each chat', async () => {
    const channel = new FakeChannel('fake');
    const running = new Set<string>();
    const together: string[] = [];
    channel.answer = async ({ chat }) => {
      if (running.has(chat.id)) together.push(chat.id);
      running.add(chat.id);
      await new Promise(setImmediate);
      running.delete(chat.id);
      return { ok: true };
    };
    await office.post(...numbered(300).map((text, index) => draft(text, `p${index % 3}`)));
    await work(await copies([channel]), 100);
    expect(together).toEqual([]);
    for (const remainder of [0, 1, 2]) {
      const texts = channel.texts.filter((text) => Number(text) % 3 === remainder);
      expect(texts).toEqual(numbered(300).filter((text) => Number(text) % 3 === remainder));
    }
  });

  it.each(['chat', 'channel'] as const)('keep a quota per %s together', async (per) => {
    const channel = new FakeChannel('fake', [{ per, count: 10, seconds: 60 }]);
    const sentAt: number[] = [];
    channel.answer = () => {
      sentAt.push(office.clock.now().getTime());
      return { ok: true };
    };
    await office.post(...numbered(40).map((text, index) => draft(text, per === 'chat' ? 'zhang' : `p${index}`)));
    await work(await copies([channel]), 1_000);
    expect(sentAt).toHaveLength(40);
    const inWindowOf = (end: number) => sentAt.filter((instant) => instant > end - 60_000 && instant <= end).length;
    expect(Math.max(...sentAt.map(inWindowOf))).toBe(10);
  });

  it('leave a chat alone of which another has a message in hand', async () => {
    const [reached, hold] = [gate(), gate()];
    const channel = new FakeChannel('fake');
    channel.answer = async () => {
      reached.open();
      await hold.passed;
      return { ok: true };
    };
    const [first, second] = await copies([channel], 2);
    await office.post(draft('一'));
    const running = first!.runOnce();
    await reached.passed;
    await office.post(draft('二'));
    const meanwhile = await second!.runOnce();
    hold.open();
    await running;
    office.pass(1_000);
    expect([meanwhile, await second!.runOnce()]).toEqual([0, 1]);
  });

  it('do not begin a chat in the middle while another takes its first message', async () => {
    const channel = new FakeChannel('fake');
    const [first] = await office.post(draft('一'), draft('二'), draft('他人', 'li'));
    const [sender] = await copies([channel], 1);
    const other = await office.secondDatabase();
    await other.transact(async (tx) => {
      await tx.findOne(OutboxMessage, { where: { id: first ?? 0 }, lock: { mode: 'pessimistic_write' } });
      await sender!.runOnce();
    });
    expect(channel.texts).toEqual(['他人']);
    await sender!.runOnce();
    expect(channel.texts).toEqual(['他人', '一', '二']);
  });
});
