import { type Content, file, say } from '../../../src/channels/content';
import { eventOf, tapOf } from '../../platforms/wecom-bot/callbacks';
import { encryptedId, type Meeting, meet } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet({ openIds: { [encryptedId]: 'ZhangSan' } });
});
afterEach(async () => {
  await meeting.end();
});

const from = 'ZhangSan';
const contents = () => meeting.heard.map(({ content }) => content);

describe('the check of the address', () => {
  it('answers the bare message', async () => {
    const { status, body, expected } = await meeting.verifyAddress();
    expect([status, body]).toEqual([200, expected]);
  });

  it.each([
    ['a wrong signature', 'signature', 401],
    ['no signature', 'unsigned', 401],
    ['a repeated parameter', 'repeated-parameter', 400],
    ['a receiver', 'receiver', 403],
    ['sealed junk', 'sealed-junk', 400],
  ] as const)('is refused with %s', async (_, tamper, status) => {
    const answer = await meeting.verifyAddress(tamper);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain(answer.expected);
  });
});

describe('a message', () => {
  it('is heard once verified, and answered in the response', async () => {
    const responseUrl = meeting.web.responseUrl();
    const { status, shown } = await meeting.deliver({ from, text: '上报', msgid: 'CAIQ1', responseUrl });
    expect([status, shown]).toEqual([
      200,
      expect.objectContaining({ msgtype: 'stream', text: '收到', finished: true }),
    ]);
    expect(meeting.heard).toEqual([
      {
        chat: { channel: 'wecom-bot', kind: 'private', id: 'ZhangSan' },
        userId: 'zhangsan',
        directory: 'wecom',
        key: 'CAIQ1',
        content: { kind: 'text', text: '上报' },
        replyVia: { handle: responseUrl, expiresAt: '2025-07-02T02:59:00.000Z' },
      },
    ]);
    expect(meeting.settled).toEqual([true]);
  });

  it.each(['a\nb', '007', 'true', ' 1e3 ', '🙂', '"', '\\u0041', '%2B+', ''])(
    'arrives as written: %j',
    async (text) => {
      await meeting.deliver({ from, text });
      expect(contents()).toEqual([{ kind: 'text', text }]);
    },
  );

  it.each([
    ['speech', { msgtype: 'voice', voice: { content: '企业二十七家' } }, { kind: 'voice', text: '企业二十七家' }],
    ['a picture', { msgtype: 'image', image: { url: 'https://x/1 ' } }, { kind: 'picture', ref: 'https://x/1' }],
    ['a video', { msgtype: 'video', video: { url: 'https://x/1' } }, { kind: 'other', type: 'video' }],
    ['a kind nobody knows yet', { msgtype: 'hologram' }, { kind: 'other', type: 'hologram' }],
    [
      'words around a picture',
      {
        msgtype: 'mixed',
        mixed: {
          msg_item: [
            { msgtype: 'text', text: { content: '企业27' } },
            { msgtype: 'image', image: { url: 'https://x/1' } },
            { msgtype: 'text', text: { content: '专利135' } },
          ],
        },
      },
      { kind: 'text', text: '企业27\n专利135' },
    ],
    [
      'a picture among nothing',
      { msgtype: 'mixed', mixed: { msg_item: [{ msgtype: 'image', image: { url: 'https://x/1' } }] } },
      { kind: 'picture', ref: 'https://x/1' },
    ],
    [
      'words under something quoted',
      { msgtype: 'text', text: { content: '确认' }, quote: { msgtype: 'text', text: { content: '请核对' } } },
      { kind: 'text', text: '确认' },
    ],
    [
      'nothing but something quoted',
      { msgtype: 'text', text: { content: '' }, quote: { msgtype: 'voice', voice: { content: '企业27' } } },
      { kind: 'voice', text: '企业27' },
    ],
  ])('may be %s', async (_, said, content) => {
    await meeting.deliver({ from, said });
    expect(contents()).toEqual([content]);
  });

  it.each([
    ['@报送 进度', '进度'],
    ['@报送\u2005进度', '进度'],
    ['@Bao Song\u2005进度 6月', '进度 6月'],
    ['@报送  邮箱 a@b.cn', '邮箱 a@b.cn'],
    ['@报送 @李四 看一下', '@李四 看一下'],
    ['进度 @报送', '进度 @报送'],
    ['@报送', ''],
  ])('in a group loses the mention it begins with: %j', async (text, said) => {
    await meeting.deliver({ from, text, group: 'wrCHAT' });
    expect(contents()).toEqual([{ kind: 'text', text: said }]);
    expect(meeting.heard[0]?.chat).toEqual({ channel: 'wecom-bot', kind: 'group', id: 'wrCHAT' });
  });

  it('in private keeps an @ at its beginning', async () => {
    await meeting.deliver({ from, text: '@李四 是谁' });
    expect(contents()).toEqual([{ kind: 'text', text: '@李四 是谁' }]);
  });

  it.each([
    ['a wrong signature', 'signature', 401],
    ['no signature', 'unsigned', 401],
    ['a repeated parameter', 'repeated-parameter', 400],
    ['a receiver', 'receiver', 403],
    ['sealed junk', 'sealed-junk', 400],
    ['content that was never sealed', 'unsealed', 400],
    ['more than a megabyte', 'oversized', 413],
    ['no JSON', 'not-json', 400],
    ['no JSON under the seal', 'sealed-not-json', 400],
    ['no sender', 'no-sender', 400],
  ] as const)('with %s is refused and reaches nobody', async (_, tamper, status) => {
    const delivered = await meeting.deliver({ from, text: '上报', tamper });
    expect([delivered.status, delivered.shown]).toEqual([status, null]);
    expect(meeting.heard).toEqual([]);
  });

  it('is not received with 200 when storing it failed, so that WeCom delivers it again', async () => {
    await meeting.start(() => Promise.reject(new Error('the database is away')));
    expect((await meeting.deliver({ from, text: '上报' })).status).toBe(500);
  });

  it('is answered in the same stream however often it is delivered, even at once', async () => {
    const message = { from, text: '上报', msgid: 'CAIQ2' };
    const copies = await Promise.all([1, 2, 3].map(() => meeting.deliver(message)));
    expect(new Set(copies.map(({ shown }) => JSON.stringify(shown))).size).toBe(1);
    expect(new Set(meeting.heard.map(({ key }) => key))).toEqual(new Set(['CAIQ2']));
    const other = await meeting.deliver({ from, text: '上报' });
    expect(other.shown?.streamId).not.toBe(copies[0]?.shown?.streamId);
  });

  it('is refused once the bot stops', async () => {
    await meeting.channel.stop();
    expect((await meeting.deliver({ from, text: '?' })).status).toBe(503);
  });
});

