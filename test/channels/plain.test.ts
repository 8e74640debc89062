import { type Content, figures, file, heading, list, say, table } from '../../src/channels/content';
import { plainText } from '../../src/channels/plain';

describe('plain text', () => {
  const cases: readonly (readonly [string, Content, string])[] = [
    ['a line as it is', say(['您好']), '您好'],
    ['blocks one under the other', say(['一', '二']), '一\n二'],
    [
      'a heading with air above it',
      say([heading('通报'), '一', heading('未报'), '二']),
      '【通报】\n一\n\n【未报】\n二',
    ],
    ['a list', say([list(['光山县', '罗山县'])]), '· 光山县\n· 罗山县'],
    ['a list with numbers', say([list(['光山县', '罗山县'], true)]), '1. 光山县\n2. 罗山县'],
    [
      'a table of two columns as names with their values',
      say([table(['单位', '企业'], [['光山县', '27']])]),
      '单位：企业\n光山县：27',
    ],
    [
      'a short table in columns, Chinese and Latin counted as they are wide, figures by their last digit',
      say([
        table(
          ['单位', '状态', '企业'],
          [
            ['光山县', '已报', '27'],
            ['潢川开发区分局', '迟报', '105'],
            ['B2B园区', '', '7'],
          ],
        ),
      ]),
      [
        '单位　　　　　　状态　企业',
        '光山县　　　　　已报　　27',
        '潢川开发区分局　迟报　\u2002105',
        'B2B园区　　　\u2002　　　　　\u20027',
      ].join('\n'),
    ],
    [
      'a long table with bars, and nothing where a row has no more cells',
      say([
        table(
          ['序号', '许可方', '被许可方', '专利号', '备注'],
          [
            ['1', '豫南大学', '恒通\n公司', 'ZL202110234002.7', ''],
            ['2', '', '', 'ZL202110234567.5、ZL201920876543.8', '提成'],
          ],
        ),
      ]),
      [
        '序号 ｜ 许可方 ｜ 被许可方 ｜ 专利号 ｜ 备注',
        '1 ｜ 豫南大学 ｜ 恒通 公司 ｜ ZL202110234002.7',
        '2 ｜ — ｜ — ｜ ZL202110234567.5、ZL201920876543.8 ｜ 提成',
      ].join('\n'),
    ],
    ['a table without rows by its header', say([table(['单位', '状态', '企业'], [])]), '单位　状态　企业'],
    [
      'figures with what they were',
      say([
        figures([
          { label: '企业', value: '27', before: '24', change: '+3' },
          { label: '专利', value: '未填', before: null, change: null },
        ]),
      ]),
      '企业 24 → 27 (+3)\n专利 未填',
    ],
    ['a file by its name', say([file(7, '附件1.xlsx')]), '［文件］附件1.xlsx'],
    ['the answers to type in a last line', say(['提交吗？'], ['确认', '取消']), '提交吗？\n可回复：确认 ｜ 取消'],
    ['what to type before what a button would say', say([], [{ label: '提交', text: '确认' }]), '可回复：确认（提交）'],
    [
      'what to type once where the button begins with it',
      say([], [{ label: '不变（27）', text: '不变' }]),
      '可回复：不变（27）',
    ],
    [
      'what to type alone where it holds what a button would say',
      say([], [{ label: '通过', text: '通过 光山县 钱多多' }]),
      '可回复：通过 光山县 钱多多',
    ],
    ['no characters that nobody can see', say(['a\u0000b\r\nc\td\ud800e\u0085f']), 'ab\nc\tdef'],
    ['markup as it was written', say(['<b>&amp;]]>']), '<b>&amp;]]>'],
    ['nothing for nothing', say([]), ''],
  ];
  it.each(cases)('shows %s', (_, content, shown) => expect(plainText(content)).toBe(shown));
});
