/** What people say in the scenarios whose replies are kept as each platform shows them: one walk through each. */
import { exported } from '../sheets/forms';

export type Step =
  | readonly [who: string, text: string]
  | { readonly who: string; readonly group: string; readonly text: string }
  | { readonly who: string; readonly file: string; readonly bytes: () => Promise<Buffer> }
  /** The trial's clock moves on to then. */
  | { readonly until: string };

export interface Walk {
  readonly scenario: string;
  /** Guangshan has three projects more than in May. */
  readonly hasNewProjects?: boolean;
  readonly said: readonly Step[];
}

const by = (who: string, ...texts: readonly string[]) => texts.map((text) => [who, text] as const);
const inGroup = (who: string, ...texts: readonly string[]) =>
  texts.map((text) => ({ who, group: 'pilot-group', text }) as const);
const questions = ['上报', '4', '27', '135', '不变', '不变', '1020'];
const inOneMessage = '高校院所4，企业27，专利135，平台没变，推送1020';

const row = (number: number, licensee: string, numbers: string, fee: string) =>
  [String(number), '信阳农业研究所', licensee, numbers, fee, ''].join('\t');
const pastedRows = [
  ['序号', '许可方', '被许可方', '专利号', '使用费（万元）', '备注'].join('\t'),
  row(1, '淮滨粮油公司', 'ZL202010345678.9', '5万'),
  row(2, '息县机械公司', 'ZL202110234567.5、ZL201920876543.8', '0'),
  row(3, '', 'ZL201810123456.5', '3'),
].join('\n');

/** 附件1 with the number of firms as given, 附件2 with one project more. */
const workbook = (enterprises: string) => () =>
  exported(
    {
      ...{ institutes: '4', enterprises, patents: '135', smallFirms: '1020' },
      ...{ platforms: '省知识产权交易平台', platformUrls: 'https://p.example.cn' },
    },
    [
      {
        ...{ licensor: '信阳农业研究所', licensee: '新增企业1', patentNumbers: 'ZL202010345678.9' },
        ...{ paymentKind: 'fixed', fee: '1' },
      },
    ],
  );

