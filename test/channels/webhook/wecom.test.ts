import type { Channel, Outbound, SendResult } from '../../../src/channels/channel';
import { type Content, file, heading, list, say } from '../../../src/channels/content';
import { createWecomWebhook } from '../../../src/channels/webhook/wecom';
import { FixedClock } from '../../../src/clock';
import { startWecomGroups, type WecomGroups } from '../../platforms/webhook/wecom';
import { sendWhole } from '../tries';
import { config, longBulletin, now, outbound } from './setup';

const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const otherKey = '0d5a2bfe-1111-4bc4-97a0-0ec2sifa5bbb';
const send = '/cgi-bin/webhook/send';
const upload = '/cgi-bin/webhook/upload_media';
const picture: Content = { blocks: [{ kind: 'image', fileId: 2, name: '走势.png' }], choices: [] };

let clock: FixedClock;
let groups: WecomGroups;
let channel: Channel;
beforeEach(async () => {
  clock = new FixedClock(now);
  groups = await startWecomGroups([key, otherKey], clock);
  channel = createWecomWebhook(config(groups.url), addressOf);
});
afterEach(() => groups.close());

const addressOf = async (chatId: string) => {
  const token = { 'webhook-1': key, 'webhook-2': otherKey, 'webhook-3': 'removed-robot' }[chatId];
  return token ? { token, signingSecret: null } : null;
};
const tell = (content: Content, more: Partial<Outbound> = {}) =>
  sendWhole(channel, outbound('wecom-webhook', content, more));
const into = (id: string) => ({ chat: { channel: 'wecom-webhook', kind: 'group', id } as const });
const failureOf = (result: SendResult) => (result.ok ? {} : result.failure);
const fileOf = (name: string, mediaType: string, bytes: Buffer) => ({ load: async () => ({ name, mediaType, bytes }) });

describe('a message into a WeCom group', () => {
  it('is text when it is plain sentences', async () => {
    expect(await tell(say(['光山县已报。', '还有 3 家未报。']))).toEqual({ ok: true });
    expect(groups.shown).toEqual([
      { key, msgtype: 'text', text: '光山县已报。\n还有 3 家未报。', file: null, called: [] },
    ]);
  });

  it('is markdown when it has headings and lists', async () => {
    await tell(say([heading('6月通报'), list(['未报：新县', '未报：息县'])]));
    expect(groups.shown).toMatchObject([{ msgtype: 'markdown', text: '### 6月通报\n\n- 未报：新县\n- 未报：息县' }]);
  });

  it.each([
    ['people', [{ userId: 'zhangsan' }, { mobile: '13800138000' }], ['zhangsan', '13800138000']],
    ['everybody', ['all'], ['@all']],
  ] as const)('calls %s by name, as text, once however many parts it has', async (_label, mentions, called) => {
    await tell({ ...longBulletin(60), mentions });
    expect(groups.shown.length).toBeGreaterThan(1);
    expect(groups.shown.every(({ msgtype }) => msgtype === 'text')).toBe(true);
    expect(groups.shown.flatMap((each) => each.called ?? [])).toEqual(called);
  });

  it('offers no answers, since nobody hears them', async () => {
    await tell(say(['还有 3 家未报。'], ['催报']));
    expect(groups.shown).toMatchObject([{ text: '还有 3 家未报。' }]);
  });

  it('keeps characters that JSON would escape', async () => {
    await tell(say(['"引号" \\ 🙂 a\u0007b']));
    expect(groups.shown).toMatchObject([{ text: '"引号" \\ 🙂 ab' }]);
  });

  it.each([
    ['text', say(Array.from({ length: 200 }, (_, index) => `第${index + 1}行：光山县已报`)), 2048],
    ['markdown', longBulletin(158), 4096],
  ] as const)('of %s goes in pieces that end with a line when it is too long', async (msgtype, content, limitBytes) => {
    expect(await tell(content)).toMatchObject({ ok: true });
    const pieces = groups.shown.map(({ text }) => text);
    expect(pieces.length).toBeGreaterThan(1);
    expect(groups.shown.every((each) => each.msgtype === msgtype)).toBe(true);
    expect(pieces.every((piece) => Buffer.byteLength(piece) <= limitBytes)).toBe(true);
    expect(pieces.slice(1).every((piece) => /^(第|- )/.test(piece))).toBe(true);
  });

  it('has three seconds between its parts, and each of them once', async () => {
    const pauses: (number | null)[] = [];
    const message = outbound('wecom-webhook', longBulletin(158));
    expect(await sendWhole(channel, message, (waitMs) => pauses.push(waitMs))).toMatchObject({ ok: true });
    expect(pauses).toEqual(Array.from({ length: groups.shown.length - 1 }, () => 3_000));
    const told = groups.shown.map(({ text }) => text).join('\n');
    expect(told.match(/第\d+县市场监督管理局/g)).toHaveLength(158);
  });

  it('tells the sender beforehand that a robot writes 20 times a minute', () => {
    expect(channel.quotas).toEqual([{ per: 'chat', count: 20, seconds: 60 }]);
  });

  it('brings a file after the words, under its own name', async () => {
    await tell(say([file(1, 'x'), '请查收']));
    expect(groups.shown).toMatchObject([
      { msgtype: 'text', text: '请查收' },
      { msgtype: 'file', file: { name: '附件1.xlsx', bytes: Buffer.from('bytes of 1') } },
    ]);
  });

  it('shows a small picture at once and a large one as a file', async () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    await tell(picture, fileOf('走势.png', 'image/png', png));
    await tell(picture, { id: '2', ...fileOf('走势.png', 'image/png', Buffer.concat([png, Buffer.alloc(2 ** 21)])) });
    expect(groups.shown.map(({ msgtype }) => msgtype)).toEqual(['image', 'file']);
    expect(groups.calls).toEqual([send, upload, send]);
  });

  it('reaches the group that it is for', async () => {
    await tell(say(['一']), into('webhook-2'));
    expect(groups.shown).toMatchObject([{ key: otherKey }]);
  });
});

