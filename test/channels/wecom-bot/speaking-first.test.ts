/** A robot behind a callback address speaks first only by an address that came with a message and was not needed. */
import { say } from '../../../src/channels/content';
import { encryptedId, type Meeting, meet, outbound } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet({ openIds: { [encryptedId]: 'ZhangSan' } });
  meeting.spare.set('zhangsan', { handle: meeting.web.responseUrl(), expiresAt: '2025-07-02T02:59:00.000Z' });
});
afterEach(async () => {
  await meeting.end();
});

const notice = (channel = 'wecom-bot', id = 'ZhangSan', kind: 'private' | 'group' = 'private') =>
  outbound(say(['张三已提交']), { chat: { channel, kind, id } });
const noWay = { ok: false, failure: { code: 'wecom_bot.no_way', retryable: false } };

it.each([
  ['in their chat', 'wecom-bot', 'ZhangSan'],
  ['under their account', 'wecom', 'zhangsan'],
  ['in their chat, behind an encrypted id that this robot has not heard of', 'wecom-bot', encryptedId],
])('tells somebody something within the hour, once, %s', async (_, channel, id) => {
  expect(await meeting.channel.send(notice(channel, id))).toMatchObject({ ok: true });
  expect(meeting.web.posted).toEqual(['张三已提交']);
  expect(await meeting.channel.send(notice(channel, id))).toMatchObject(noWay);
});

it('has no way after the hour', async () => {
  meeting.time.advance(60 * 60_000);
  expect(await meeting.channel.send(notice())).toMatchObject(noWay);
});

it('has no way into a group, where it would answer somebody’s message', async () => {
  expect(await meeting.channel.send(notice('wecom-bot', 'zhangsan', 'group'))).toMatchObject(noWay);
});

it('has no way when WeCom does not take the address', async () => {
  meeting.web.failNext({ at: 'response', errcode: 40058 });
  expect(await meeting.channel.send(notice())).toMatchObject(noWay);
});

it('keeps the address when WeCom is only busy', async () => {
  meeting.web.failNext({ at: 'response', status: 503 });
  expect(await meeting.channel.send(notice())).toMatchObject({ ok: false, failure: { retryable: true } });
  expect(await meeting.channel.send(notice())).toMatchObject({ ok: true });
});
