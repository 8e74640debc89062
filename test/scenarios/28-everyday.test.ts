import { IsNull, Not } from 'typeorm';
import { DraftAnswer } from '../../entities/draft-answer';
import { FilingVersion } from '../../entities/filing-version';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('what clerks say beside the figures, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  it.each(['报6月', '我要报6月的', '6月份的开始报吧', '报表在哪填'])('begins the report with “%s”', async (words) => {
    expect(office.plain(await office.say('zhangsan', words))).toMatch(
      /2025年6月统计表，截至6月30日累计.*① 参与高校院所/s,
    );
  });

  it('takes a row of answers apart by blanks, 不变 among them', async () => {
    const answer = office.plain(await office.say('zhangsan', '上报 4 27 135 不变 不变 1020'));
    expect(answer).toMatch(/汇总.*企业 24→27家.*平台 不变.*推送中小微 860→1020家/s);
  });

  it.each(['我县企业27家', '光山县企业27家'])('takes “%s” for the firms of the county', async (words) => {
    expect(office.plain(await office.say('zhangsan', words))).toContain('企业27家（+3）');
  });

  it('asks whether 平台网址不变 means the platforms as well', async () => {
    expect(office.plain(await office.say('zhangsan', '平台网址不变'))).toMatch(
      /网址同上月.*是平台省知识产权交易平台吗？/s,
    );
    expect(office.plain(await office.say('zhangsan', '是'))).toMatch(/平台同上月/);
  });

  it('keeps the reading that was offered over a question in between', async () => {
    await office.sayAll('zhangsan', '上报', '规上企业29');
    expect(office.plain(await office.say('zhangsan', '截止哪天'))).toMatch(
      /7月7日.*刚才的企业29家还没有记，对的话请回“是”/s,
    );
    await office.say('zhangsan', '是');
    expect(await office.rows(DraftAnswer, { field: 'enterprises', value: '29' })).toHaveLength(1);
  });

  it('takes the number that was offered when it is said once more', async () => {
    await office.sayAll('zhangsan', '上报', '没有');
    expect(office.plain(await office.say('zhangsan', '0'))).toMatch(/高校院所0家（-3）.*请改数，或回复原因/s);
  });

  it('says that another month’s figure is no figure of this report', async () => {
    expect(office.plain(await office.say('zhangsan', '上报 5月底企业27'))).toMatch(/上报5月|说的不是本期|已.*锁定/);
    await office.say('zhangsan', '上报');
    expect(office.plain(await office.say('zhangsan', '5月底企业27'))).toMatch(
      /“5月底企业27”说的不是本期，企业请给截至本期末的累计数/,
    );
  });

  it.each([
    ['企业数填错了', /企业现在是27家，应为多少？/],
    ['回到第二项', /企业现在是27家，应为多少？/],
    ['我要修改企业数', /企业现在是27家，应为多少？/],
    ['付费金额不对', /金额由项目清单得出/],
  ])('asks what is right after “%s”', async (words, expected) => {
    await office.say('zhangsan', '我县企业27');
    expect(office.plain(await office.say('zhangsan', words))).toMatch(expected);
  });

  it('takes the next number for the figure that was said to be wrong', async () => {
    await office.sayAll('zhangsan', '企业27，其余不变', '企业数填错了');
    expect(office.plain(await office.say('zhangsan', '26'))).toMatch(/企业改为26家（原27家）.*汇总/s);
  });

  it('says how a report is corrected or withdrawn, and does neither', async () => {
    await office.sayAll('zhangsan', '企业27，其余不变', '确认');
    expect(office.plain(await office.say('zhangsan', '报错了怎么办'))).toMatch(/企业改成28.*回“撤回”/s);
    expect(office.plain(await office.say('zhangsan', '怎么撤回'))).toMatch(/回“撤回”/);
    expect(await office.rows(FilingVersion, { receipt: 'GS-202506-01' })).toHaveLength(1);
    expect(office.plain(await office.say('zhangsan', '好的'))).toMatch(/本期已报（GS-202506-01）/);
  });

  it('does not file what is not whole, and says how much is left', async () => {
    await office.sayAll('zhangsan', '上报', '4');
    expect(office.plain(await office.say('zhangsan', '没问题，提交吧'))).toMatch(/还差5项，填完才能提交.*② 参与企业/s);
    expect(office.plain(await office.say('zhangsan', '好的'))).toMatch(/这一项还没填.*② 参与企业/s);
  });

  it('throws nothing away at 重新填 without being told so', async () => {
    await office.sayAll('zhangsan', '上报', '4', '27');
    const answer = await office.say('zhangsan', '重新填');
    expect(office.plain(answer)).toMatch(/已填的2项都在.*“放弃”/s);
    expect(answer.choices.map(({ text }) => text)).toEqual(['继续', '放弃']);
    expect(await office.sayAll('zhangsan', '继续')).toMatch(/已填2项（高校院所4家、企业27家）/);
  });

  it.each(['明天再报', '今天太忙了，明天再说'])('lays the draft aside at “%s”', async (words) => {
    await office.sayAll('zhangsan', '上报', '4');
    expect(office.plain(await office.say('zhangsan', words))).toMatch(/已存草稿（已填1项）.*7月7日/);
  });

  it('asks how a paid licence is paid, and takes 付费 for nobody’s name', async () => {
    await office.sayAll('zhangsan', '新增一个项目', '豫南大学给恒通公司');
    const answer = await office.say('zhangsan', '付费');
    expect(office.plain(answer)).toMatch(/许可方豫南大学，被许可方恒通公司.*“付费”是哪一种/s);
    expect(answer.choices.map(({ text }) => text)).toEqual(['固定金额', '入门费+提成', '提成']);
  });

  it('keeps the whole remark', async () => {
    await office.sayAll('zhangsan', '新增项目：豫南大学给恒通公司，专利ZL202110234567.5', '提成');
    expect(office.plain(await office.say('zhangsan', '纯提成，销售额5%'))).toContain('备注纯提成，销售额5%');
  });

  it('mends an entry that looks like another before it is registered', async () => {
    const entry = '新增项目：豫南大学许可给永通公司，专利ZL202110234567.5，免费';
    await office.sayAll('zhangsan', entry, entry);
    const answer = office.plain(await office.say('zhangsan', '被许可方不是永通公司，是长通公司'));
    expect(answer).toMatch(/已登记第14项：.*被许可方长通公司/);
  });

  it('takes the reason that comes along with a fall', async () => {
    expect(office.plain(await office.say('zhangsan', '企业20，因为有4家退出'))).toMatch(
      /企业20家（-4）.*已记说明：“有4家退出”/s,
    );
    expect(office.plain(await office.say('zhangsan', '其余不变'))).toMatch(/汇总.*企业：有4家退出/s);
  });

  it.each(['企业2,7', '企业 2 7', '息县为什么没报'])('takes “%s” for no reason', async (words) => {
    await office.say('zhangsan', '企业270000');
    expect(office.plain(await office.say('zhangsan', words))).not.toMatch(/已记说明/);
    expect(await office.rows(DraftAnswer, { explanation: Not(IsNull()) })).toEqual([]);
  });

  it.each(['恒通公司那笔金额改成2.0', '豫南大学给恒通的那个改成2万', '恒通公司那笔金额2.9应为2.0'])(
    'finds the entry of the list in “%s”',
    async (words) => {
      expect(office.plain(await office.say('zhangsan', words))).toMatch(
        /第2项已改为：.*被许可方恒通公司.*使用费2万元。\n现有许可12项.*金额35\.6万元/,
      );
    },
  );

  it('asks which entry is meant when there are several', async () => {
    expect(office.plain(await office.say('zhangsan', '弦城服饰那个改成3万'))).toMatch(
      /可能是几项：第10项.*第12项.*请说明是第几项/,
    );
  });

  it('removes the entry that was registered last, once that is confirmed', async () => {
    await office.say('zhangsan', '新增项目：豫南大学许可给永通公司，专利ZL202110234567.5，免费');
    expect(office.plain(await office.say('zhangsan', '刚才登记的删掉'))).toMatch(/要删除第13项（.*永通公司/);
    expect(office.plain(await office.say('zhangsan', '不删了'))).toMatch(/没有删除/);
    await office.sayAll('zhangsan', '把刚才那个项目删了吧', '确认');
    expect(office.plain(await office.say('zhangsan', '项目清单'))).toMatch(/共12项/);
  });

  it.each(['又达成一个许可', '新签了一项许可'])(
    'begins an entry with “%s”, and a figure with 达成许可12项',
    async (words) => {
      expect(office.plain(await office.say('zhangsan', words))).toMatch(/许可方（专利权人）？/);
      await office.say('zhangsan', '取消');
      expect(office.plain(await office.say('zhangsan', '达成许可：12项，企业27'))).toMatch(
        /企业27家.*许可12项，与项目清单一致/s,
      );
    },
  );

  it.each([
    ['能不能晚几天报', /延期由市局人员办理.*科员甲/s],
    ['我换手机号了', /由市局人员办理.*科员甲/s],
    ['有问题找谁', /请联系：.*科员甲/],
    ['累计还是新增', /各项都报累计数/],
    ['能发表格吗', /\.xlsx/],
    ['零报告', /“本月没变化”/],
    ['没有网址怎么办', /网址不适用/],
  ])('answers “%s”', async (words, expected) => {
    expect(office.plain(await office.say('zhangsan', words))).toMatch(expected);
  });

  it('keeps last month’s figures for 光山县没有变化', async () => {
    expect(office.plain(await office.say('zhangsan', '光山县没有变化'))).toMatch(/将沿用5月定稿的数.*汇总/s);
  });

  const ask = async (who: string, text: string) => office.plain(await office.say(who, text));

  it.each(['你好', '在吗', '早上好', '你是机器人吗'])('greets at “%s” with where the report stands', async (words) => {
    const answer = await ask('zhangsan', words);
    expect(answer).toMatch(/张三，您好.*光山县2025年6月统计表：还没报。截止7月7日.*“上报”/s);
    expect(answer.split('\n')).toHaveLength(3);
  });

  it('greets in the middle of a report and comes back to the question', async () => {
    await office.say('zhangsan', '上报');
    expect(await ask('zhangsan', '你好')).toMatch(/回到刚才的问题：参与高校院所/);
    expect(await ask('zhangsan', '4')).toMatch(/高校院所4家/);
  });

  it.each(['我报了吗', '报上去了没有', '回执号多少', '审核通过了吗'])(
    'tells where the own report stands at “%s”',
    async (words) => {
      await office.sayAll('zhangsan', '本月没变化', '确认');
      expect(await ask('zhangsan', words)).toMatch(/已报（回执 GS-202506-01，按时/);
    },
  );

  it.each([
    ['我报的是多少', /2025年6月统计表：已报\n高校院所 3→4家/],
    ['看看我报的', /企业 24→27家/],
    ['我们企业多少', /企业 24→27家/],
    ['我们5月报了多少', /2025年5月统计表：已报\n高校院所 3家/],
  ])('shows the own figures at “%s”', async (words, expected) => {
    await office.sayAll('zhangsan', '高校4 企业27 专利135 平台不变 推送1020', '确认');
    expect(await ask('zhangsan', words)).toMatch(expected);
  });

  it('tells of the draft who asks for figures that are not filed', async () => {
    await office.sayAll('zhangsan', '上报', '4');
    expect(await ask('zhangsan', '我报的是多少')).toMatch(/有草稿，已填1项/);
  });

  it.each([
    ['还有哪些县没报', /未报17家/],
    ['没报的有谁', /未报17家/],
    ['几家没报', /未报17家/],
    ['报得怎么样了', /应报17家，已报0家/],
    ['合计多少', /应报17家，已报0家/],
    ['全市企业一共多少', /应报17家/],
    ['光山呢', /光山县2025年6月统计表：还没报/],
    ['看看光山的', /光山县2025年6月统计表：还没报/],
    ['谢谢', /^不客气。$/],
    ['截止哪天', /截止7月7日\(周一\)18:00/],
    ['你好', /科员甲，您好.*“进度”/s],
  ])('understands staff who say “%s”', async (words, expected) => {
    expect(await ask('keyuan', words)).toMatch(expected);
  });

  it('shows nobody’s figures to staff who ask something else of a unit', async () => {
    expect(await ask('keyuan', '息县先别理')).not.toMatch(/统计表/);
  });

  it('keeps a contact’s 汇总 for the own draft', async () => {
    await office.say('zhangsan', '企业27，其余不变');
    expect(await ask('zhangsan', '汇总')).toMatch(/汇总（尚未提交）/);
  });

  it('tells a group the deadline, and is polite there', async () => {
    const inGroup = async (text: string) => office.plain(await office.say('zhangsan', text, { group: 'pilot-group' }));
    expect(await inGroup('截止哪天')).toMatch(/截止7月7日/);
    expect(await inGroup('收到')).toBe('不客气。');
    expect(await inGroup('我报的是多少')).toMatch(/群里只谈进度/);
  });
});
