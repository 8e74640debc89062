/** Who has a message in hand, and that what became of it is written: nobody reads a message twice, and nobody waits for nothing. */
import { OutboxMessage } from '../../entities/outbox-message';
import type { Later } from '../../src/delivery/later';
import { databases } from '../support/databases';
import { at, draft, FakeChannel, gate, Office } from './setup';
import { WordsChannel } from './words';

describe.each(databases)('what a sender has in hand on $name', (on) => {
  let office: Office;
  let channel: WordsChannel;
  let other: WordsChannel;
  beforeEach(async () => {
    office = await Office.open(on);
    channel = new WordsChannel('fake');
    other = new WordsChannel('fake');
  });
  afterEach(() => office.close());

  /** A word at which a channel stands still. */
  function stopAt(where: WordsChannel, word: string) {
    const [reached, hold] = [gate(), gate()];
    where.before = async (each) => {
      if (each !== word) return;
      reached.open();
      await hold.passed;
    };
    return { reached: reached.passed, goOn: hold.open };
  }

  it('is written as sent when the database was away for a moment, and goes to nobody a second time', async () => {
    const { dataSource } = office.database;
    const waits: number[] = [];
    const later: Later = (work, delayMs) => {
      waits.push(delayMs);
      void (waits.length === 3 ? dataSource.initialize().then(work) : work());
      return () => undefined;
    };
    channel.before = () => dataSource.destroy();
    const [id] = await office.post(draft('一'));
    await office.sender([channel], { later }).runOnce();
    expect(waits).toEqual([1_000, 2_000, 5_000]);
    office.pass(120_000);
    await office.sender([other]).runOnce();
    expect([channel.said, other.said]).toEqual(['一', '']);
    expect(await office.row(id)).toMatchObject({ status: 'sent', gone: 1 });
  });

  it('does not keep waiting whoever stops the sender while the database is away', async () => {
    const { dataSource } = office.database;
    const later: Later = () => () => undefined;
    const sender = office.sender([channel], { later });
    let stopped: Promise<void> = Promise.resolve();
    channel.before = async () => {
      stopped = sender.stop();
      await dataSource.destroy();
    };
    await office.post(draft('一'));
    await sender.runOnce();
    await stopped;
    await dataSource.initialize();
    expect(office.lines.join()).toContain('delivery.outcome_not_written');
  });

  it('is not laid back out of the hand of another, who took it when the first was too slow', async () => {
    const [, second] = await office.post(draft('头'), draft('尾'));
    const first = stopAt(channel, '头');
    const sender = office.sender([channel]);
    const round = sender.runOnce();
    await first.reached;
    office.pass(121_000);
    const next = stopAt(other, '尾');
    const otherRound = office.sender([other]).runOnce();
    await next.reached;
    first.goOn();
    await round;
    const held = await office.row(second);
    await sender.runOnce();
    next.goOn();
    await otherRound;
    expect(held).toMatchObject({ status: 'pending', claims: 2, sentAt: at(121_000) });
    expect([channel.said, other.said]).toEqual(['头', '头 尾']);
  });

  it('keeps the messages behind a long one in the same hand', async () => {
    const third = new WordsChannel('fake');
    channel.before = async (word) => {
      if (word === '一') return;
      office.pass(119_000);
      expect(await office.sender([third]).runOnce()).toBe(0);
    };
    const [, behind] = await office.post(draft('一 二 三'), draft('四'));
    await office.sender([channel]).runOnce();
    expect(await office.row(behind)).toMatchObject({ status: 'pending', claims: 1, attempts: 0 });
  });

  it('stays with whoever paused in it when the one before comes back to it', async () => {
    const [id] = await office.post(draft('一 二 三'));
    channel.refused = '一';
    const sender = office.sender([channel]);
    await sender.runOnce();
    office.pass(5_000);
    const first = stopAt(channel, '一');
    const round = sender.runOnce();
    await first.reached;
    office.pass(121_000);
    other.pauseMs = 60_000;
    await office.sender([other]).runOnce();
    const paused = await office.row(id);
    first.goOn();
    await round;
    expect(paused).toMatchObject({ gone: 1, sentAt: null, dueAt: at(186_000), failureCode: 'fake.busy', attempts: 2 });
    expect(await office.row(id)).toMatchObject({ gone: 1, dueAt: paused.dueAt, receipts: ['一'], claims: 3 });
  });
});

describe.each(databases)('what an older copy of the bot wrote without an addressee, on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  const age = (ids: readonly (number | undefined)[]) =>
    office.database.transact((tx) => tx.update(OutboxMessage, ids, { addressee: '' }));

  it('counts for the person, and keeps its place in the chat', async () => {
    const channel = new FakeChannel('fake', [{ per: 'chat', count: 2, seconds: 60 }]);
    const ids = await office.post(draft('一', 'ZhangSan'), draft('二', 'zhangsan'), draft('三', 'ZhangSan'));
    await age([ids[0], ids[2]]);
    const sender = office.sender([channel]);
    await sender.drain(1_000);
    expect(channel.texts).toEqual(['一', '二']);
    expect(await office.row(ids[0])).toMatchObject({ addressee: 'zhangsan' });
    office.pass(60_000);
    await sender.drain(1_000);
    expect(channel.texts).toEqual(['一', '二', '三']);
  });

  it('keeps its chat busy as long as that copy sends it', async () => {
    const [id] = await office.post(draft('一', 'ZhangSan'));
    await age([id]);
    await office.database.transact((tx) =>
      tx.update(OutboxMessage, { id: id ?? 0 }, { dueAt: at(120_000), sentAt: at(0), attempts: 1 }),
    );
    await office.post(draft('二', 'zhangsan'));
    const channel = new FakeChannel('fake');
    expect(await office.sender([channel]).runOnce()).toBe(0);
  });
});

describe.each(databases)('a channel whose way out is down, on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  it('uses up no tries of a message, which goes when it is back or from another copy', async () => {
    let stands = false;
    const lost = Object.assign(new FakeChannel('fake'), { canSend: () => stands, alsoCarries: ['app'] });
    const app = { channel: 'app', kind: 'private', id: 'li' } as const;
    const ids = await office.post(draft('一'), draft('二', app), draft('三', { ...app, channel: 'free' }));
    const sender = office.sender([lost, new FakeChannel('free')]);
    for (let minute = 0; minute < 90; minute++) {
      await sender.runOnce();
      office.pass(60_000);
    }
    for (const id of ids.slice(0, 2)) {
      expect(await office.row(id)).toMatchObject({ status: 'pending', attempts: 0, claims: 0 });
    }
    const copy = Object.assign(new FakeChannel('fake'), { alsoCarries: ['app'] });
    await office.sender([copy]).runOnce();
    await office.post(draft('四'));
    stands = true;
    await sender.runOnce();
    expect([copy.texts, lost.texts]).toEqual([['一', '二'], ['四']]);
    expect(await office.row(ids[2])).toMatchObject({ status: 'sent' });
  });
});
