import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { StoredFile } from '../../entities/stored-file';
import { say } from '../../src/channels/content';
import { run } from '../../src/database/sql';
import { listDead, revive } from '../../src/delivery/dead-letters';
import { loadFile, storeFile } from '../../src/delivery/files';
import { prune } from '../../src/delivery/housekeeping';
import { answerTo, post, postingReply } from '../../src/delivery/outbox';
import { databases } from '../support/databases';
import { at, chat, draft, FakeChannel, failure, Office, start } from './setup';

const days = (count: number): number => count * 24 * 60 * 60 * 1000;

describe.each(databases)('the outbox on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  const receive = (messageKey: string, receivedAt = start): Promise<number> =>
    office.database.transact(async (tx) => {
      const { identifiers } = await tx.insert(InboundMessage, { channel: 'fake', messageKey, receivedAt });
      return Number(identifiers[0]?.['id']);
    });
  const reply = (inboundId: number, text: string, replyVia: { handle: string; expiresAt: string } | null = null) =>
    office.database.transact((tx) =>
      run(tx, postingReply({ chat: chat('zhang'), content: say([text]), inboundId, replyVia }, office.clock.now())),
    );

  it('gives back the ids of a mass mailing in the order of its messages', async () => {
    const texts = Array.from({ length: 450 }, (_, index) => `第${index}条`);
    const ids = await office.post(...texts.map((text) => draft(text)));
    const rows = await office.database.read((tx) => tx.find(OutboxMessage));
    const byId = new Map(rows.map(({ id, content }) => [id, content]));
    expect(ids.map((id) => byId.get(id))).toEqual(texts.map((text) => say([text])));
  });

  it('keeps nothing of a transaction that failed', async () => {
    const broken = office.database.transact(async (tx) => {
      await post(tx, [draft('甲')], start);
      throw new Error('refused');
    });
    await expect(broken).rejects.toThrow('refused');
    expect((await office.sender([]).queue()).pending).toBe(0);
  });

  it('leaves a reply to its channel for a while, with the way back that the platform gave', async () => {
    const via = { handle: 'https://back', expiresAt: '2026-07-07T03:00:00.000Z' };
    const id = await reply(await receive('k1'), '收到', via);
    expect(await office.row(id)).toMatchObject({
      purpose: 'reply',
      dueAt: at(15_000),
      replyVia: via,
      status: 'pending',
    });
  });

  it('finds the reply to a message that comes again, and none for another channel', async () => {
    const inboundId = await receive('k1');
    const outboxId = await reply(inboundId, '收到');
    await office.post(draft('另告', 'li', { inboundId }));
    const ask = (channel: string, key: string) => office.database.read((tx) => answerTo(tx, channel, key));
    expect(await ask('fake', 'k1')).toEqual({ outboxId, content: say(['收到']), status: 'pending', attempts: 0 });
    expect([await ask('other', 'k1'), await ask('fake', 'k2')]).toEqual([null, null]);
  });

  it('gives a file out as it was put in', async () => {
    const file = { name: '统计表.xlsx', mediaType: 'application/zip', bytes: Buffer.from([0, 1, 254, 255]) };
    const id = await office.database.transact((tx) => storeFile(tx, file, start, 'archived'));
    expect(await office.database.read((tx) => loadFile(tx, id))).toEqual(file);
    await expect(office.database.read((tx) => loadFile(tx, id + 1))).rejects.toThrow('no stored file');
  });

  it('shows staff what was given up and why, the latest first, and sends it again on request', async () => {
    const channel = new FakeChannel('fake');
    channel.answer = () => failure({ code: 'fake.gone', userText: '该成员已离职。', retryable: false });
    const ids = await office.post(draft('甲'), draft('乙'), draft('丙'));
    const sender = office.sender([channel]);
    await sender.runOnce();
    const dead = await office.database.read((tx) => listDead(tx, 2));
    expect(dead).toMatchObject([
      { id: ids[2], chat: chat('zhang'), failureCode: 'fake.gone', failureText: '该成员已离职。', attempts: 1 },
      { id: ids[1] },
    ]);
    channel.answer = () => ({ ok: true });
    office.pass(days(3));
    const revived = await office.database.transact((tx) => revive(tx, [ids[0] ?? 0, ids[1] ?? 0], office.clock.now()));
    expect((await sender.queue()).waitingSince).toEqual(office.clock.now());
    expect([revived, await sender.runOnce(), (await sender.queue()).dead]).toEqual([2, 2, 1]);
    expect(await office.row(ids[0])).toMatchObject({ status: 'sent', failureCode: null, attempts: 1 });
  });

  it('revives nothing when asked for nothing, or for what was sent', async () => {
    const ids = await office.post(draft('甲'));
    await office.sender([new FakeChannel('fake')]).runOnce();
    const count = (which: readonly number[]) => office.database.transact((tx) => revive(tx, which, start));
    expect([await count([]), await count(ids)]).toEqual([0, 0]);
  });

  it('forgets what came in a month ago and what was sent half a year ago, in batches', async () => {
    for (const key of ['a', 'b', 'c']) await receive(key);
    await office.post(draft('旧'), draft('旧'));
    await office.sender([new FakeChannel('fake')]).runOnce();
    const [waiting] = await office.post(draft('未发', chat('zhang', 'elsewhere')));
    const pruneAt = (now: Date, size?: number) => office.database.transact((tx) => prune(tx, now, size));
    expect(await pruneAt(at(days(29)))).toEqual({ removed: 0, more: false });
    expect(await pruneAt(at(days(31)), 2)).toEqual({ removed: 2, more: true });
    expect(await pruneAt(at(days(31)), 2)).toEqual({ removed: 1, more: false });
    expect(await pruneAt(at(days(181)))).toEqual({ removed: 2, more: false });
    expect(await office.row(waiting)).toMatchObject({ status: 'pending' });
  });

  it('forgets the files of messages with them, and keeps those of bulletins', async () => {
    const file = (name: string) => ({ name, mediaType: 'application/zip', bytes: Buffer.from(name) });
    const [gone, kept] = await office.database.transact(async (tx) => [
      await storeFile(tx, file('导出.xlsx'), start, 'as long as its message'),
      await storeFile(tx, file('通报.xlsx'), start, 'archived'),
    ]);
    await office.database.transact((tx) => prune(tx, at(days(179))));
    expect(await office.database.read((tx) => tx.count(StoredFile))).toBe(2);
    await office.database.transact((tx) => prune(tx, at(days(181))));
    await expect(office.database.read((tx) => loadFile(tx, gone ?? 0))).rejects.toThrow('no stored file');
    expect((await office.database.read((tx) => loadFile(tx, kept ?? 0))).name).toBe('通报.xlsx');
  });
});
