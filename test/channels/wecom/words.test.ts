import { type Content, figures, file, heading, list, say, table } from '../../../src/channels/content';
import { invisibleMark, markBytes } from '../../../src/channels/wecom/words';
import { normalText } from '../../../src/reading/normal-text';
import { type Meeting, meet, outbound } from './fixtures';

let meeting: Meeting;
afterEach(async () => {
  await meeting.end();
});

const group = { channel: 'wecom', kind: 'group', id: 'g' } as const;
async function pushed(content: Content, markdown: boolean, more: Parameters<typeof outbound>[1] = {}) {
  meeting = await meet({}, { markdown });
  expect(await meeting.channel.send(outbound(content, more))).toEqual({ ok: true });
  return meeting.platform.sent.map(({ msgtype, text }) => [msgtype, text]);
}

const progress = say([
  heading('六月进展'),
  table(['单位', '企业', '专利'], [['光山县', '27', '135']]),
  figures([{ label: '企业', value: '27', before: '24', change: '+3' }]),
  list(['新县', '商城县']),
]);

describe('a push, where markdown is wanted', () => {
  it('has headings, lists for tables, and bold figures', async () => {
    expect(await pushed(progress, true)).toEqual([
      ['markdown', '### 六月进展\n\n- **光山县**：企业 27，专利 135\n\n- 企业：24 → **27**（+3）\n\n- 新县\n- 商城县'],
    ]);
  });

  it('has them in a group too', async () => {
    expect(await pushed(progress, true, { chat: group })).toMatchObject([['markdown', expect.any(String)]]);
  });

  it('stays text when it is only sentences', async () => {
    expect(await pushed(say(['已收到。', file(1, 'x')]), true)).toEqual([
      ['text', '已收到。'],
      ['file', ''],
    ]);
  });

  it('says what to type, and brings the buttons', async () => {
    const question = say([heading('提交吗？')], ['确认', { label: '改一项', text: '修改' }]);
    expect(await pushed(question, true)).toEqual([
      ['markdown', '### 提交吗？\n\n可回复：确认 ｜ 修改（改一项）'],
      ['template_card', ''],
    ]);
  });

  it('shows what people wrote as they wrote it', async () => {
    const [[, text] = []] = await pushed(say([heading('说明'), '# <font color="info">*甲*</font>']), true);
    expect(text).toBe('### 说明\n\n＃ ＜font color="info">＊甲＊＜/font>');
  });

  it('goes in several messages of 2048 bytes when it is longer', async () => {
    const rows = Array.from({ length: 158 }, (_, index) => [`第${index}县`, String(index), '1']);
    const sent = await pushed(say([table(['单位', '企业', '专利'], rows)]), true);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.map(([, text]) => text).join('\n')).toContain('- **第157县**：企业 157，专利 1');
  });

  it('is text all the same in the response to a message', async () => {
    meeting = await meet({}, { markdown: true });
    meeting.answerWith(progress);
    const { reply } = await meeting.platform.deliver(meeting.address, { from: 'zhangsan', text: '进度' });
    expect(reply).toContain('【六月进展】');
  });
});

describe('a push, where people read it in WeChat', () => {
  it('is text', async () => {
    expect(await pushed(progress, false)).toMatchObject([['text', expect.stringContaining('【六月进展】')]]);
  });

  it('makes no link of what a person wrote', async () => {
    const sent = await pushed(say(['备注：<a href="http://x">点这里</a>，单价<100']), false);
    expect(sent).toEqual([['text', '备注：＜a href="http://x">点这里＜/a>，单价<100']]);
  });
});

describe('the mark by which one message differs from another', () => {
  it.each(['1', '2', '4711', '999999999'])('is of one length and cannot be read or seen: %s', (id) => {
    expect(Buffer.byteLength(invisibleMark(id))).toBe(markBytes);
    expect(normalText(invisibleMark(id)).trim()).toBe('');
  });

  it('is the same for the same message', () => {
    expect(invisibleMark('1')).toBe(invisibleMark('1'));
    expect(new Set(['1', '2', '3', '4'].map(invisibleMark)).size).toBe(4);
  });
});
