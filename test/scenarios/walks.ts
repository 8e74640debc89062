/** What people say in the scenarios whose replies are kept as each platform shows them: one walk through each. */

export interface Walk {
  readonly scenario: string;
  /** Guangshan has three projects more than in May. */
  readonly hasNewProjects?: boolean;
  readonly said: readonly (readonly [who: string, text: string])[];
}

const by = (who: string, ...texts: readonly string[]) => texts.map((text) => [who, text] as const);
const questions = ['上报', '4', '27', '135', '不变', '不变', '1020'];

export const walks: readonly Walk[] = [
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
];
