import type { Chat } from '../../../src/channels/channel';
import { file, say } from '../../../src/channels/content';
import { type Tries, triesOf } from '../tries';
import { outbound, type Rig, startRig } from './setup';

const batchSend = '/v1.0/robot/oToMessages/batchSend';
const group: Chat = { channel: 'dingtalk', kind: 'group', id: 'cidGroup+/==' };
const personal = (id: string): Chat => ({ channel: 'dingtalk', kind: 'private', id });
const content = say(['六月通报', file(1, '附件1.xlsx')]);

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
  rig.platform.groups.add(group.id);
});
afterEach(() => rig.close());

const to = (id: string) => triesOf({ ...outbound, id: `out-${id}`, chat: personal(id), content });
const receiptsOf = ({ receipts }: Tries) => receipts.flatMap((receipt) => receipt ?? []);

describe('a message to many people', () => {
  it('takes one call of the monthly quota for each of its parts, and one upload', async () => {
    const people = [to('manager7'), to('manager8')] as const;
    const results = await rig.channel.broadcast?.send([people[0].next(), people[1].next()]);
    expect(results).toEqual([{ ok: true }, { ok: true }]);
    expect(rig.platform.sent).toMatchObject([
      { kind: 'sampleText', to: ['manager7', 'manager8'] },
      { kind: 'sampleFile', to: ['manager7', 'manager8'] },
    ]);
    expect(rig.platform.uploads).toHaveLength(1);
  });

  it('names to one call no more people than it may', async () => {
    expect(rig.channel.broadcast?.most).toBe(20);
  });

  it.each([
    ['is not of the organisation', 'unknownStaff', 'dingtalk.invalidStaffId', false],
    ['is slowed down', 'slowedStaff', 'dingtalk.flowControlled', true],
  ] as const)('reaches the others when one of them %s, and says who it is', async (_why, list, code, retryable) => {
    rig.platform[list].add('manager7');
    const missed = to('manager7');
    const results = await rig.channel.broadcast?.send([missed.next(), to('manager8').next()]);
    expect(results).toMatchObject([{ ok: false, failure: { code, retryable } }, { ok: true }]);
    expect(missed.receipts).toEqual([]);
    expect(rig.platform.sent.map((sent) => sent.to)).toEqual([['manager8'], ['manager8']]);
  });

  it('goes on where it broke off when it is tried again', async () => {
    const people = [to('manager7'), to('manager8')] as const;
    const next = () => rig.channel.broadcast?.send([people[0].next(), people[1].next()]);
    rig.platform.failNext('/media/upload', { status: 500, body: { code: 'system.busy' } });
    expect(await next()).toMatchObject([{ ok: false }, { ok: false }]);
    expect(await next()).toEqual([{ ok: true }, { ok: true }]);
    expect(rig.platform.sent.map(({ kind }) => kind)).toEqual(['sampleText', 'sampleFile']);
  });
});

describe('a message of several parts', () => {
  it('does not begin again when a later part has to be sent again', async () => {
    const tries = triesOf({ ...outbound, chat: group, content });
    rig.platform.failNext('/media/upload', { status: 503, body: {} });
    expect(await rig.channel.send(tries.next())).toMatchObject({ ok: false, failure: { retryable: true } });
    expect(await rig.channel.send(tries.next())).toEqual({ ok: true });
    expect(rig.platform.sent.map(({ kind }) => kind)).toEqual(['sampleText', 'sampleFile']);
  });
});

describe('a message that is taken back', () => {
  it.each([
    ['people', personal('manager7')],
    ['a group', group],
  ])('disappears for %s, all parts of it', async (_who, chat) => {
    const tries = triesOf({ ...outbound, chat, content });
    await rig.channel.send(tries.next());
    await rig.channel.send({ ...outbound, chat, content: say(['别的事']) });
    expect(await rig.channel.recall?.take({ chat, receipts: receiptsOf(tries) })).toEqual({ ok: true });
    expect(rig.platform.sent.map(({ params }) => params['content'])).toEqual(['别的事']);
    expect(rig.platform.recalled).toHaveLength(2);
  });

  it('more than a day ago is not, and says why', async () => {
    const tries = triesOf({ ...outbound, content });
    await rig.channel.send(tries.next());
    rig.clock.set(new Date(rig.clock.now().getTime() + 25 * 3600_000));
    const result = await rig.channel.recall?.take({ chat: outbound.chat, receipts: receiptsOf(tries) });
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'dingtalk.recall.failed', retryable: false, userText: expect.stringContaining('24 小时') },
    });
  });

  it('by the way that came with a question has no receipt, so nobody can', async () => {
    const tries = triesOf({ ...outbound, replyVia: await rig.replyVia('manager7'), content: say(['好']) });
    await rig.channel.send(tries.next());
    expect(tries.receipts).toEqual([null]);
    expect(rig.platform.calls).not.toContain(batchSend);
  });
});