describe('a message that WeCom does not take', () => {
  it.each([
    [-1, true, false, null],
    [45033, true, false, null],
    [45009, true, false, 60_000],
    [40007, true, false, null],
    [93000, false, true, null],
    [93004, false, true, null],
    [93008, false, true, null],
    [44004, false, true, null],
    [40008, false, true, null],
    [40009, false, true, null],
    [40058, false, true, null],
    [301019, false, true, null],
    [99999, false, true, null],
  ])('with %i says whether to try again and what to do', async (errcode, retryable, ours, waitMs) => {
    groups.failNext(send, { status: 200, body: { errcode, errmsg: 'no' } });
    const failure = failureOf(await tell(say(['1'])));
    expect(failure).toMatchObject({ code: `wecom.${errcode}`, retryable, ours, waitMs, unknown: false });
    expect(failure).toHaveProperty('userText', expect.stringMatching(/\p{Script=Han}/u));
    expect(groups.shown).toEqual([]);
  });

  it.each([
    ['a robot that was taken out of the group', 'webhook-3', 'wecom.93000', /重新添加/],
    ['a group that is bound no more', 'webhook-9', 'webhook.unbound', /chats -- add/],
  ])('for %s is given up, and says how to mend it', async (_label, id, code, advice) => {
    expect(failureOf(await tell(say(['1']), into(id)))).toMatchObject({
      ...{ code, retryable: false },
      userText: expect.stringMatching(advice),
    });
  });

  it.each([
    ['empty', 5],
    ['too large', 20 * 1024 * 1024 + 1],
  ])('because its file is %s is not uploaded', async (_label, size) => {
    const result = await tell(say([file(1, 'x')]), fileOf('x.zip', 'application/zip', Buffer.alloc(size)));
    expect(failureOf(result)).toMatchObject({ code: 'wecom.40006', retryable: false });
    expect(groups.calls).toEqual([]);
  });

  it('may have been shown all the same when no answer came', async () => {
    channel = createWecomWebhook(config(groups.url), addressOf, { callLimitMs: 100, uploadLimitMs: 100 });
    groups.failNext(send, 'taken');
    expect(failureOf(await tell(say(['1'])))).toMatchObject({ code: 'wecom.timeout', unknown: true });
    expect(groups.shown).toHaveLength(1);
  });

  it('was certainly not shown when only the upload had no answer', async () => {
    channel = createWecomWebhook(config(groups.url), addressOf, { callLimitMs: 10_000, uploadLimitMs: 100 });
    groups.failNext(upload, 'hang');
    const message = say([file(1, 'x')]);
    expect(failureOf(await tell(message))).toMatchObject({ code: 'wecom.timeout', retryable: true, unknown: false });
    expect(await tell(message)).toMatchObject({ ok: true });
  });

  it('was certainly not shown when WeCom cannot be reached', async () => {
    const gone = await startWecomGroups([key], clock);
    await gone.close();
    channel = createWecomWebhook(config(gone.url), addressOf);
    expect(failureOf(await tell(say(['1'])))).toMatchObject({ code: 'wecom.unreachable', unknown: false });
  });

  it('never names the key', async () => {
    for (const handling of ['drop', { status: 502, body: 'x' }, { status: 200, body: 'x' }] as const) {
      groups.failNext(send, handling);
      expect(JSON.stringify(await tell(say(['1'])))).not.toContain(key);
    }
  });
});
