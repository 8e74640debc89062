import { say } from '../../src/channels/content';
import { sendPartsToMany, type Together } from '../../src/channels/part-run';
import { run } from '../../src/database/sql';
import { postingReply } from '../../src/delivery/outbox';
import type { Sender } from '../../src/delivery/sender';
import { createSettlements } from '../../src/delivery/settlements';
import { databases, mariaDb } from '../support/databases';
import { at, chat, draft, FakeChannel, gate, Office } from './setup';
import { partsOf, WordsChannel } from './words';

const perChat = (count: number) => ({ per: 'chat', count, seconds: 60 }) as const;

describe.each(databases)('the parts of messages on $name', (on) => {
  let office: Office;
  let channel: WordsChannel;
  const open = (...quotas: FakeChannel['quotas']) => {
    channel = new WordsChannel('fake', quotas);
    channel.now = () => office.clock.now();
    return office.sender([channel]);
  };
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  it('count each as a call, and those that have no room wait where they stopped', async () => {
    const sender = open(perChat(5));
    const ids = await office.post(draft('一 二 三'), draft('四 五 六'), draft('七'));
    await sender.drain(1_000);
    // The last place is kept for the message behind.
    expect(channel.said).toBe('一 二 三 四');
    const halfway = { status: 'pending', gone: 1, attempts: 1, sentAt: null, failureCode: null, dueAt: at(60_000) };
    expect(await office.row(ids[1])).toMatchObject(halfway);
    office.pass(60_000);
    await sender.drain(1_000);
    expect(channel.said).toBe('一 二 三 四 五 六 七');
    expect(await office.row(ids[1])).toMatchObject({ status: 'sent', gone: 3, receipts: ['四', '五', '六'] });
  });

  it('all arrive also where a message has more of them than a minute takes', async () => {
    const sender = open(perChat(3));
    await office.post(draft('1 2 3 4 5'));
    for (let minute = 0; minute < 4; minute++) {
      await sender.drain(1_000);
      office.pass(60_000);
    }
    expect(channel.said).toBe('1 2 3 4 5');
    expect(channel.most()).toBe(3);
  });

  it('let whoever waits for an answer go first', async () => {
    const sender = open(perChat(2));
    await office.post(draft('一 二 三', 'zhang', { purpose: 'bulletin' }));
    await sender.drain(1_000);
    await office.post(draft('答', 'zhang', { purpose: 'reply' }));
    office.pass(60_000);
    await sender.drain(1_000);
    expect(channel.said).toBe('一 二 答 三');
  });

  it('have the pause between them that a platform wants, which no other message fills', async () => {
    const sender = open();
    channel.pauseMs = 3_000;
    const [id] = await office.post(
      draft('一 二 三', 'zhang', { purpose: 'bulletin' }),
      draft('后', 'zhang', { purpose: 'bulletin' }),
    );
    for (const waitMs of [0, 2_999, 1, 3_000]) {
      office.pass(waitMs);
      await sender.drain(1_000);
    }
    expect(channel.words.map(({ word, atMs }) => [word, atMs - at(0).getTime()])).toEqual([
      ['一', 0],
      ['二', 3_000],
      ['三', 6_000],
      ['后', 6_000],
    ]);
    expect(await office.row(id)).toMatchObject({ status: 'sent', failureCode: null });
  });

  it('that have gone count although the rest failed', async () => {
    const sender = open(perChat(3));
    channel.refused = '三';
    await office.post(draft('一 二 三'));
    await sender.runOnce();
    await office.post(draft('甲 乙', 'zhang', { purpose: 'reply' }));
    await sender.runOnce();
    expect(channel.said).toBe('一 二 甲');
  });

  it('keep their sender in hold of the message, however long each takes', async () => {
    const sender = open();
    const other = new WordsChannel('fake');
    channel.before = async (word) => {
      if (word === '一') return;
      expect(await office.sender([other]).runOnce()).toBe(0);
      office.pass(119_000);
    };
    await office.post(draft('一 二 三'));
    await sender.runOnce();
    expect([channel.said, other.said]).toEqual(['一 二 三', '']);
  });

  it('go on with the sender that took the message over', async () => {
    const sender = open();
    const other = new WordsChannel('fake');
    channel.before = async (word) => {
      if (word !== '一') return;
      office.pass(120_000);
      await office.sender([other]).runOnce();
    };
    const [id] = await office.post(draft('一 二 三'));
    await sender.runOnce();
    expect([channel.said, other.said]).toEqual(['一', '一 二 三']);
    expect(await office.row(id)).toMatchObject({ status: 'sent', gone: 3 });
  });
});

/** Takes the words for three people in one call. */
class CastChannel extends WordsChannel {
  readonly calls: string[] = [];
  readonly broadcast = {
    most: 3,
    send: (messages: Together) =>
      sendPartsToMany(messages, partsOf(messages[0]), async (word, together) => {
        this.calls.push(`${word}:${together.map((each) => each.chat.id).join('')}`);
        return Promise.all(together.map((each) => this.say(word, each)));
      }),
  };
}

