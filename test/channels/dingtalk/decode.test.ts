import type { LoadFile } from '../../../src/channels/channel';
import { decodeRobotMessage } from '../../../src/channels/dingtalk/decode';

const load: LoadFile = async () => ({ ok: false, reason: 'unreachable' });
const receiver = { robotCode: 'dingrobot', oapiUrl: 'https://oapi.dingtalk.com', open: () => load };

/** After the sample of the page 消息发送与接收类型. */
const sample = {
  conversationId: 'cidSample+/==',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$bot' }],
  chatbotCorpId: 'dingcorp',
  chatbotUserId: '$:LWCP_v1:$bot',
  msgId: 'msgSample+/==',
  senderNick: '小王',
  isAdmin: false,
  senderStaffId: 'manager7',
  sessionWebhookExpiredTime: 1760005400180,
  createAt: 1760000000000,
  senderCorpId: 'dingcorp',
  conversationType: '1',
  senderId: '$:LWCP_v1:$sender',
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=abc',
  robotCode: 'dingrobot',
  msgtype: 'text',
  text: { content: ' 企业27 ' },
};

const decode = (fields: Record<string, unknown>) => decodeRobotMessage({ ...sample, ...fields }, receiver);

function contentOf(fields: Record<string, unknown>) {
  const decoded = decode({ text: undefined, ...fields });
  return decoded.kind === 'message' ? decoded.inbound.content : decoded.kind;
}

describe('a robot message', () => {
  it('says who wrote what where, and how to answer', () => {
    expect(decode({})).toEqual({
      kind: 'message',
      inbound: {
        chat: { channel: 'dingtalk', kind: 'private', id: 'manager7' },
        userId: 'manager7',
        key: 'msgSample+/==',
        content: { kind: 'text', text: '企业27' },
        replyVia: { handle: sample.sessionWebhook, expiresAt: '2025-10-09T10:22:20.180Z' },
      },
    });
  });

  it('from a group belongs to the group, whose id is kept to the letter', () => {
    const decoded = decode({ conversationType: '2' });
    expect(decoded).toMatchObject({
      inbound: { chat: { channel: 'dingtalk', kind: 'group', id: 'cidSample+/==' }, userId: 'manager7' },
    });
  });

  it.each([
    ['a time in digits as text', { createAt: '1760000000000', sessionWebhookExpiredTime: '1760005400180' }],
    ['a misspelt time', { createAt: undefined, createA: 1760000000000 }],
    ['fields that nobody documented', { openThreadId: 'x', originalMsgId: { deep: [1] } }],
    ['only what is needed', { atUsers: undefined, senderNick: undefined, senderId: undefined, robotCode: undefined }],
    ['fields of another type', { isAdmin: 'no', senderId: 5, robotCode: null, content: 'bare' }],
  ])('is read with %s', (_, fields) => {
    expect(decode(fields)).toMatchObject({
      kind: 'message',
      inbound: { content: { kind: 'text', text: '企业27' }, replyVia: { handle: sample.sessionWebhook } },
    });
  });
});