export const walks: readonly Walk[] = [
  {
    scenario: '1 registration and approval',
    said: [
      ...by(
        'newcomer',
        '你好',
        '我是光山县市场监管局钱多多，科员，办公电话0376-8888123，手机1380013800，邮箱qian@example.cn',
      ),
      ...inGroup('newcomer', '我是光山县市场监管局钱多多，手机13800138000'),
      ...by('newcomer', '13800138000', '上报'),
      ...by('keyuan', '待审核', '不通过 光山 钱多多', '通过 光山 钱多多', '通过 光山 钱多多'),
      ...by('newcomer', '谁能看到什么'),
    ],
  },
  {
    scenario: '2 question by question',
    hasNewProjects: true,
    said: by('zhangsan', ...questions, '确认', '确认'),
  },
  {
    scenario: '3 everything in one message',
    hasNewProjects: true,
    said: by(
      'zhangsan',
      '光山6月：高校院所4家，企业二十七家，开放许可专利一百三十五件，平台没变，推送中小微企业一千零二十家，许可15项，免费6付费9，金额48.2万',
      '确认',
    ),
  },
  {
    scenario: '4 vague and missing figures',
    said: by(
      'zhangsan',
      ...[
        '企业三十来家，专利三百多件，推了1.2万家，金额3千',
        '高校院所4 企业30 专利301 平台没变',
        '新平台上线，批量推送',
        '确认',
      ],
    ),
  },
  {
    scenario: '5 corrections in the middle',
    said: by(
      'zhangsan',
      ...['上报', '4', '24', '前面企业写错了，是42不是24', '135', '第一项改成5', '不变', '不变', '900'],
      '企业还是27',
    ),
  },
  {
    scenario: '6 digressions',
    said: by('zhangsan', ...questions.slice(0, 6), '提成怎么填？', '截止哪天', '什么算惠及？', '谢谢', '😊', '帮助'),
  },
  {
    scenario: '7 a draft over days',
    said: [
      ...by(
        'zhangsan',
        '上报',
        '4',
        '27',
        '135',
        '不变',
        '算了先不填',
        '存',
        '继续',
        '取消',
        '放弃',
        '恢复草稿',
        '继续',
      ),
      ...by('keyuan', '进度'),
    ],
  },
  {
    scenario: '8 a cumulative figure falls',
    said: by('zhangsan', '上报', '4', '企业20', '27 135', '有4家退出', '135', '不变', '不变', '1020', '确认'),
  },
  {
    scenario: '9 stated licences and the project list differ',
    hasNewProjects: true,
    said: by(
      'zhangsan',
      ...['高校院所4，企业27，专利135，平台没变，推送1020，许可16项', 'A'],
      ...['豫南大学', '恒通公司', 'ZL202110234567.5', '一次性', '2万', '确认'],
      ...['项目清单', '第2个项目使用费改成2万', '删除第1项', '确认'],
    ),
  },
  {
    scenario: '10 patent numbers',
    said: by(
      'zhangsan',
      '新增项目：豫南大学许可给恒通公司，专利ZL202010345687.9、2021102345675、CN108123456B，免费',
      '第一个是ZL202010345678.9，第三个是ZL201920876543.8',
      '新增项目：豫南大学许可给恒通公司，专利ZL202110234567.5，免费',
      '新增项目：豫南大学许可给恒通公司，专利ZL202110234567.5，免费',
      '不登记',
    ),
  },
  {
    scenario: '11 how a licence is paid',
    said: by(
      'wangwu',
      ...['入门费2万加销售额3%提成', '纯提成，销售额5%', '免费', '一次性45000元', '有提成'].map(
        (payment, index) => `${'甲乙丙丁戊'[index]}公司许可给某某厂，专利ZL202110234567.5，${payment}`,
      ),
    ),
  },
  {
    scenario: '12 pasted rows',
    said: by('zhangsan', pastedRows, '导入2行', '补第3行 被许可方=恒通公司', pastedRows, '不导入'),
  },
  {
    scenario: '13 an uploaded workbook',
    said: [
      { who: 'zhangsan', file: '光山县6月.xlsx', bytes: workbook('约30') },
      { who: 'zhangsan', file: '光山县6月.xlsx', bytes: workbook('27') },
      ...by('zhangsan', '确认导入'),
      { who: 'zhangsan', file: '光山县6月.csv', bytes: async () => Buffer.from('a,b') },
    ],
  },
  { scenario: '14 nothing has changed', said: [...by('zhoumin', '本月没变化', '确认'), ...by('keyuan', '进度')] },
  {
    scenario: '15 two contacts of one county',
    said: [
      ...by('zhangsan', '上报', '4', '27', '135', '不变'),
      ...by('lisi', '上报', '企业28'),
      ...by('zhangsan', '不变', '1020', '确认'),
      ...by('lisi', '继续', '确认'),
    ],
  },
  {
    scenario: '21 a report withdrawn',
    said: [...by('zhangsan', inOneMessage, '确认', '撤回', '企业28', '确认'), ...by('keyuan', '撤回')],
  },
  {
    scenario: '23 from one month to the next',
    said: [
      ...by('zhangsan', '上报', '4'),
      { until: '2025-07-12T10:00:00+08:00' },
      ...by('zhangsan', '上报7月'),
      { until: '2025-08-02T10:00:00+08:00' },
      ...by('zhangsan', '上报6月', '上报 企业30'),
    ],
  },
  {
    scenario: '24 doubtful values',
    said: by(
      'zhangsan',
      '上报',
      '规上企业29',
      '不是',
      '推送改成26O家',
      '见 http://a.example.cn/x',
      '新增项目：甲大学许可给乙公司',
      '跳过',
    ),
  },
  {
    scenario: '25 asking for figures and progress, in private and in a group',
    said: [
      ...by('zhangsan', inOneMessage, '等一下', '确认'),
      ...by('keyuan', '光山多少', '进度', '未报', '说明', '导出'),
      ...by('zhangsan', '看罗山的数', '进度'),
      ...inGroup('keyuan', '光山多少', '罗山多少', '进度', '帮助', '导出'),
      ...inGroup('zhangsan', '企业27', '进度'),
    ],
  },
  {
    scenario: 'bulletins and reminders by the clock',
    said: [...by('zhangsan', inOneMessage, '确认'), { until: '2025-07-08T09:00:00+08:00' }],
  },
];
