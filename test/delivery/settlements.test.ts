import type { Content } from '../../src/channels/content';
import { say } from '../../src/channels/content';
import { run } from '../../src/database/sql';
import type { Later } from '../../src/delivery/later';
import { postingReply } from '../../src/delivery/outbox';
import { createSettlements, type Settlements } from '../../src/delivery/settlements';
import { databases } from '../support/databases';
import { at, chat, FakeChannel, gate, Office, start } from './setup';

describe.each(databases)('what became of replies in the HTTP response, on $name', (on) => {
  let office: Office;
  let channel: FakeChannel;
  /** What was put off, by its delay. */
  let later: { work: () => void; delayMs: number }[];
  const keep: Later = (work, delayMs) => {
    later.push({ work, delayMs });
    return () => undefined;
  };
  beforeEach(async () => {
    office = await Office.open(on);
    channel = new FakeChannel('fake');
    later = [];
  });
  afterEach(() => office.close());

  const settlements = (kick = () => {}): Settlements =>
    createSettlements(office.database, office.clock, office.log, kick, keep);
  const reply = (text: string): Promise<number> => {
    const content: Content = say([text]);
    const draft = { chat: chat('zhang'), content, inboundId: 1, replyVia: null };
    return office.database.transact((tx) => run(tx, postingReply(draft, office.clock.now())));
  };

  it('writes together what was delivered shortly after each other', async () => {
    const ids = [await reply('甲'), await reply('乙')];
    const settled = settlements();
    for (const id of ids) settled.delivered(id);
    expect(later.map(({ delayMs }) => delayMs)).toEqual([50]);
    later[0]?.work();
    await settled.flush();
    for (const id of ids) expect(await office.row(id)).toMatchObject({ status: 'sent', sentAt: start, attempts: 0 });
  });

  it('does not push what was delivered', async () => {
    const settled = settlements();
    settled.delivered(await reply('甲'));
    await settled.flush();
    office.pass(60_000);
    expect(await office.sender([channel]).runOnce()).toBe(0);
  });

  it('pushes at once what could not be delivered', async () => {
    const kicked = gate();
    const settled = settlements(kicked.open);
    settled.undelivered(await reply('甲'));
    await kicked.passed;
    await office.sender([channel]).runOnce();
    expect(channel.texts).toEqual(['甲']);
  });

  it('pushes a reply of which nothing was heard, after its grace', async () => {
    await reply('甲');
    const sender = office.sender([channel]);
    office.pass(14_999);
    const before = await sender.runOnce();
    office.pass(1);
    expect([before, await sender.runOnce()]).toEqual([0, 1]);
  });

  it('does not send a second time what a sender has in hand when the bad news comes', async () => {
    const [reached, hold] = [gate(), gate()];
    channel.answer = async () => {
      reached.open();
      await hold.passed;
      return { ok: true };
    };
    const id = await reply('甲');
    office.pass(15_000);
    const running = office.sender([channel]).runOnce();
    await reached.passed;
    const settled = settlements();
    settled.undelivered(id);
    await settled.flush();
    expect(await office.sender([channel]).runOnce()).toBe(0);
    hold.open();
    await running;
    expect(channel.texts).toEqual(['甲']);
  });

  it('has written everything when the flush on stopping is over', async () => {
    const [taken, broken] = [await reply('甲'), await reply('乙')];
    const settled = settlements();
    settled.delivered(taken);
    settled.undelivered(broken);
    office.pass(1_000);
    await settled.flush();
    expect(await office.row(taken)).toMatchObject({ status: 'sent' });
    expect(await office.row(broken)).toMatchObject({ status: 'pending', dueAt: start });
  });

  it('keeps the good news for a database that is away for a moment', async () => {
    const id = await reply('甲');
    const settled = settlements();
    const { database } = office;
    await database.dataSource.destroy();
    settled.delivered(id);
    await settled.flush();
    await database.dataSource.initialize();
    expect(later).toHaveLength(2);
    later[1]?.work();
    await settled.flush();
    expect(await office.row(id)).toMatchObject({ status: 'sent' });
    expect(office.lines.join()).toContain('delivery.not_marked_sent');
  });

  it('does not count replies in the response against the quota of pushes', async () => {
    const limited = new FakeChannel('fake', [{ per: 'chat', count: 1, seconds: 60 }]);
    const settled = settlements();
    settled.delivered(await reply('甲'));
    await settled.flush();
    settled.undelivered(await reply('乙'));
    await settled.flush();
    await office.sender([limited]).runOnce();
    expect(limited.texts).toEqual(['乙']);
    expect(office.clock.now()).toEqual(at(0));
  });
});
