import type { Channel, Outbound, SendResult } from '../../../src/channels/channel';
import { type Content, file, heading, list, say } from '../../../src/channels/content';
import { createDingtalkWebhook } from '../../../src/channels/webhook/dingtalk';
import { FixedClock } from '../../../src/clock';
import { type DingtalkGroups, startDingtalkGroups } from '../../platforms/webhook/dingtalk';
import { sendWhole } from '../tries';
import { config, longBulletin, now, outbound } from './setup';

const secret = 'SEC00testonly00c4d1e7a9b3f25860d9e1c7b4a3f2e5d6';
const robots = {
  'webhook-1': { token: 'tokenOfTheSignedRobot', secret },
  'webhook-2': { token: 'tokenOfTheKeywordRobot', keywords: ['报送'] },
  'webhook-3': { token: 'tokenOfTheFencedRobot', deniesIp: true },
  'webhook-4': { token: 'tokenOfTheMisboundRobot', secret },
};

let clock: FixedClock;
let groups: DingtalkGroups;
let channel: Channel;
beforeEach(async () => {
  clock = new FixedClock(now);
  groups = await startDingtalkGroups(Object.values(robots), clock);
  channel = createDingtalkWebhook(config(groups.url), addressOf, clock);
});
afterEach(() => groups.close());

const addressOf = async (chatId: string) => {
  const { token } = { 'webhook-5': { token: 'removed' }, ...robots }[chatId] ?? {};
  const signed: Readonly<Record<string, string>> = { 'webhook-1': secret, 'webhook-4': 'SECanother' };
  return token ? { token, signingSecret: signed[chatId] ?? null } : null;
};
const tell = (content: Content, more: Partial<Outbound> = {}) =>
  sendWhole(channel, outbound('dingtalk-webhook', content, more));
const into = (id: string) => ({ chat: { channel: 'dingtalk-webhook', kind: 'group', id } as const });
const failureOf = (result: SendResult) => (result.ok ? {} : result.failure);

describe('a message into a DingTalk group', () => {
  it('is signed and text when it is plain sentences', async () => {
    expect(await tell(say(['光山县已报。']))).toEqual({ ok: true });
    const { token } = robots['webhook-1'];
    expect(groups.shown).toEqual([{ token, msgtype: 'text', title: '', text: '光山县已报。', called: [] }]);
  });

  it.each([
    ['people', [{ userId: 'manager7' }, { mobile: '13800138000' }], ['manager7', '13800138000']],
    ['everybody', ['all'], ['@all']],
  ] as const)('calls %s by name, once however many parts it has', async (_label, mentions, called) => {
    await tell({ ...longBulletin(600), mentions });
    expect(groups.shown.length).toBeGreaterThan(1);
    expect(groups.shown.flatMap((each) => each.called)).toEqual(called);
  });

  it('is signed anew each time, for a signature ages', async () => {
    await tell(say(['1']));
    clock.set(new Date(now.getTime() + 2 * 3600_000));
    expect(await tell(say(['1']), { id: '2' })).toMatchObject({ ok: true });
  });

  it('is markdown under the heading as title, and offers no answers', async () => {
    await tell(say([heading('6月通报'), list(['未报：新县'])], ['催报']));
    expect(groups.shown).toMatchObject([
      { msgtype: 'markdown', title: '6月通报', text: '### 6月通报\n\n- 未报：新县' },
    ]);
  });

  it('needs no signature where the robot has other settings', async () => {
    expect(await tell(say(['报送进度']), into('webhook-2'))).toMatchObject({ ok: true });
  });

  it('names the files that such a robot cannot bring', async () => {
    await tell(say([file(1, '附件1.xlsx'), '请查收']));
    expect(groups.shown).toMatchObject([{ text: expect.stringMatching(/^请查收\n（附件《附件1.xlsx》无法/) }]);
  });

  it('goes in pieces that end with a line when it is too long', async () => {
    expect(await tell(longBulletin(400))).toMatchObject({ ok: true });
    expect(groups.shown.length).toBeGreaterThan(1);
    expect(groups.shown.slice(1).every(({ text }) => text.startsWith('- '))).toBe(true);
  });
});

describe('a message that DingTalk does not take', () => {
  it.each([
    ['a keyword is missing', 'webhook-2', 'dingtalk.310000.keywords', /自定义关键词/],
    ['the address is not allowed', 'webhook-3', 'dingtalk.310000.ip', /IP地址/],
    ['the secret is another', 'webhook-4', 'dingtalk.310000.sign', /--secret/],
    ['the robot was taken out', 'webhook-5', 'dingtalk.300001', /重新添加/],
    ['the group is bound no more', 'webhook-9', 'webhook.unbound', /chats -- add/],
  ])('because %s is given up, and says how to mend it', async (_label, id, code, advice) => {
    expect(failureOf(await tell(say(['1']), into(id)))).toMatchObject({
      ...{ code, retryable: false, ours: true },
      userText: expect.stringMatching(advice),
    });
  });

  it('because our clock is wrong says so', async () => {
    const late = new FixedClock(new Date(now.getTime() - 2 * 3600_000));
    channel = createDingtalkWebhook(config(groups.url), addressOf, late);
    expect(failureOf(await tell(say(['1'])))).toMatchObject({
      ...{ code: 'dingtalk.310000.timestamp', retryable: false },
      userText: expect.stringContaining('校准服务器时间'),
    });
  });

  it.each([
    [-1, true, false, null],
    [410100, true, false, 600_000],
    [130101, true, false, 600_000],
    [310000, false, true, null],
    [400101, false, true, null],
    [400102, false, true, null],
    [400106, false, true, null],
    [400013, false, false, null],
    [400105, false, true, null],
    [430104, false, true, null],
    [460101, false, true, null],
    [40035, false, true, null],
    [43004, false, true, null],
  ])('with %i says whether to try again and what to do', async (errcode, retryable, ours, waitMs) => {
    groups.failNext({ status: 200, body: { errcode, errmsg: 'no' } });
    const failure = failureOf(await tell(say(['1'])));
    expect(failure).toMatchObject({ code: `dingtalk.${errcode}`, retryable, ours, waitMs, unknown: false });
    expect(failure).toHaveProperty('userText', expect.stringMatching(/\p{Script=Han}/u));
  });

  it('is repeated after silence without showing twice', async () => {
    channel = createDingtalkWebhook(config(groups.url), addressOf, clock, { callLimitMs: 100, uploadLimitMs: 100 });
    groups.failNext('taken');
    expect(failureOf(await tell(say(['1'])))).toMatchObject({ retryable: true, unknown: false });
    expect(await tell(say(['1']))).toMatchObject({ ok: true });
    expect(groups.shown).toHaveLength(1);
  });

  it('has not been taken when something else than DingTalk answered', async () => {
    groups.failNext({ status: 200, body: {} });
    expect(failureOf(await tell(say(['1'])))).toMatchObject({ code: 'dingtalk.silent', retryable: true });
  });

  it('never names token or secret', async () => {
    for (const handling of ['drop', { status: 502, body: 'x' }, { status: 200, body: 'x' }] as const) {
      groups.failNext(handling);
      expect(JSON.stringify(await tell(say(['1'])))).not.toMatch(/tokenOf|SEC0/);
    }
  });
});

it('two messages of the same words are both shown', async () => {
  await tell(say(['还有 3 家未报。']), { id: '1' });
  await tell(say(['还有 3 家未报。']), { id: '2' });
  expect(groups.shown).toHaveLength(2);
});
