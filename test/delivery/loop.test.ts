import { Registry } from 'prom-client';
import type { Later } from '../../src/delivery/later';
import { measureDelivery } from '../../src/delivery/metrics';
import { embedded } from '../support/databases';
import { at, chat, draft, FakeChannel, failure, gate, Office, start } from './setup';

/** Its own pace, which does not differ between the databases. */
describe('a sender that was started', () => {
  let office: Office;
  let channel: FakeChannel;
  /** Resolves with what the sender put off when it came to rest. */
  let resting: ((rest: Rest) => void)[];
  type Rest = { wake: () => void; delayMs: number };
  const later: Later = (wake, delayMs) => {
    resting.shift()?.({ wake, delayMs });
    return () => undefined;
  };
  const rest = () => new Promise<Rest>((resolve) => resting.push(resolve));

  beforeEach(async () => {
    office = await Office.open(embedded);
    channel = new FakeChannel('fake');
    resting = [];
  });
  afterEach(() => office.close());

  it('sends what lies there, and looks again every two seconds', async () => {
    await office.post(draft('甲'));
    const sender = office.sender([channel], { later });
    const rested = rest();
    sender.start();
    const { wake, delayMs } = await rested;
    expect([delayMs, channel.texts]).toEqual([2_000, ['甲']]);
    await office.post(draft('乙'));
    const again = rest();
    wake();
    await again;
    expect(channel.texts).toEqual(['甲', '乙']);
    await sender.stop();
  });

  it('sends a backlog without a pause', async () => {
    await office.post(...Array.from({ length: 100 }, (_, index) => draft(String(index), `p${index % 9}`)));
    const sender = office.sender([channel], { later });
    const rested = rest();
    sender.start();
    await rested;
    expect(channel.sent).toHaveLength(100);
    await sender.stop();
  });

  it('wakes up when a quota has room again', async () => {
    const limited = new FakeChannel('fake', [{ per: 'channel', count: 1, seconds: 1 }]);
    await office.post(draft('甲'), draft('乙'));
    const sender = office.sender([limited], { later });
    const rested = rest();
    sender.start();
    expect((await rested).delayMs).toBe(1_000);
    await sender.stop();
  });

  it('sends what was posted while it was sending', async () => {
    const sender = office.sender([channel], { later });
    channel.answer = async (message) => {
      if (message.chat.id === 'first') {
        await office.post(draft('乙', 'second'));
        sender.kick();
      }
      return { ok: true };
    };
    await office.post(draft('甲', 'first'));
    const rested = rest();
    sender.start();
    await rested;
    expect(channel.texts).toEqual(['甲', '乙']);
    await sender.stop();
  });

  it('does nothing by itself before its start and after its stop', async () => {
    const sender = office.sender([channel], { later });
    await office.post(draft('甲'));
    sender.kick();
    expect(await sender.runOnce()).toBe(1);
    sender.start();
    await sender.stop();
    await office.post(draft('乙'));
    sender.kick();
    await sender.stop();
    expect(channel.texts).toEqual(['甲']);
  });

  it('goes on after the database was away', async () => {
    const sender = office.sender([channel], { later });
    const { dataSource } = office.database;
    await dataSource.destroy();
    const failed = rest();
    sender.start();
    const { wake } = await failed;
    await dataSource.initialize();
    await office.post(draft('甲'));
    const rested = rest();
    wake();
    await rested;
    expect(channel.texts).toEqual(['甲']);
    expect(office.lines.join()).toContain('delivery.round_failed');
    await sender.stop();
  });

  it('finishes the batch at work when it is stopped', async () => {
    const [reached, hold] = [gate(), gate()];
    channel.answer = async () => {
      reached.open();
      await hold.passed;
      return { ok: true };
    };
    const [id] = await office.post(draft('甲'));
    const sender = office.sender([channel], { later });
    sender.start();
    await reached.passed;
    const stopped = sender.stop();
    hold.open();
    await stopped;
    expect(await office.row(id)).toMatchObject({ status: 'sent' });
  });
});

describe('draining before the end', () => {
  let office: Office;
  let channel: FakeChannel;
  beforeEach(async () => {
    office = await Office.open(embedded);
    channel = new FakeChannel('fake');
  });
  afterEach(() => office.close());

  it('sends all that is due, and waits for nothing that is not', async () => {
    await office.post(...Array.from({ length: 70 }, (_, index) => draft(String(index))));
    const [later] = await office.post(draft('明早', 'zhang', { notBefore: at(60_000) }));
    await office.sender([channel]).drain(5_000);
    expect(channel.sent).toHaveLength(70);
    expect(await office.row(later)).toMatchObject({ status: 'pending' });
  });

  it('begins no send after its deadline', async () => {
    channel.answer = () => {
      office.pass(3_000);
      return { ok: true };
    };
    await office.post(draft('一'), draft('二'), draft('三'));
    const sender = office.sender([channel]);
    await sender.drain(5_000);
    expect(channel.texts).toEqual(['一', '二']);
    expect(await sender.queue()).toEqual({ pending: 1, dead: 0, waiting: 1, waitingSince: start });
  });
});

it('shows operators what waits, what was given up, and what came of attempts', async () => {
  const office = await Office.open(embedded);
  const channel = new FakeChannel('fake');
  const metrics = new Registry();
  const sender = office.sender([channel], { metrics });
  channel.answer = ({ chat }) => (chat.id === 'li' ? failure({ retryable: false }) : { ok: true });
  await office.post(draft('甲'), draft('乙', 'li'), draft('丙', chat('wang'), { notBefore: at(1_000) }));
  await sender.runOnce();
  const text = await metrics.metrics();
  expect(text).toContain('baosong_send_attempts_total{channel="fake",outcome="sent"} 1');
  expect(text).toContain('baosong_send_attempts_total{channel="fake",outcome="dead"} 1');
  expect(text).toContain('baosong_outbox_messages{status="pending"} 1');
  expect(text).toContain('baosong_outbox_messages{status="dead"} 1');
  expect(text).toContain('baosong_outbox_oldest_wait_seconds 0');
  office.pass(91_000);
  expect(await metrics.metrics()).toContain('baosong_outbox_oldest_wait_seconds 90');
  await office.close();
});

it('counts the queue once for all that operators are shown of it', async () => {
  const metrics = new Registry();
  let counted = 0;
  const queue = async () => ({ pending: ++counted, dead: 0, waiting: 0, waitingSince: null });
  measureDelivery(metrics, { queue, now: () => start });
  await metrics.metrics();
  const text = await metrics.metrics();
  expect(counted).toBe(2);
  expect(text).toContain('baosong_outbox_messages{status="pending"} 2');
});
