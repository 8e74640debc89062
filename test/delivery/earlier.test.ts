/** A channel asks once more for the answer to a message, perhaps another copy of the bot than the one that took it in. */
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { say } from '../../src/channels/content';
import { run } from '../../src/database/sql';
import { hashOfKey, lookUpEarlier } from '../../src/delivery/earlier';
import { postingReply } from '../../src/delivery/outbox';
import { createSettlements } from '../../src/delivery/settlements';
import { databases } from '../support/databases';
import { chat, FakeChannel, failure, Office } from './setup';

const key = 'CAIQ1';

describe.each(databases)('an answer that is asked for once more, on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  const takeIn = (): Promise<number> =>
    office.database.transact(async (tx) => {
      const row = { channel: 'fake', messageKey: hashOfKey(key), receivedAt: office.clock.now() };
      return Number((await tx.insert(InboundMessage, row)).identifiers[0]?.['id']);
    });

  async function answer(): Promise<number> {
    const inboundId = await takeIn();
    const reply = { chat: chat('zhang'), content: say(['好']), inboundId, replyVia: null };
    return office.database.transact((tx) => run(tx, postingReply(reply, office.clock.now())));
  }

  function look() {
    const { database, clock, log } = office;
    const settlements = createSettlements(database, clock, log, () => undefined);
    return lookUpEarlier({ database, clock, settlements }, 'fake', key);
  }

  it('is unknown before the message was taken in', async () => {
    expect(await look()).toEqual({ kind: 'unknown' });
  });

  it('is nothing when nothing was said', async () => {
    await takeIn();
    expect(await look()).toEqual({ kind: 'silent' });
  });

  it('is handed out, and not sent beside it', async () => {
    const id = await answer();
    office.pass(15_000);
    expect(await look()).toMatchObject({ kind: 'answer', answer: { content: say(['好']) } });
    const channel = new FakeChannel('fake');
    await office.sender([channel]).runOnce();
    expect(channel.sent).toEqual([]);
    office.pass(15_000);
    await office.sender([channel]).runOnce();
    expect(channel.texts).toEqual(['好']);
    expect(await office.row(id)).toMatchObject({ status: 'sent' });
  });

  it('is handed out as often as it is asked for, once it left in a response', async () => {
    const id = await answer();
    await office.database.transact((tx) =>
      tx.update(OutboxMessage, id, { status: 'sent', sentAt: office.clock.now() }),
    );
    expect(await look()).toMatchObject({ kind: 'answer' });
    expect(await look()).toMatchObject({ kind: 'answer' });
  });

  it.each([
    ['has sent it', { ok: true }],
    ['tries to send it', failure()],
  ] as const)('is left to the sender that %s', async (_, result) => {
    await answer();
    office.pass(15_000);
    const channel = new FakeChannel('fake');
    channel.answer = () => result;
    await office.sender([channel]).runOnce();
    expect(await look()).toEqual({ kind: 'sending' });
  });

  it('is handed out when the sender has given it up', async () => {
    await answer();
    office.pass(15_000);
    const channel = new FakeChannel('fake');
    channel.answer = () => failure({ retryable: false });
    await office.sender([channel]).runOnce();
    expect(await look()).toMatchObject({ kind: 'answer' });
  });
});