describe('an answer', () => {
  const shownFor = async (content: Content | null, group?: string) => {
    meeting.answerWith(content);
    return (await meeting.deliver({ from, text: '?', ...(group && { group }) })).shown;
  };

  it('has buttons in private, and says what to type, since older clients show none', async () => {
    const shown = await shownFor(say(['请核对'], ['确认', { label: '改一下', text: '修改' }]));
    expect(shown).toMatchObject({
      msgtype: 'stream_with_template_card',
      text: '请核对\n\n可回复：确认 ｜ 修改（改一下）',
      finished: true,
    });
    expect(shown?.card).toMatchObject({
      type: 'button_interaction',
      buttons: [
        ['确认', '确认'],
        ['改一下', '修改'],
      ],
    });
  });

  it.each([
    ['in a group', say(['请核对'], ['确认']), 'wrCHAT', '请核对\n\n可回复：确认'],
    [
      'when a label is too long for a button',
      say(['选'], ['把这一项改成不适用并说明']),
      '',
      '选\n\n可回复：把这一项改成不适用并说明',
    ],
    [
      'when they are too many',
      say(['选'], ['1', '2', '3', '4', '5', '6', '7']),
      '',
      '选\n\n可回复：1 ｜ 2 ｜ 3 ｜ 4 ｜ 5 ｜ 6 ｜ 7',
    ],
    [
      'when two mean the same',
      say(['选'], [{ label: '好', text: '确认' }, '确认']),
      '',
      '选\n\n可回复：确认（好） ｜ 确认',
    ],
  ])('says what to type %s', async (_, content, group, text) => {
    expect(await shownFor(content, group)).toMatchObject({ msgtype: 'stream', text, card: null });
  });

  it('says when it had to be cut', async () => {
    const shown = await shownFor(say(Array.from({ length: 2000 }, (_, index) => `第${index}行：光山县`)));
    expect(Buffer.byteLength(shown?.text ?? '')).toBeLessThanOrEqual(20_480);
    expect(shown?.text).toMatch(/光山县\n\n……内容太长/);
  });

  it('says that a file cannot come this way', async () => {
    expect((await shownFor(say(['请查收', file(1, '附件1.xlsx')])))?.text).toContain('文件在这里发不出来');
  });

  it('is empty when there is nothing to say', async () => {
    expect(await shownFor(null)).toBeNull();
  });

  it('cannot be turned into markup by what people typed', async () => {
    expect((await shownFor(say(['**<b>'])))?.text).toBe('＊＊＜b>');
  });
});

