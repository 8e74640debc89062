import { StoredFile } from '../../entities/stored-file';
import { file as fileBlock, say } from '../../src/channels/content';
import { storeFile } from '../../src/delivery/files';
import { databases } from '../support/databases';
import { at, chat, draft, FakeChannel, failure, gate, Office, start, textOf } from './setup';

describe.each(databases)('the sender on $name', (on) => {
  let office: Office;
  let channel: FakeChannel;
  beforeEach(async () => {
    office = await Office.open(on);
    channel = new FakeChannel('fake');
  });
  afterEach(() => office.close());

  it('sends the messages of a chat in the order in which they were written, once', async () => {
    const ids = await office.post(draft('一'), draft('二'), draft('三'));
    const sender = office.sender([channel]);
    expect([await sender.runOnce(), await sender.runOnce()]).toEqual([3, 0]);
    expect(channel.texts).toEqual(['一', '二', '三']);
    expect(channel.sent[0]).toMatchObject({ id: String(ids[0]), chat: chat('zhang'), replyVia: null });
    expect(await office.row(ids[0])).toMatchObject({
      status: 'sent',
      sentAt: start,
      gone: 1,
      receipts: [`p${ids[0]}`],
    });
  });

  it('sends what somebody waits for before what can wait', async () => {
    const to = (text: string, purpose: 'reply' | 'notice' | 'reminder' | 'bulletin') =>
      draft(text, 'zhang', { purpose });
    await office.post(to('通报', 'bulletin'), to('催报', 'reminder'), to('通知', 'notice'), to('回复', 'reply'));
    await office.sender([channel]).runOnce();
    expect(channel.texts).toEqual(['回复', '通知', '催报', '通报']);
  });

  it('sends nothing before its time', async () => {
    await office.post(draft('明早', 'zhang', { notBefore: at(60_000) }));
    const sender = office.sender([channel]);
    const before = await sender.runOnce();
    office.pass(60_000);
    expect([before, await sender.runOnce()]).toEqual([0, 1]);
  });

  it('does not let a chat wait for another', async () => {
    const { open, passed } = gate();
    channel.answer = async (message) => {
      // The first can only be answered after the second was sent.
      if (message.chat.id === 'zhang') await passed;
      else open();
      return { ok: true };
    };
    await office.post(draft('甲', 'zhang'), draft('乙', 'li'));
    expect(await office.sender([channel]).runOnce()).toBe(2);
  });

  it('hands the channel the files of a message', async () => {
    const bytes = Buffer.from('workbook');
    const stored = { name: '表.xlsx', mediaType: 'application/zip', bytes };
    const id = await office.database.transact((tx) => storeFile(tx, stored, start, 'archived'));
    channel.answer = async (message) => {
      const loaded = await message.load(id);
      message.went(String(loaded.bytes));
      return { ok: true };
    };
    const [row] = await office.post(draft('', 'zhang', { content: say([fileBlock(id, '表.xlsx')]) }));
    await office.sender([channel]).runOnce();
    expect(await office.row(row)).toMatchObject({ receipts: ['workbook'] });
    expect(await office.database.read((tx) => tx.count(StoredFile))).toBe(1);
  });

  it('tries again later and later, and gives up where staff can see it', async () => {
    channel.answer = () => failure({ code: 'fake.busy', userText: '平台繁忙，请稍后再试。' });
    const [id] = await office.post(draft('甲'));
    const sender = office.sender([channel]);
    for (const waitMs of [5_000, 30_000, 120_000, 600_000, 3_600_000]) {
      await sender.runOnce();
      expect(await office.row(id)).toMatchObject({ status: 'pending', dueAt: at(waitMs, office.clock.now()) });
      office.pass(waitMs);
    }
    await sender.runOnce();
    const dead = { status: 'dead', attempts: 6, failureCode: 'fake.busy', failureText: '平台繁忙，请稍后再试。' };
    expect(await office.row(id)).toMatchObject(dead);
    expect(await sender.queue()).toEqual({ pending: 0, dead: 1, waiting: 0, waitingSince: null });
  });

  it('waits as long as the platform asks', async () => {
    channel.answer = () => failure({ waitMs: 61_000 });
    const [id] = await office.post(draft('甲'));
    await office.sender([channel]).runOnce();
    expect(await office.row(id)).toMatchObject({ dueAt: at(61_000), sentAt: null, attempts: 1 });
  });

  it('keeps the order when the first of a chat has to wait, however many are behind it', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => String(index));
    await office.post(...texts.map((text) => draft(text)), draft('他人', 'li'));
    const sender = office.sender([channel]);
    channel.answer = (message) => (message.chat.id === 'zhang' ? failure() : { ok: true });
    await sender.drain(1_000);
    expect(channel.texts).toEqual(['0', '他人']);
    channel.answer = () => ({ ok: true });
    office.pass(5_000);
    await sender.drain(1_000);
    expect(channel.texts).toEqual(['0', '他人', ...texts]);
  });

  it('does not let a waiting person wait for a bulletin that failed', async () => {
    channel.answer = (message) => (textOf(message) === '通报' ? failure() : { ok: true });
    await office.post(
      draft('通报', 'zhang', { purpose: 'bulletin' }),
      draft('又一通报', 'zhang', { purpose: 'bulletin' }),
    );
    const sender = office.sender([channel]);
    await sender.runOnce();
    await office.post(draft('回复', 'zhang', { purpose: 'reply' }));
    await sender.runOnce();
    expect(channel.texts).toEqual(['通报', '回复']);
  });

  it.each([
    ['the addressee cannot be reached', failure({ code: 'fake.gone', retryable: false }), 'fake.gone'],
    ['the platform may have taken it already', failure({ code: 'fake.timeout', unknown: true }), 'fake.timeout'],
  ])('gives up at once when %s, and goes on with the next', async (_label, result, code) => {
    const ids = await office.post(draft('甲'), draft('乙'));
    channel.answer = (message) => (textOf(message) === '甲' ? result : { ok: true });
    await office.sender([channel]).runOnce();
    expect(await office.row(ids[0])).toMatchObject({ status: 'dead', failureCode: code });
    expect(await office.row(ids[1])).toMatchObject({ status: 'sent' });
  });

  it('says in the log when nobody knows whether a message arrived, and never what it said', async () => {
    channel.answer = () => failure({ code: 'fake.timeout', unknown: true });
    await office.post(draft('企业42家'));
    await office.sender([channel]).runOnce();
    expect(office.lines.join()).toMatch(/"code":"fake.timeout".*delivery.outcome_unknown/);
    expect(office.lines.join()).not.toContain('企业42家');
  });

  it('outlives a channel that throws, and tries again', async () => {
    channel.answer = () => Promise.reject(new Error('what 张三 wrote'));
    const ids = await office.post(draft('甲'));
    await office.sender([channel]).runOnce();
    expect(await office.row(ids[0])).toMatchObject({ status: 'pending', failureCode: 'delivery.channel_threw' });
    expect(office.lines.join()).toContain('sender.test.ts');
    expect(office.lines.join()).not.toContain('张三');
  });

  it('gives up a message for a platform that is not connected', async () => {
    const [id] = await office.post(draft('甲', chat('zhang', 'elsewhere')));
    await office.sender([channel]).runOnce();
    expect(await office.row(id)).toMatchObject({ status: 'dead', failureCode: 'delivery.no_channel' });
  });

  it('sends again what a killed sender had in hand, after its lease', async () => {
    const reached = gate();
    const never = new FakeChannel('fake');
    never.answer = () => {
      reached.open();
      return new Promise(() => undefined);
    };
    const [id] = await office.post(draft('甲'));
    void office.sender([never]).runOnce();
    await reached.passed;
    const sender = office.sender([channel]);
    office.pass(119_000);
    const before = await sender.runOnce();
    office.pass(1_000);
    expect([before, await sender.runOnce()]).toEqual([0, 1]);
    expect(await office.row(id)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('does not hold the others up for a slow chat: the rest of it has to queue again', async () => {
    channel.answer = () => {
      office.pass(6_000);
      return { ok: true };
    };
    const ids = await office.post(draft('一'), draft('二'), draft('三'));
    const sender = office.sender([channel]);
    await sender.runOnce();
    expect(channel.texts).toEqual(['一', '二']);
    expect(await office.row(ids[2])).toMatchObject({ status: 'pending', attempts: 0, sentAt: null });
    await sender.runOnce();
    expect(channel.texts).toEqual(['一', '二', '三']);
  });
});
