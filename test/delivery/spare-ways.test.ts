/** A channel that handed its answer over itself says something more by the way back that it did not need. */
import { OutboxMessage } from '../../entities/outbox-message';
import type { ChatKind, ReplyVia } from '../../src/channels/channel';
import { say } from '../../src/channels/content';
import { run } from '../../src/database/sql';
import { postingReply } from '../../src/delivery/outbox';
import { createSettlements, type Settlements } from '../../src/delivery/settlements';
import { takeSpareWay } from '../../src/delivery/spare-ways';
import { databases } from '../support/databases';
import { at, FakeChannel, Office } from './setup';

const via = (handle: string): ReplyVia => ({ handle, expiresAt: at(3_600_000).toISOString() });

describe.each(databases)('a way back that was not needed, on $name', (on) => {
  let office: Office;
  let settlements: Settlements;
  beforeEach(async () => {
    office = await Office.open(on);
    const { database, clock, log } = office;
    settlements = createSettlements(database, clock, log, () => undefined);
  });
  afterEach(() => office.close());

  function answer(replyVia: ReplyVia | null, { id = 'wozhang', kind = 'private' as ChatKind } = {}): Promise<number> {
    const chat = { channel: 'fake', kind, id };
    const reply = { chat, content: say(['好']), inboundId: 1, replyVia, userId: 'ZhangSan' };
    return office.database.transact((tx) => run(tx, postingReply(reply, office.clock.now())));
  }
  const handedOver = async (...given: Parameters<typeof answer>) => settlements.delivered(await answer(...given));
  const take = (account = 'ZhangSan') => takeSpareWay({ ...office, settlements }, 'fake', account);

  it('is known by the account at once, the newest first, and each is given away once', async () => {
    await handedOver(via('1'));
    await handedOver(via('2'));
    expect(await take()).toMatchObject({ via: via('2') });
    expect(await take()).toMatchObject({ via: via('1') });
    expect(await take()).toBeNull();
  });

  it('is given to one of two who want it at the same moment', async () => {
    await handedOver(via('1'));
    await settlements.flush();
    const taken = await Promise.all([take(), take('zhangsan')]);
    expect(taken.filter((each) => each !== null)).toHaveLength(1);
  });

  it('is there again when the platform did not take it', async () => {
    await handedOver(via('1'));
    await (await take())?.giveBack();
    expect(await take()).toMatchObject({ via: via('1') });
  });

  it('is good until it expires', async () => {
    await handedOver(via('1'));
    await settlements.flush();
    office.pass(3_600_000);
    expect(await take()).toBeNull();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['an answer that is about to leave', () => answer(via('1'))],
    ['a group', () => handedOver(via('1'), { id: 'ZhangSan', kind: 'group' })],
    ['an answer that came without one', () => handedOver(null)],
  ])('is not taken from %s', async (_, prepare) => {
    await prepare();
    expect(await take()).toBeNull();
  });

  it('is not taken from somebody else', async () => {
    await handedOver(via('1'));
    expect(await take('LiSi')).toBeNull();
  });

  it('is not one that the sender has used', async () => {
    const id = await answer(via('1'));
    office.pass(15_000);
    await office.sender([new FakeChannel('fake')]).runOnce();
    expect(await office.database.read((tx) => tx.findOneBy(OutboxMessage, { id }))).toMatchObject({ status: 'sent' });
    expect(await take()).toBeNull();
  });
});
