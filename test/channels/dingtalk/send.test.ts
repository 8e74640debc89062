import type { SendFailure, SendResult } from '../../../src/channels/channel';
import { file, heading, say } from '../../../src/channels/content';
import type { Handling } from '../../platforms/dingtalk/http';
import { now, type Rig, startRig } from './setup';

const batchSend = '/v1.0/robot/oToMessages/batchSend';
const groupSend = '/v1.0/robot/groupMessages/send';
const session = '/robot/sendBySession';
const token = '/v1.0/oauth2/accessToken';
const group = { channel: 'dingtalk', kind: 'group', id: 'cidGroup+/==' } as const;

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ apiMs: 10_000, uploadMs: 10_000 });
  rig.platform.groups.add(group.id);
});
afterEach(() => rig.close());

function failureOf(result: SendResult): Partial<SendFailure> {
  return result.ok ? {} : result.failure;
}

describe('an answer to a message', () => {
  it('goes back the way that came with it, without a call of the robot API', async () => {
    const replyVia = await rig.replyVia('manager7');
    expect(await rig.send({ replyVia })).toEqual({ ok: true });
    expect(rig.platform.sent).toEqual([
      { via: 'session', to: ['manager7'], kind: 'text', params: { content: '已收到' }, called: [] },
    ]);
    expect(rig.platform.calls).toEqual([session]);
  });

  it('is markdown with choices to tap when there are headings', async () => {
    const content = say([heading('6月统计表'), '请核对'], ['确认']);
    await rig.send({ replyVia: await rig.replyVia('manager7'), content });
    expect(rig.platform.sent[0]).toMatchObject({ kind: 'markdown', params: { title: '6月统计表' } });
    expect(rig.platform.sent[0]?.params['text']).toContain(
      '[确认](dtmd://dingtalkclient/sendMessage?content=%E7%A1%AE',
    );
  });

  it.each([
    [
      'the platform has forgotten the session',
      (here: Rig) => here.platform.forgetSessions(),
      [session, token, batchSend],
    ],
    ['its time is over', (here: Rig) => here.clock.set(new Date(now.getTime() + 5_400_000)), [token, batchSend]],
  ])('goes through the robot API at once when %s', async (_, happen, calls) => {
    const replyVia = await rig.replyVia('manager7');
    happen(rig);
    expect(await rig.send({ replyVia })).toMatchObject({ ok: true });
    expect(rig.platform.sent).toMatchObject([{ via: 'private', to: ['manager7'], params: { content: '已收到' } }]);
    expect(rig.platform.calls).toEqual(calls);
  });

  it('is never posted to another host', async () => {
    const replyVia = { handle: 'https://evil.example/robot/sendBySession', expiresAt: '2025-07-02T02:30:00.000Z' };
    await rig.send({ replyVia });
    expect(rig.platform.sent).toMatchObject([{ via: 'private' }]);
  });

  it('goes on through the robot API when the session ends between two parts', async () => {
    const replyVia = await rig.replyVia('manager7');
    const lines = Array.from({ length: 1000 }, (_, index) => `第${index}行${'字'.repeat(8)}`).join('\n');
    rig.platform.failNext(session, { status: 200, body: { errcode: 300001, errmsg: 'session 不存在' } });
    await rig.send({ replyVia, content: say([lines]) });
    expect(rig.platform.sent.length).toBeGreaterThan(1);
    expect(rig.platform.sent.map((sent) => sent.params['content']).join('\n')).toBe(lines);
    expect(rig.platform.calls.filter((path) => path === session)).toHaveLength(1);
  });
});

describe('an answer in a group', () => {
  const mentions = [{ userId: 'manager7' }] as const;

  it.each([
    ['plain', say(['已报3家'])],
    ['marked up', say([heading('进度'), '已报3家'])],
  ])('calls whoever asked by name, %s', async (_label, content) => {
    const replyVia = await rig.replyVia('manager7');
    await rig.send({ chat: group, replyVia, content: { ...content, mentions } });
    expect(rig.platform.sent).toMatchObject([{ via: 'session', called: ['manager7'] }]);
  });

  it('goes out without names where it has to take the robot API, which knows none', async () => {
    await rig.send({ chat: group, content: { ...say(['已报3家']), mentions } });
    expect(rig.platform.sent).toMatchObject([{ via: 'group', params: { content: '已报3家' } }]);
  });

  it('calls nobody in a private chat', async () => {
    const replyVia = await rig.replyVia('manager7');
    await rig.send({ replyVia, content: { ...say(['好']), mentions } });
    expect(rig.platform.sent).toMatchObject([{ called: [], params: { content: '好' } }]);
  });
});

