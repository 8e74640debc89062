import type { Outbound, SendResult } from '../../../src/channels/channel';
import { type Content, file, heading, say } from '../../../src/channels/content';
import { apiSecretOf } from '../../../src/channels/dingtalk/cards/route';
import { cards, now, outbound, type Rig, secret, startRig } from './setup';

const create = '/v1.0/card/instances/createAndDeliver';
const register = '/v1.0/card/callbacks/register';
const token = '/v1.0/oauth2/accessToken';
const batchSend = '/v1.0/robot/oToMessages/batchSend';
const group = { channel: 'dingtalk', kind: 'group', id: 'cidGroup+/==' } as const;
const reminder = say([heading('催报'), '光山县6月统计表未交。'], ['上报', { label: '不变（27）', text: '不变' }]);
const words = '### 催报\n\n光山县6月统计表未交。\n\n可回复：上报 ｜ 不变（27）';

let rig: Rig;
const open = async (override: Parameters<typeof startRig>[1] = { cards }) => {
  rig = await startRig({ apiMs: 10_000, uploadMs: 10_000 }, override);
  rig.platform.groups.add(group.id);
};
beforeEach(() => open());
afterEach(() => rig.close());

const send = (content: Content, message: Partial<Outbound> = {}) => rig.send({ content, ...message });
const vias = () => rig.platform.sent.map(({ via, to }) => [via, ...to]);
const to = (id: string, more: Partial<Outbound> = {}): Outbound => ({
  ...outbound,
  content: reminder,
  chat: { ...outbound.chat, id },
  ...more,
});
const sendTo = (...messages: readonly [Outbound, ...Outbound[]]): Promise<readonly SendResult[]> =>
  rig.channel.broadcast!.send(messages);
const refusal = (code: string, status = 400) => ({ status, body: { code, message: 'no', requestid: 'r' } });

describe('a message with answers to tap that is pushed', () => {
  it('goes as a card that fills the template, in one call', async () => {
    expect(await send(reminder)).toEqual({ ok: true });
    expect(rig.platform.cards).toMatchObject([
      {
        spaceType: 'IM_ROBOT',
        spaces: ['manager7'],
        variables: { content: words, label1: '上报', label2: '不变（27）' },
        title: '催报',
        routeKey: 'baosong-dingclient',
      },
    ]);
    expect(rig.platform.calls).toEqual([token, register, create]);
  });

  it('goes to a group as a card as well', async () => {
    await send(reminder, { chat: group });
    expect(rig.platform.cards).toMatchObject([{ spaceType: 'IM_GROUP', spaces: [group.id] }]);
  });

  it('goes to many in one call', async () => {
    expect(await sendTo(to('a'), to('b'), to('c'))).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(vias()).toEqual([['card', 'a', 'b', 'c']]);
  });

  it('goes before its files', async () => {
    await send({ ...reminder, blocks: [...reminder.blocks, file(7, '附件7.xlsx')] });
    expect(rig.platform.sent).toMatchObject([{ via: 'card', params: { content: words } }, { kind: 'sampleFile' }]);
  });

  it('bears the same name in a retry, so that DingTalk never shows it twice', async () => {
    rig.platform.failNext(create, refusal('system.busy', 500));
    expect(await send(reminder)).toMatchObject({ ok: false, failure: { retryable: true, unknown: false } });
    await send(reminder);
    await send(reminder);
    expect(rig.platform.cards).toHaveLength(1);
  });

  it.each([
    ['other words', to('a', { content: say(['新县6月统计表未交。'], ['上报']) })],
    ['another number', to('a', { id: '4711' })],
  ])('is another card with %s', async (_, other) => {
    await sendTo(to('a', { id: '17' }));
    await sendTo({ ...other, id: other.id === outbound.id ? '17' : other.id });
    expect(new Set(rig.platform.cards.map(({ outTrackId }) => outTrackId)).size).toBe(2);
  });
});