describe('an event', () => {
  it('of opening the chat is greeted', async () => {
    meeting.answerWith(say(['您好'], ['上报']));
    const { shown } = await meeting.deliver({ from, said: eventOf({ eventtype: 'enter_chat' }) });
    expect(shown).toMatchObject({ msgtype: 'text', text: '您好\n可回复：上报' });
    expect(meeting.heard).toMatchObject([{ chat: { kind: 'private', id: 'ZhangSan' }, content: { kind: 'opened' } }]);
  });

  it('of a long greeting is left to the sender', async () => {
    meeting.answerWith(say(['很长'.repeat(1000)]));
    expect((await meeting.deliver({ from, said: eventOf({ eventtype: 'enter_chat' }) })).shown).toBeNull();
    expect(meeting.settled).toEqual([false]);
  });

  it.each([
    ['as the examples write it', tapOf('task-1', '确认')],
    [
      'as the tables write it',
      eventOf({ eventtype: 'template_card_event', template_card_event: { eventkey: '确认', taskid: 'task-1' } }),
    ],
  ])('of a tap counts as typed, changes the card and leaves the answer to the sender, %s', async (_, said) => {
    const { shown } = await meeting.deliver({ from, said, responseUrl: meeting.web.responseUrl() });
    expect(shown?.card).toMatchObject({ type: 'text_notice', taskId: 'task-1', title: '已选：确认', subTitle: '' });
    expect(contents()).toEqual([{ kind: 'text', text: '确认' }]);
    expect(meeting.settled).toEqual([false]);
  });

  it('of a tap without a way back is answered on the card', async () => {
    const { shown } = await meeting.deliver({ from, said: tapOf('task-1', '确认') });
    expect(shown?.card).toMatchObject({ title: '已选：确认', subTitle: '收到' });
    expect(meeting.settled).toEqual([true]);
  });

  it.each([
    ['a thumb', { eventtype: 'feedback_event', feedback_event: { id: 'f', type: 1 } }],
    ['something nobody knows yet', { eventtype: 'moon_event' }],
    ['a tap on nothing', { eventtype: 'template_card_event', template_card_event: { task_id: 't' } }],
  ])('of %s is received and reaches nobody', async (_, event) => {
    const said = eventOf(event);
    const delivered = await meeting.deliver({ from, said: { ...said } }).catch(() => null);
    expect([delivered?.status, delivered?.body]).toEqual([200, '']);
    expect(meeting.heard).toEqual([]);
  });
});

describe('an encrypted user id', () => {
  it('stands for the account behind it, which is asked for once', async () => {
    await meeting.deliver({ from: encryptedId, text: '1' });
    await meeting.deliver({ from: encryptedId, text: '2' });
    expect(meeting.heard.map(({ userId, chat }) => [userId, chat.id])).toEqual([
      ['zhangsan', encryptedId],
      ['zhangsan', encryptedId],
    ]);
    expect(meeting.web.calls.filter((path) => path.endsWith('openuserid_to_userid'))).toHaveLength(1);
  });

  it('makes nobody a stranger while WeCom is busy: the message is delivered again', async () => {
    meeting.web.failNext({ at: 'openuserid_to_userid', errcode: -1 });
    expect((await meeting.deliver({ from: encryptedId, text: '1' })).status).toBe(500);
    expect((await meeting.deliver({ from: encryptedId, text: '1' })).status).toBe(200);
    expect(meeting.heard.map(({ userId }) => userId)).toEqual(['zhangsan']);
  });

  it.each([
    ['it is outside the range of the app', {}],
    ['there is no app', { withApp: false }],
  ])('stays as it is when %s', async (_, options) => {
    await meeting.end();
    meeting = await meet(options);
    await meeting.deliver({ from: encryptedId, text: '1' });
    expect(meeting.heard.map(({ userId }) => userId)).toEqual([encryptedId.toLowerCase()]);
  });

  it('stays as it is when the app may not ask', async () => {
    meeting.web.failNext({ at: 'openuserid_to_userid', errcode: 48002 });
    await meeting.deliver({ from: encryptedId, text: '1' });
    expect(meeting.heard.map(({ userId }) => userId)).toEqual([encryptedId.toLowerCase()]);
  });
});