describe.each(databases)('parts that go to many in one call, on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  it('are one call of the channel', async () => {
    const channel = new CastChannel('fake', [{ per: 'channel', count: 2, seconds: 60 }]);
    await office.post(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((to) => draft('一', to)));
    await office.sender([channel]).drain(1_000);
    expect(channel.calls).toEqual(['一:abc', '一:def']);
  });

  it('wait for one person without holding up the others', async () => {
    const channel = new CastChannel('fake', [perChat(2)]);
    const sender = office.sender([channel]);
    await office.post(draft('早', 'b'));
    await sender.drain(1_000);
    office.pass(1_000);
    await office.post(...['a', 'b', 'c'].map((to) => draft('一 二', to)));
    await sender.drain(1_000);
    expect(channel.calls).toEqual(['一:abc', '二:ac']);
    office.pass(60_000);
    await sender.drain(1_000);
    expect(channel.words.filter(({ to }) => to === 'b').map(({ word }) => word)).toEqual(['早', '一', '二']);
  });
});

describe.each(databases)('answers that a channel hands over itself, on $name', (on) => {
  let office: Office;
  beforeEach(async () => {
    office = await Office.open(on);
  });
  afterEach(() => office.close());

  const answer = (chatId: string, userId: string): Promise<number> => {
    const reply = { chat: chat(chatId, 'robot'), userId, content: say(['答']), inboundId: 1, replyVia: null };
    return office.database.transact((tx) => run(tx, postingReply(reply, office.clock.now())));
  };
  const settle = async (id: number): Promise<void> => {
    const settled = createSettlements(
      office.database,
      office.clock,
      office.log,
      () => undefined,
      () => () => undefined,
    );
    settled.delivered(id);
    await settled.flush();
  };

  it.each([
    ['that were taken', settle],
    ['that are on their way', async () => undefined],
  ])('count where the platform counts them: those %s', async (_, then) => {
    const channel = new FakeChannel('robot', [{ ...perChat(3), withAnswers: true }]);
    for (let count = 1; count <= 2; count++) await then(await answer('zhang', 'zhang'));
    await office.post(draft('一', chat('zhang', 'robot')), draft('二', chat('zhang', 'robot')));
    await office.sender([channel]).drain(1_000);
    expect(channel.texts).toEqual(['一']);
  });

  it('count for the person, under whichever id and name of the channel', async () => {
    const channel = Object.assign(new FakeChannel('robot', [{ ...perChat(3), withAnswers: true }]), {
      alsoCarries: ['app'],
    });
    await settle(await answer('woAbCdEf', 'ZhangSan'));
    await office.post(
      draft('一', chat('zhangsan', 'app')),
      draft('二', chat('ZhangSan', 'robot')),
      draft('三', chat('zhangsan', 'app')),
    );
    const sender = office.sender([channel]);
    await sender.drain(1_000);
    expect(channel.texts).toEqual(['一', '二']);
    office.pass(60_000);
    await sender.drain(1_000);
    expect(channel.texts).toEqual(['一', '二', '三']);
  });
});

it.each(['app', 'robot'])('a chat has one message at a time, under whichever name of the channel: %s', async (name) => {
  const office = await Office.open(mariaDb);
  const [reached, hold] = [gate(), gate()];
  const channel = Object.assign(new FakeChannel('robot'), { alsoCarries: ['app'] });
  channel.answer = async () => {
    reached.open();
    await hold.passed;
    return { ok: true };
  };
  await office.post(draft('一', chat('zhangsan', name)));
  const running = office.sender([channel]).runOnce();
  await reached.passed;
  await office.post(draft('二', chat('ZhangSan', name === 'app' ? 'robot' : 'app')));
  const meanwhile = await office.sender([channel]).runOnce();
  hold.open();
  await running;
  expect(meanwhile).toBe(0);
  await office.close();
});

describe('several senders on one MariaDB', () => {
  it('keep a quota together that counts parts, and lose and repeat none', async () => {
    const office = await Office.open(mariaDb);
    const channel = new CastChannel('fake', [perChat(4), { per: 'channel', count: 9, seconds: 1 }]);
    channel.now = () => office.clock.now();
    channel.before = () => new Promise<void>((resolve) => setImmediate(resolve));
    const senders: Sender[] = [];
    for (let copy = 0; copy < 3; copy++) {
      senders.push(office.sender([channel], { database: await office.secondDatabase(), random: Math.random }));
    }
    const people = Array.from({ length: 12 }, (_, index) => `p${index}`);
    for (const purpose of ['bulletin', 'reminder', 'notice'] as const) {
      await office.post(...people.map((to) => draft(`${purpose}1 ${purpose}2 ${purpose}3`, to, { purpose })));
    }
    for (let round = 0; round < 2_000 && (await senders[0]!.queue()).pending > 0; round++) {
      await Promise.all(senders.map((sender) => sender.runOnce()));
      office.pass(250);
    }
    const whole = ['notice', 'reminder', 'bulletin'].flatMap((purpose) => [1, 2, 3].map((part) => `${purpose}${part}`));
    for (const person of people) {
      expect(channel.words.filter(({ to }) => to === person).map(({ word }) => word)).toEqual(whole);
      expect(channel.most((to) => to === person)).toBeLessThanOrEqual(4);
    }
    await office.close();
  });
});