describe('a message of the robot’s own', () => {
  it('reaches a person and names the platform’s receipt', async () => {
    const receipts: (string | null)[] = [];
    expect(await rig.send({ went: (receipt) => void receipts.push(receipt) })).toEqual({ ok: true });
    expect(receipts).toEqual(['key2+/=']);
    expect(rig.platform.sent).toEqual([
      { via: 'private', to: ['manager7'], kind: 'sampleText', params: { content: '已收到' } },
    ]);
  });

  it('reaches a group, with choices to type', async () => {
    await rig.send({ chat: group, content: say([heading('通报')], ['进度']) });
    expect(rig.platform.sent).toEqual([
      {
        via: 'group',
        to: [group.id],
        kind: 'sampleMarkdown',
        params: { title: '通报', text: '### 通报\n\n可回复：进度' },
      },
    ]);
  });

  it('too long for one message arrives in several, all of it', async () => {
    const text = Array.from({ length: 600 }, (_, index) => `${index} "平桥区" 企业二十七家，专利九件`).join('\n');
    expect(await rig.send({ content: say([text]) })).toMatchObject({ ok: true });
    expect(rig.platform.sent.length).toBeGreaterThan(1);
    expect(rig.platform.sent.map((sent) => sent.params['content']).join('\n')).toBe(text);
  });

  it('carries a file after the words', async () => {
    await rig.send({ chat: group, content: say(['见附件', file(7, '附件7.xlsx')]) });
    expect(rig.platform.uploads).toMatchObject([{ type: 'file', name: '附件7.xlsx', bytes: Buffer.from('sheet') }]);
    expect(rig.platform.sent).toMatchObject([
      { kind: 'sampleText' },
      { kind: 'sampleFile', params: { mediaId: '@media1', fileName: '附件7.xlsx', fileType: 'xlsx' } },
    ]);
  });

  it('carries a picture', async () => {
    const content = { blocks: [{ kind: 'image', fileId: 1, name: '图' }], choices: [] } as const;
    const load = async () => ({ name: 'chart.png', mediaType: 'image/png', bytes: Buffer.from('png') });
    await rig.send({ content, load });
    expect(rig.platform.uploads).toMatchObject([{ type: 'image', name: 'chart.png' }]);
    expect(rig.platform.sent).toMatchObject([{ kind: 'sampleImageMsg', params: { photoURL: '@media1' } }]);
  });

  it.each([
    ['of a kind that DingTalk refuses', 'a.csv', 1, 'dingtalk.file.type'],
    ['of more than 20 MB', 'a.zip', 20 * 1024 * 1024 + 1, 'dingtalk.file.size'],
  ])('does not carry a file %s', async (_, name, size, code) => {
    const load = async () => ({ name, mediaType: 'text/plain', bytes: Buffer.alloc(size) });
    const failure = failureOf(await rig.send({ content: say([file(1, name)]), load }));
    expect(failure).toMatchObject({ code, retryable: false, ours: true });
    expect(rig.platform.calls).toEqual([]);
  });

  it('without content is sent without a call', async () => {
    expect(await rig.send({ content: say([]) })).toEqual({ ok: true });
    expect(rig.platform.calls).toEqual([]);
  });
});

