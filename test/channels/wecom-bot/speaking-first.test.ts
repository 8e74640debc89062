/** A robot behind a callback address speaks first only by an address that came with a message and was not needed. */
import { say } from '../../../src/channels/content';
import { encryptedId, type Meeting, meet, outbound } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet({ openIds: { [encryptedId]: 'ZhangSan' } });
});
afterEach(async () => {
  await meeting.end();
});

const hearFrom = (from: string, group?: string) =>
  meeting.deliver({ from, text: '你好', responseUrl: meeting.web.responseUrl(), ...(group && { group }) });
const notice = (channel = 'wecom-bot', id = 'ZhangSan') =>
  outbound(say(['张三已提交']), { chat: { channel, kind: 'private', id } });
const noWay = { ok: false, failure: { code: 'wecom_bot.no_way', retryable: false } };

it.each([
  ['in their chat', 'ZhangSan', 'wecom-bot', 'ZhangSan'],
  ['under their account', 'ZhangSan', 'wecom', 'zhangsan'],
  ['under their account, behind an encrypted id', encryptedId, 'wecom', 'zhangsan'],
])('tells somebody something within the hour, once, %s', async (_, from, channel, id) => {
  await hearFrom(from);
  expect(await meeting.channel.send(notice(channel, id))).toMatchObject({ ok: true });
  expect(meeting.web.posted).toEqual(['张三已提交']);
  expect(await meeting.channel.send(notice(channel, id))).toMatchObject(noWay);
});

it('has no way after the hour', async () => {
  await hearFrom('ZhangSan');
  meeting.time.advance(60 * 60_000);
  expect(await meeting.channel.send(notice())).toMatchObject(noWay);
});

it('does not use what came from a group, where it would answer somebody’s message', async () => {
  await hearFrom('ZhangSan', 'wrCHAT');
  expect(await meeting.channel.send(notice())).toMatchObject(noWay);
});

it('has no way when WeCom does not take the address', async () => {
  await hearFrom('ZhangSan');
  meeting.web.failNext({ at: 'response', errcode: 40058 });
  expect(await meeting.channel.send(notice())).toMatchObject(noWay);
});

it('keeps the address when WeCom is only busy', async () => {
  await hearFrom('ZhangSan');
  meeting.web.failNext({ at: 'response', status: 503 });
  expect(await meeting.channel.send(notice())).toMatchObject({ ok: false, failure: { retryable: true } });
  expect(await meeting.channel.send(notice())).toMatchObject({ ok: true });
});