describe('what a person can send', () => {
  const rich = (...richText: unknown[]) => ({ msgtype: 'richText', content: { richText } });

  it.each([
    [
      'speech',
      { msgtype: 'audio', content: { downloadCode: 'd', recognition: ' 企业二十七 ', duration: 4000 } },
      { kind: 'voice', text: '企业二十七' },
    ],
    [
      'speech that was not understood',
      { msgtype: 'audio', content: { downloadCode: 'd' } },
      { kind: 'other', type: 'audio' },
    ],
    [
      'a picture',
      { msgtype: 'picture', content: { downloadCode: 'd', pictureDownloadCode: 'p' } },
      { kind: 'picture', ref: 'd' },
    ],
    [
      'a file',
      { msgtype: 'file', content: { downloadCode: 'd', fileName: '附件1.xlsx' } },
      { kind: 'file', name: '附件1.xlsx', ref: 'd', load },
    ],
    [
      'rich text',
      rich({ text: '企业27\n' }, { text: '专利9' }, { type: 'picture', downloadCode: 'd' }),
      { kind: 'text', text: '企业27\n专利9' },
    ],
    ['rich text of a picture', rich({ type: 'picture', downloadCode: 'd' }), { kind: 'picture', ref: 'd' }],
    ['empty rich text', rich(), { kind: 'other', type: 'richText' }],
    ['a film', { msgtype: 'video', content: { downloadCode: 'd', duration: '5' } }, { kind: 'other', type: 'video' }],
    [
      'what the platform does not know',
      { msgtype: 'unknownMsgType', content: { unknownMsgType: 'x' } },
      { kind: 'other', type: 'unknownMsgType' },
    ],
    ['a blank text', { msgtype: 'text', text: { content: '  ' } }, { kind: 'other', type: 'text' }],
    ['a text without a text', { msgtype: 'text' }, { kind: 'other', type: 'text' }],
    ['nothing named', { msgtype: undefined }, { kind: 'other', type: 'unknown' }],
  ])('is taken as it is meant: %s', (_, fields, content) => {
    expect(contentOf(fields)).toEqual(content);
  });

  it.each([
    ['before the words', ' 进度', '进度'],
    ['after the words', '进度 ', '进度'],
  ])('loses the space of the mention %s', (_, content, text) => {
    expect(contentOf({ conversationType: '2', text: { content } })).toEqual({ kind: 'text', text });
  });

  it('loses the mention that rich text keeps, in a group only', () => {
    const pieces = rich({ text: '@报送助手 ' }, { text: '进度' });
    expect(contentOf({ ...pieces, conversationType: '2' })).toEqual({ kind: 'text', text: '进度' });
    expect(contentOf(pieces)).toEqual({ kind: 'text', text: '@报送助手 进度' });
  });
});

describe('what is not a message to us', () => {
  const replyVia = { handle: sample.sessionWebhook, expiresAt: '2025-10-09T10:22:20.180Z' };
  const exhausted = { text: undefined, errorCode: 20001, errorMessage: '额度已用完' };

  it.each([
    ['from outside the organisation', { senderStaffId: undefined }, { kind: 'unidentified', replyVia }],
    ['with an empty user id', { senderStaffId: '' }, { kind: 'unidentified', replyVia }],
    ['held back for want of quota', exhausted, { kind: 'exhausted', code: '20001' }],
    [
      'held back, the code a text',
      { ...exhausted, errorCode: '20001', msgId: undefined },
      { kind: 'exhausted', code: '20001' },
    ],
    ['of the robot itself', { senderId: '$:LWCP_v1:$bot' }, { kind: 'echo' }],
    ['for another robot', { robotCode: 'dingother' }, { kind: 'misdirected' }],
    ['without an id', { msgId: undefined }, { kind: 'malformed', what: 'msgId is missing' }],
    [
      'from no known kind of chat',
      { conversationType: '3' },
      { kind: 'malformed', what: 'the conversation is not named' },
    ],
    [
      'from a group without a name',
      { conversationType: '2', conversationId: '' },
      { kind: 'malformed', what: 'the conversation is not named' },
    ],
  ])('is told apart: %s', (_, fields, decoded) => {
    expect(decode(fields)).toEqual(decoded);
  });

  it.each([
    ['null', null],
    ['a text', 'hello'],
    ['a list', []],
    ['a number', 1],
  ])('is malformed: %s', (_, value) => {
    expect(decodeRobotMessage(value, receiver)).toEqual({ kind: 'malformed', what: 'the body is no object' });
  });
});

describe('the way back', () => {
  it.each([
    ['another host', { sessionWebhook: 'https://evil.example/robot/sendBySession?session=a' }],
    ['no address', { sessionWebhook: undefined }],
    ['no expiry', { sessionWebhookExpiredTime: undefined }],
    ['an expiry beyond all dates', { sessionWebhookExpiredTime: 9e15 }],
    ['an expiry that is no number', { sessionWebhookExpiredTime: 'soon' }],
  ])('is left out with %s, and the message is taken', (_, fields) => {
    expect(decode(fields)).toMatchObject({ kind: 'message', inbound: { replyVia: null } });
  });
});
