import type { Answer } from '../../../src/channels/channel';
import { type Content, file, say } from '../../../src/channels/content';
import { type Meeting, meet } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet();
});
afterEach(async () => {
  await meeting.end();
});

describe('the check of the address', () => {
  it('answers the bare message', async () => {
    const { status, body, expected } = await meeting.platform.verifyAddress(meeting.address);
    expect([status, body]).toEqual([200, expected]);
  });

  it.each([
    ['a wrong signature', 'signature', 401],
    ['no signature', 'unsigned', 401],
    ['a repeated parameter', 'repeated-parameter', 400],
    ['another receiver', 'receiver', 403],
    ['sealed junk', 'sealed-junk', 400],
  ] as const)('is refused with %s', async (_, tamper, status) => {
    const answer = await meeting.platform.verifyAddress(meeting.address, tamper);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain(answer.expected);
  });

  it('survives a proxy that decodes the address twice', async () => {
    const bodies: boolean[] = [];
    const real = globalThis.fetch;
    const throughProxy: typeof fetch = (url, init) => real(String(url).replaceAll('%2B', '+'), init);
    globalThis.fetch = throughProxy;
    try {
      for (let round = 0; round < 10; round += 1) {
        const { body, expected } = await meeting.platform.verifyAddress(meeting.address);
        bodies.push(body === expected);
      }
    } finally {
      globalThis.fetch = real;
    }
    expect(bodies).not.toContain(false);
  });
});

describe('a message', () => {
  it('is heard once verified, and answered in the response', async () => {
    const delivered = await meeting.platform.deliver(meeting.address, {
      from: 'ZhangSan',
      text: '上报',
      msgId: '4561255354251345929',
      createTime: 1751421600,
    });
    expect(delivered).toMatchObject({ status: 200, reply: '收到' });
    expect(meeting.heard).toEqual([
      {
        chat: { channel: 'wecom', kind: 'private', id: 'zhangsan' },
        userId: 'zhangsan',
        key: '4561255354251345929-1751421600-ZhangSan',
        content: { kind: 'text', text: '上报' },
        replyVia: null,
      },
    ]);
  });

  it.each([
    ']]>',
    'a]]>b',
    '&amp;',
    '<',
    '<b>1</b>',
    '007',
    'true',
    ' 1e3 ',
    '企业\n27',
    '🙂',
    '<!DOCTYPE x>',
    '%2B+',
    '',
  ])('arrives as it was written: %j', async (text) => {
    await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text });
    expect(meeting.heard.map(({ content }) => content)).toEqual([{ kind: 'text', text }]);
  });

  it.each([']]>', '&amp;', '<b>', '🙂'])('is answered with %j as it was meant', async (text) => {
    meeting.answerWith(say([text]));
    expect((await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '?' })).reply).toBe(text);
  });

  it('bears the same key however often it is delivered, and another one from anybody else', async () => {
    const message = { from: 'zhangsan', text: '1', msgId: '7384729384729384729', createTime: 1751421600 };
    await meeting.platform.deliver(meeting.address, message);
    await meeting.platform.deliver(meeting.address, message);
    await meeting.platform.deliver(meeting.address, { ...message, from: 'lisi' });
    const [first, again, other] = meeting.heard.map(({ key }) => key);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    [
      'speech with its words',
      { MsgType: 'voice', MediaId: 'M', Recognition: '企业二十七家' },
      { kind: 'voice', text: '企业二十七家' },
    ],
    ['speech without words', { MsgType: 'voice', MediaId: 'M', Format: 'amr' }, { kind: 'other', type: 'voice' }],
    ['a picture', { MsgType: 'image', MediaId: 'M', PicUrl: 'http://x' }, { kind: 'picture', ref: 'M' }],
    [
      'a file',
      { MsgType: 'file', MediaId: 'M', FileName: '附件2.xlsx' },
      expect.objectContaining({ kind: 'file', name: '附件2.xlsx', ref: 'M' }),
    ],
    ['a place', { MsgType: 'location', Location_X: '32.1' }, { kind: 'other', type: 'location' }],
    ['a kind nobody knows yet', { MsgType: 'hologram' }, { kind: 'other', type: 'hologram' }],
  ])('may be %s', async (_, fields, content) => {
    await meeting.platform.deliver(meeting.address, { from: 'zhangsan', fields });
    expect(meeting.heard.map((inbound) => inbound.content)).toEqual([content]);
  });

  it.each([
    ['a wrong signature', 'signature', 401],
    ['no signature', 'unsigned', 401],
    ['a repeated parameter', 'repeated-parameter', 400],
    ['another receiver', 'receiver', 403],
    ['sealed junk', 'sealed-junk', 400],
    ['content that was never sealed', 'unsealed', 400],
    ['a document type around the seal', 'doctype-outside', 400],
    ['a document type under the seal', 'doctype-inside', 400],
    ['more than a megabyte', 'oversized', 413],
    ['no XML', 'not-xml', 400],
    ['no XML under the seal', 'sealed-not-xml', 400],
    ['no sender', 'no-sender', 400],
  ] as const)('with %s is refused and reaches nobody', async (_, tamper, status) => {
    const delivered = await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '上报', tamper });
    expect([delivered.status, delivered.reply]).toEqual([status, null]);
    expect(meeting.heard).toEqual([]);
  });

  it('is not received with 200 when storing it failed, so that WeCom delivers it again', async () => {
    await meeting.start(() => Promise.reject(new Error('the database is away')));
    expect((await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '上报' })).status).toBe(500);
  });
});