describe('the access token', () => {
  it('is fetched once for messages sent at the same time and kept for later ones', async () => {
    await Promise.all([rig.send({}), rig.send({}), rig.send({ chat: group })]);
    await rig.send({});
    expect(rig.platform.calls.filter((path) => path === token)).toHaveLength(1);
  });

  it.each([
    [7200 - 301, 1],
    [7200 - 300, 2],
  ])('after %d s has been fetched %d times', async (seconds, times) => {
    await rig.send({});
    rig.clock.set(new Date(now.getTime() + seconds * 1000));
    await rig.send({});
    expect(rig.platform.calls.filter((path) => path === token)).toHaveLength(times);
  });

  it('that ended early is replaced, and the message arrives once', async () => {
    await rig.send({});
    rig.platform.expireTokens();
    expect(await rig.send({ content: say(['第二条']) })).toMatchObject({ ok: true });
    expect(rig.platform.calls).toEqual([token, batchSend, batchSend, token, batchSend]);
    expect(rig.platform.sent.map((sent) => sent.params['content'])).toEqual(['已收到', '第二条']);
  });

  it('that ended early is replaced for an upload as well', async () => {
    await rig.send({});
    rig.platform.expireTokens();
    expect(await rig.send({ content: say([file(1, '附件1.xlsx')]) })).toMatchObject({ ok: true });
  });

  it('that a gateway of the old API refuses by its sub_code is replaced', async () => {
    const refusal = { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token' };
    rig.platform.failNext('/media/upload', { status: 200, body: refusal });
    expect(await rig.send({ content: say([file(1, '附件1.xlsx')]) })).toMatchObject({ ok: true });
  });

  it('that is refused again and again is given up after one retry', async () => {
    const refusal = { status: 401, body: { code: 'InvalidAuthentication', message: '不合法的access_token' } };
    rig.platform.failNext(batchSend, refusal);
    rig.platform.failNext(batchSend, refusal);
    const failure = failureOf(await rig.send({}));
    expect(failure).toMatchObject({ code: 'dingtalk.InvalidAuthentication', ours: true, unknown: false });
    expect(rig.platform.calls.filter((path) => path === batchSend)).toHaveLength(2);
  });

  it('that could not be fetched is fetched anew for the next message', async () => {
    rig.platform.failNext(token, { status: 503, body: 'busy' });
    expect(failureOf(await rig.send({}))).toMatchObject({ code: 'dingtalk.http503', retryable: true });
    expect(await rig.send({})).toMatchObject({ ok: true });
  });

  it('for a wrong secret fails with what to do', async () => {
    const other = await startRig(undefined, { clientSecret: 'wrong' });
    const failure = failureOf(await other.send({}));
    await other.close();
    expect(failure).toMatchObject({ code: 'dingtalk.invalidClientIdOrSecret', retryable: false, ours: true });
  });
});

describe('a message that DingTalk does not take', () => {
  const code = (status: number, name: string) => ({ status, body: { code: name, message: '机密', requestid: 'r' } });
  const old = (errcode: number | string) => ({ status: 200, body: { errcode, errmsg: '机密' } });
  const blocked = { status: 200, body: { status: 1111, wait: 5, source: 'x5', punish: 'deny' } };

  it.each<[string, Handling, Partial<SendFailure>]>([
    ['for haste', code(400, 'send.too.fast'), { retryable: true, waitMs: 60_000 }],
    [
      'for the calls of a second',
      code(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
      { retryable: true, waitMs: 1_000 },
    ],
    [
      'for the quota of the month',
      code(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'),
      { retryable: false, ours: false },
    ],
    ['for the quota of the month, the old way', old(90020), { retryable: false, ours: false }],
    ['for its own trouble', code(500, 'system.error'), { retryable: true, ours: false }],
    ['for trouble of a new kind', code(500, 'brand.new'), { code: 'dingtalk.brand.new', retryable: true }],
    ['for a gateway that gave up', { status: 504, body: '<html>' }, { code: 'dingtalk.http504', retryable: true }],
    ['for an old kind of trouble', old(-1), { retryable: true }],
    ['with 200 and an error', old('60011'), { code: 'dingtalk.60011', retryable: false, ours: true }],
    [
      'for want of permission',
      code(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied'),
      { retryable: false, ours: true },
    ],
    ['for the robot code', code(400, 'invalidParameter.robotCode.auth'), { retryable: false, ours: true }],
    ['for the person', code(400, 'staffId.notExisted'), { retryable: false, ours: false }],
    ['for its content', code(400, 'contain.unsafe.url'), { retryable: false, ours: true }],
    ['for reasons that we do not know', code(400, 'brand.new'), { retryable: false, ours: true }],
    ['for a code that could be a text', code(400, '机密 27'), { code: 'dingtalk.unreadable', retryable: false }],
    ['because a firewall answers', blocked, { code: 'dingtalk.foreign', retryable: true, waitMs: 300_000 }],
    ['because a page answers', { status: 200, body: '<html>' }, { code: 'dingtalk.foreign', retryable: true }],
    ['because a list answers', { status: 200, body: [] }, { code: 'dingtalk.foreign', retryable: true }],
    ['because an address answers', { status: 302, body: '' }, { code: 'dingtalk.foreign', retryable: true }],
    [
      'and says neither yes nor no',
      { status: 200, body: {} },
      { code: 'dingtalk.silent', unknown: true, retryable: false },
    ],
    ['and breaks off', 'drop', { code: 'dingtalk.silent', unknown: true, retryable: false }],
  ])('fails with what matters %s', async (_, handling, expected) => {
    rig.platform.failNext(batchSend, handling);
    const failure = failureOf(await rig.send({}));
    expect(failure).toMatchObject({ unknown: false, ...expected });
    expect(failure.userText).toMatch(/[请无需]/);
    expect(failure.message).not.toContain('机密');
  });

  it('and never answers may have arrived, so it is not sent again', async () => {
    const hasty = await startRig({ apiMs: 50, uploadMs: 50 });
    hasty.platform.failNext(batchSend, 'hang');
    await hasty.platform.deliver(hasty.botUrl, { from: 'manager7', text: 'x' });
    const failure = failureOf(await hasty.send({}));
    await hasty.close();
    expect(failure).toMatchObject({ code: 'dingtalk.silent', retryable: false, unknown: true });
  });

  it.each([token, '/media/upload'])('because %s broke off has not been sent, so it can be again', async (path) => {
    rig.platform.failNext(path, 'drop');
    const failure = failureOf(await rig.send({ content: say([file(1, '附件1.xlsx')]) }));
    expect(failure).toMatchObject({ code: 'dingtalk.unreachable', retryable: true, unknown: false });
  });

  it('because nobody listens can be sent again', async () => {
    const lonely = await startRig();
    await lonely.close();
    expect(failureOf(await lonely.send({}))).toMatchObject({
      code: 'dingtalk.unreachable',
      retryable: true,
      unknown: false,
    });
  });

  it('to somebody outside the organisation is given up', async () => {
    rig.platform.unknownStaff.add('manager7');
    expect(failureOf(await rig.send({}))).toMatchObject({
      code: 'dingtalk.invalidStaffId',
      retryable: false,
      ours: false,
    });
  });

  it('to somebody who gets too many is sent again in a minute', async () => {
    rig.platform.slowedStaff.add('manager7');
    const failure = failureOf(await rig.send({}));
    expect(failure).toMatchObject({ code: 'dingtalk.flowControlled', retryable: true, waitMs: 60_000, ours: false });
  });

  it('for an unknown group is given up', async () => {
    const failure = failureOf(await rig.send({ chat: { ...group, id: 'cidOther==' } }));
    expect(failure).toMatchObject({ code: 'dingtalk.invalid.openConversationId', retryable: false });
    expect(rig.platform.calls).toEqual([token, groupSend]);
  });

  it.each<[string, Handling, Partial<SendFailure>]>([
    ['after ten minutes when the session is throttled', old(410100), { retryable: true, waitMs: 600_000 }],
    ['never when the content is refused', old(430104), { retryable: false, ours: true }],
    ['never when the session breaks off', 'drop', { retryable: false, unknown: true }],
    ['never when the session says nothing', { status: 200, body: {} }, { retryable: false, unknown: true }],
  ])('as an answer is sent again %s', async (_, handling, expected) => {
    const replyVia = await rig.replyVia('manager7');
    rig.platform.failNext(session, handling);
    expect(failureOf(await rig.send({ replyVia }))).toMatchObject(expected);
    expect(rig.platform.sent).toEqual([]);
  });
});