describe('a message goes without a card', () => {
  it('when it answers through the session, which costs nothing', async () => {
    await send(reminder, { replyVia: await rig.replyVia('manager7') });
    expect(rig.platform.sent).toMatchObject([{ via: 'session', kind: 'markdown' }]);
    expect(rig.platform.sent[0]?.params['text']).toContain('dtmd://');
  });

  it('when no template is set', async () => {
    await rig.close();
    await open({});
    await send(reminder);
    expect(rig.platform.calls).toEqual([token, batchSend]);
  });

  it('when the month’s calls run short', async () => {
    await rig.close();
    rig = await startRig(undefined, { cards }, { isShort: async () => true });
    await send(reminder);
    expect(vias()).toEqual([['private', 'manager7']]);
    expect(rig.platform.sent[0]?.params['text']).toContain('dtmd://');
  });

  it.each([
    ['has nothing to tap', say([heading('通报')])],
    ['has more answers than buttons', say(['选一项'], ['1', '2', '3', '4', '5', '6', '7'])],
    ['is longer than a variable', say(['字'.repeat(340)], ['上报', '帮助'])],
    ['has an answer without a label', say(['选一项'], [{ label: '', text: '上报' }])],
  ])('when it %s', async (_, content) => {
    expect(await send(content)).toEqual({ ok: true });
    expect(vias()).toEqual([['private', 'manager7']]);
  });

  it('where the platform did not show one, and only there', async () => {
    rig.platform.unknownStaff.add('b');
    expect(await sendTo(to('a'), to('b'), to('c'))).toMatchObject([
      { ok: true },
      { ok: false, failure: { code: 'dingtalk.invalidStaffId' } },
      { ok: true },
    ]);
    expect(vias()).toEqual([['card', 'a', 'c']]);
  });

  it.each([
    ['one person', ['b'], ['b']],
    ['several people', ['a', 'b'], ['a', 'b']],
  ])('in a retry, where an earlier try made a card that %s were not shown', async (_, unknown, people) => {
    for (const one of unknown) rig.platform.unknownStaff.add(one);
    rig.platform.failNext(batchSend, refusal('system.busy', 503));
    const messages = people.map((id) => to(id));
    const [first, ...others] = messages;
    expect(await sendTo(first!, ...others)).toMatchObject(people.map(() => ({ ok: false })));
    rig.platform.unknownStaff.clear();
    expect(await sendTo(first!, ...others)).toEqual(people.map(() => ({ ok: true })));
    expect(vias()).toEqual([['private', ...people]]);
    expect(rig.logged()).not.toContain('DINGTALK_CARD_TEMPLATE_ID');
  });

  it('for an hour after one was refused that somebody has to mend', async () => {
    rig.platform.failNext(create, refusal('param.templateUnpublished'));
    for (const minutes of [0, 59, 60]) {
      rig.clock.set(new Date(now.getTime() + minutes * 60_000));
      expect(await send(reminder, { id: `${minutes}` })).toEqual({ ok: true });
    }
    expect(rig.platform.sent.map(({ via }) => via)).toEqual(['private', 'private', 'card']);
    expect(rig.logged()).toContain('param.templateUnpublished');
  });

  it('alone when its own words were refused', async () => {
    rig.platform.failNext(create, refusal('param.contentUnsafe'));
    for (const id of ['1', '2']) await send(reminder, { id });
    expect(rig.platform.sent.map(({ via }) => via)).toEqual(['private', 'card']);
  });
});

describe('what became of a card is said as of any message', () => {
  it.each([
    ['throttled', refusal('Forbidden.AccessDenied.QpsLimitForApi', 403), { retryable: true, unknown: false }],
    ['without an answer', 'drop', { retryable: false, unknown: true }],
    ['over the month’s calls', refusal('Forbidden.AccessDenied.ApiCountLimitForOrg', 403), { retryable: false }],
    ['not named in the answer', { status: 200, body: { success: true } }, { retryable: false, unknown: true }],
  ] as const)('%s', async (_, handling, failure) => {
    rig.platform.failNext(create, handling);
    expect(await send(reminder)).toMatchObject({ ok: false, failure });
    expect(rig.platform.sent).toEqual([]);
  });
});

describe('a card that is taken back', () => {
  const update = '/v1.0/card/instances';
  const withFile = { ...reminder, blocks: [...reminder.blocks, file(7, '附件7.xlsx')] };
  const receipts = new Set<string>();
  beforeEach(async () => {
    receipts.clear();
    const went = (receipt: string | null) => void (receipt && receipts.add(receipt));
    expect(await send(withFile, { went })).toEqual({ ok: true });
  });
  const takeBack = () => {
    const took = (receipt: string) => void receipts.delete(receipt);
    return rig.channel.recall!.take({ chat: outbound.chat, receipts: [...receipts], took });
  };
  const recalled = () => rig.platform.recalled.map(({ kind }) => kind);

  it('says so in place of its words and offers nothing more, and its file goes', async () => {
    expect(await takeBack()).toEqual({ ok: true });
    expect(rig.platform.cards[0]?.variables).toMatchObject({ content: '（这条消息已收回）', label1: '', label2: '' });
    expect(recalled()).toEqual(['sampleFile']);
  });

  it('and cannot be, still lets its file go, and staff hear that the words stay', async () => {
    rig.platform.failNext(update, refusal('param.cardNotExist'));
    const failure = {
      code: 'dingtalk.param.cardNotExist',
      retryable: false,
      userText: expect.stringContaining('仍看得到'),
    };
    expect(await takeBack()).toMatchObject({ ok: false, failure });
    expect(recalled()).toEqual(['sampleFile']);
  });

  it('and cannot be for the moment, is taken back with its file in another try', async () => {
    rig.platform.failNext(update, refusal('system.busy', 500));
    expect(await takeBack()).toMatchObject({ ok: false, failure: { retryable: true } });
    expect(await takeBack()).toEqual({ ok: true });
    expect(recalled()).toEqual(['sampleFile']);
  });
});

describe('the address for taps over HTTP', () => {
  const routes = () => [...rig.platform.cardRoutes.values()];

  it('is registered at the start, with a secret that is not the app’s', async () => {
    await rig.platform.until(() => rig.platform.cardRoutes.size > 0);
    expect(routes()).toEqual([
      { url: 'https://baosong.example.gov.cn/callback/dingtalk/card', apiSecret: apiSecretOf(secret) },
    ]);
    expect(apiSecretOf(secret)).not.toContain(secret);
  });

  it('that was refused is tried again after ten minutes; until then messages go without cards', async () => {
    await rig.close();
    rig = await startRig(undefined, { cards });
    rig.platform.failNext(register, refusal('system.busy', 500));
    for (const minutes of [0, 9, 10]) {
      rig.clock.set(new Date(now.getTime() + minutes * 60_000));
      expect(await send(reminder, { id: `${minutes}` })).toEqual({ ok: true });
    }
    expect(rig.platform.sent.map(({ via }) => via)).toEqual(['private', 'private', 'card']);
    expect(rig.platform.calls.filter((path) => path === register)).toHaveLength(2);
  });
});