describe('an event', () => {
  it.each([
    ['following the app', { Event: 'subscribe', EventKey: '' }, { kind: 'opened' }],
    ['opening the chat', { Event: 'enter_agent', EventKey: '' }, { kind: 'opened' }],
    ['a tap on the menu', { Event: 'click', EventKey: '上报' }, { kind: 'text', text: '上报' }],
    [
      'a tap on a card',
      { Event: 'template_card_event', EventKey: '确认', TaskId: 't', ResponseCode: 'r' },
      { kind: 'text', text: '确认' },
    ],
  ])('%s is heard', async (_, event, content) => {
    await meeting.platform.deliver(meeting.address, { from: 'zhangsan', event });
    expect(meeting.heard.map((inbound) => inbound.content)).toEqual([content]);
  });

  it.each([
    { Event: 'unsubscribe', EventKey: '' },
    { Event: 'LOCATION', EventKey: '' },
    { Event: 'view', EventKey: 'http://x' },
    { Event: 'click', EventKey: '' },
    { Event: 'new', EventKey: 'x' },
  ])('that says nothing is received in silence: %j', async (event) => {
    const delivered = await meeting.platform.deliver(meeting.address, { from: 'zhangsan', event });
    expect([delivered.status, delivered.body]).toEqual([200, '']);
    expect(meeting.heard).toEqual([]);
  });

  it('is told apart from another one of the same person in the same second', async () => {
    for (const EventKey of ['确认', '取消']) {
      await meeting.platform.deliver(meeting.address, { from: 'zhangsan', event: { Event: 'click', EventKey } });
    }
    expect(new Set(meeting.heard.map(({ key }) => key)).size).toBe(2);
  });
});

describe('the answer', () => {
  const long = '十'.repeat(682);
  const cases: readonly (readonly [string, Content, string | null])[] = [
    ['leaves in the response', say(['您好']), '您好'],
    [
      'makes no link of what a person wrote',
      say(['<a href="x">甲</A >, <b>, 5<a ']),
      '＜a href="x">甲＜/A >, <b>, 5＜a ',
    ],
    ['names the answers to type', say(['提交吗？'], ['确认', '取消']), '提交吗？\n可回复：确认 ｜ 取消'],
    ['may fill the 2048 bytes', say([`${long}ab`]), `${long}ab`],
    ['is left to the sender when it is a byte too long', say([`${long}abc`]), null],
    ['is left to the sender when there is a file', say(['好', file(7, '附件1.xlsx')]), null],
  ];
  it.each(cases)('%s', async (_, content, reply) => {
    meeting.answerWith(content);
    const delivered = await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '?' });
    expect([delivered.status, delivered.reply]).toEqual([200, reply]);
    expect(meeting.settled).toEqual([reply !== null]);
  });

  it('is left to the sender after a tap on a card, where WeCom shows no text', async () => {
    const event = { Event: 'template_card_event', EventKey: '确认', TaskId: 't', ResponseCode: 'r' };
    expect((await meeting.platform.deliver(meeting.address, { from: 'zhangsan', event })).body).toBe('');
    expect(meeting.settled).toEqual([false]);
  });

  it('is empty when there is nothing to say', async () => {
    meeting.answerWith(null);
    expect(await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '?' })).toMatchObject({
      status: 200,
      body: '',
    });
  });
});

