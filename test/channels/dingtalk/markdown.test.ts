import { figures, heading, list, say, table } from '../../../src/channels/content';
import { toMarkdown } from '../../../src/channels/dingtalk/markdown';
import { escapeInline, escapeMarkdown } from '../../../src/channels/markdown-escape';

describe('what people typed', () => {
  it.each([
    ['emphasis', '*重要*', '＊重要＊'],
    ['a link', '[点我](https://evil.example)', '［点我］(https://evil.example)'],
    ['a picture', '![x](https://evil.example)', '!［x］(https://evil.example)'],
    ['code', '`rm`', '｀rm｀'],
    ['a mention', '@所有人', '＠所有人'],
    ['a heading', '# 标题', '＃ 标题'],
    ['a quote', '> 引用', '＞ 引用'],
    ['a bullet', '- 第一', '－ 第一'],
    ['a number of a list', '3. 第三', '3． 第三'],
    ['a rule', '---', '－－－'],
    ['a tag', '<font color=red>', '＜font color=red>'],
    ['an entity', '&nbsp;', '＆nbsp;'],
    ['a struck text', '~~旧~~', '～～旧～～'],
    ['an underscore around a word', '_斜_ 体', '＿斜＿ 体'],
    ['a backslash', '\\*', '＼＊'],
    ['a bell', '响\u0007铃', '响 铃'],
  ])('cannot become markup: %s', (_, typed, shown) => {
    expect(escapeMarkdown(typed)).toBe(shown);
  });

  it.each(['5~10', '-3', '企业27家，金额 48.2 万元', 'https://x.cn/a_b?c=1&d=2', '1<2', '3.5', 'C#'])(
    'stays as it is where it means nothing: %s',
    (typed) => {
      expect(escapeMarkdown(typed)).toBe(typed);
    },
  );

  it('keeps its lines, and stays on one where there is room for one', () => {
    expect(escapeMarkdown('一\r\n二\n\n三')).toBe('一\n\n二\n\n三');
    expect(escapeInline('一\n# 二')).toBe('一 # 二');
  });
});

describe('content as markdown', () => {
  const content = say(
    [
      heading('6月 统计表'),
      '已收到，请核对：',
      figures([
        { label: '企业', value: '27', before: '24', change: '+3' },
        { label: '专利', value: '9', before: null, change: null },
      ]),
      list(['平台', '网址']),
      list(['先看', '后改'], true),
      table(
        ['单位', '企业', '专利'],
        [
          ['平桥区', '27', '9'],
          ['', '3', ''],
        ],
      ),
    ],
    ['确认', { label: '改一下', text: '修改(企业)' }],
  );

  it('shows headings, figures, lists, and tables as lists', () => {
    expect(toMarkdown(content, true)).toEqual({
      title: '6月 统计表',
      text: [
        '### 6月 统计表',
        '已收到，请核对：',
        '- 企业：24 → **27**（+3）\n- 专利：**9**',
        '- 平台\n- 网址',
        '1. 先看\n2. 后改',
        '- **平桥区**：企业 27，专利 9\n- 企业 3，专利 —',
        '点按或回复：[确认](dtmd://dingtalkclient/sendMessage?content=%E7%A1%AE%E8%AE%A4) ｜ ' +
          '[改一下](dtmd://dingtalkclient/sendMessage?content=%E4%BF%AE%E6%94%B9%28%E4%BC%81%E4%B8%9A%29)（修改(企业)）',
      ].join('\n\n'),
    });
  });

  it('offers a choice whose text ends in half a character all the same', () => {
    const choice = { label: '改名', text: '改成A\ud83d' };
    expect(toMarkdown({ blocks: [], choices: [choice] }, true).text).toContain('content=%E6%94%B9%E6%88%90A)');
  });

  it('names the choices to type where tapping would not reach the robot', () => {
    expect(toMarkdown(content, false).text).toMatch(/\n\n可回复：确认 ｜ 修改\(企业\)（改一下）$/);
  });

  it.each([
    ['the first text without a heading', say(['已收到\n谢谢', list(['a'])]), '已收到 谢谢'],
    ['a word of its own without any text', say([list(['a'])]), '报送消息'],
    ['a beginning of a long text', say(['字'.repeat(31)]), `${'字'.repeat(29)}…`],
  ])('is announced by %s', (_, said, title) => {
    expect(toMarkdown(said, false).title).toBe(title);
  });
});