describe('an answer that takes long', () => {
  const message = { from: 'zhangsan', text: '企业27家' };
  /** The answers that are waited for, in the order of the calls. */
  let open: ((answer: Answer) => void)[];
  let keys: string[];
  beforeEach(async () => {
    [open, keys] = [[], []];
    await meeting.start(({ key }) => {
      keys.push(key);
      return new Promise<Answer>((resolve) => void open.push(resolve));
    });
  });
  const heard = async (times = 1): Promise<void> => {
    while (open.length < times) await new Promise((resolve) => setImmediate(resolve));
  };
  const finish = (answer: Answer, call = 1): void => open[call - 1]?.(answer);
  const hangUp = () => meeting.clock.set(new Date(meeting.clock.now().getTime() + 5_000));

  it('is waited for, since 200 before it is stored would lose it', async () => {
    const events: string[] = [];
    const delivered = meeting.platform.deliver(meeting.address, message).finally(() => events.push('answered'));
    await heard();
    events.push('stored');
    finish({ content: say(['好']), settle: (left) => events.push(`settled ${left}`) });
    expect(await delivered).toMatchObject({ status: 200, reply: '好' });
    expect(events[0]).toBe('stored');
  });

  it('goes to the repetition of the message when WeCom has hung up after 5 s', async () => {
    const delivered = meeting.platform.deliver(meeting.address, message);
    await heard();
    hangUp();
    await heard(2);
    const settled = new Promise((settle) => finish({ content: say(['好']), settle }));
    expect(await settled).toBe(false);
    finish({ content: say(['好']), settle: () => undefined }, 2);
    expect(await delivered).toMatchObject({ status: 200, reply: '好', tries: 2 });
    expect(keys[1]).toBe(keys[0]);
    const log = await meeting.end();
    expect(log).toContain('wecom.hung_up');
    expect(log).not.toContain('企业27家');
    meeting = await meet();
  });

  it('is left to the sender when no connection has lasted until it came', async () => {
    const delivered = meeting.platform.deliver(meeting.address, message);
    for (const [index, breakOff] of [hangUp, hangUp, meeting.hangUp].entries()) {
      await heard(index + 1);
      breakOff();
    }
    expect(await delivered).toMatchObject({ status: 0, reply: null, tries: 3 });
    const settled = [1, 2, 3].map((call) => new Promise((settle) => finish({ content: say(['好']), settle }, call)));
    expect(await Promise.all(settled)).toEqual([false, false, false]);
    expect(meeting.platform.unheard).toEqual([message]);
  });

  it('is waited for when the bot stops', async () => {
    const events: string[] = [];
    const delivered = meeting.platform.deliver(meeting.address, message);
    await heard();
    const stopped = meeting.channel.stop().then(() => events.push('stopped'));
    events.push('finished');
    finish({ content: say(['好']), settle: () => undefined });
    await stopped;
    expect(events).toEqual(['finished', 'stopped']);
    expect((await delivered).reply).toBe('好');
  });
});

it.each([
  ['a message', { text: '上报' }],
  ['a tap', { event: { Event: 'click', EventKey: '上报' } }],
])('hears %s of one person, however WeCom writes the account', async (_, what) => {
  const first = await meeting.platform.deliver(meeting.address, { from: 'ZhangSan', ...what });
  await meeting.platform.deliver(meeting.address, { from: 'zhangsan', ...what });
  expect(meeting.heard.map(({ userId, chat }) => [userId, chat.id])).toEqual([
    ['zhangsan', 'zhangsan'],
    ['zhangsan', 'zhangsan'],
  ]);
  expect(first.reply).toBe('收到');
});

it('refuses messages once it stops, so that WeCom delivers them to the next', async () => {
  await meeting.channel.stop();
  expect((await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '?' })).status).toBe(503);
});
