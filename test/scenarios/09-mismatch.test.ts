import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { FilingEntry } from '../../entities/filing-entry';
import { Statistics } from '../../entities/tables/statistics';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const figures = '高校院所4，企业27，专利135，平台没变，推送1020，';

describe.each(databases)('scenario 9, stated licences and the project list differ, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.addProjects('GS', 1, ['5', '6.7']);
  });
  afterEach(() => office.close());

  it('names both numbers and offers both ways out', async () => {
    const answer = await office.say('zhangsan', `${figures}许可16项`);
    expect(office.plain(answer)).toMatch(/清单.*15项.*16项/);
    expect(answer.choices.map(({ text }) => text)).toEqual(['A', 'B']);
  });

  it('A: adds the missing project, and the totals follow', async () => {
    await office.sayAll('zhangsan', `${figures}许可16项`);
    expect(office.plain(await office.say('zhangsan', 'A'))).toMatch(/许可方/);
    const added = await office.sayAll('zhangsan', '豫南大学', '恒通公司', 'ZL202110234567.5', '一次性', '2万');
    for (const fact of [/许可.*16项/, /免费.*6项/, /付费.*10项/, /50\.2万元/]) expect(added).toMatch(fact);
    await office.say('zhangsan', '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    const versionId = filing?.versionId ?? 0;
    expect(await office.rows(Statistics, { versionId })).toMatchObject([{ licences: 16, paidLicences: 10 }]);
    expect(await office.rows(FilingEntry, { versionId })).toHaveLength(16);
  });

  it('B: the list counts', async () => {
    await office.sayAll('zhangsan', `${figures}许可16项`, 'B', '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    expect(await office.rows(Statistics, { versionId: filing?.versionId ?? 0 })).toMatchObject([{ licences: 15 }]);
  });

  it('offers to mend the list when less is said than it has', async () => {
    const answer = await office.say('zhangsan', `${figures}许可14项`);
    expect(office.plain(answer)).toMatch(/15项.*14项.*改清单/s);
    expect(office.plain(await office.say('zhangsan', 'A'))).toMatch(/共15项.*删除第1项/s);
  });

  it.each(['确认', '推送1030', '谢谢', '截止哪天'])('asks A or B again after %s, and files nothing', async (words) => {
    await office.say('zhangsan', `${figures}许可16项`);
    const answer = await office.say('zhangsan', words);
    expect(office.plain(answer)).toMatch(/清单.*15项.*16项/);
    expect(answer.choices.map(({ text }) => text)).toEqual(['A', 'B']);
    expect(office.plain(await office.say('zhangsan', 'B'))).toMatch(/以清单为准.*汇总/s);
  });

  it('lets an entry be shown, changed and removed by its number', async () => {
    expect(office.plain(await office.say('zhangsan', '项目清单'))).toMatch(/恒通公司.*2\.9/);
    expect(office.plain(await office.say('zhangsan', '第2个项目使用费改成2万'))).toMatch(/使用费2万元/);
    expect(office.plain(await office.say('zhangsan', '删除第1项'))).toMatch(/要删除第1项/);
    expect(office.plain(await office.say('zhangsan', '确认'))).toMatch(/已删除第1项/);
    const list = office.plain(await office.say('zhangsan', '清单'));
    expect(list).toMatch(/共14项/);
    expect(list).toMatch(/1.*豫南大学.*恒通公司.*2\b/);
  });

  it.each([
    ['第2项使用费改成5', /第2项已改为.*使用费5万元/],
    ['第2项改成免费', /第2项已改为.*免费/],
    ['第13项删除', /要删除第13项/],
  ])('understands %s while the list is on the screen', async (request, answer) => {
    await office.say('zhangsan', '项目清单');
    expect(office.plain(await office.say('zhangsan', request))).toMatch(answer);
  });

  it('says so when an entry that is not yet written is set aside for another', async () => {
    await office.say('zhangsan', '新增项目：甲大学许可给乙公司');
    const changed = office.plain(await office.say('zhangsan', '第2个项目改成免费'));
    expect(changed).toMatch(/没有登记.*甲大学.*乙公司.*第2项已改为.*豫南大学.*免费/s);
    await office.say('zhangsan', '新增项目：甲大学许可给乙公司');
    const other = office.plain(await office.say('zhangsan', '新增项目：丙大学许可给丁公司'));
    expect(other).toMatch(/没有登记.*甲大学.*乙公司.*已记.*丙大学.*丁公司/s);
  });

  it('sets a doubled entry aside when another is changed, and changes only that', async () => {
    const told = '新增项目：甲大学许可给乙公司，ZL202110234567.5，免费';
    await office.sayAll('zhangsan', told, told, '第2个项目使用费改成3万');
    const list = office.plain(await office.say('zhangsan', '清单'));
    expect(list).toMatch(/共16项/);
    expect(list).toMatch(/恒通公司 \| ZL202110234002\.7 \| 固定金额 \| 3 /);
  });

  it.each(['专利165，新增一项许可：', '专利165。另外新增项目：'])(
    'takes the figure before the project: %s',
    async (opening) => {
      const told = `${opening}甲大学许可给乙公司，ZL202110234567.5，一次性5万`;
      expect(office.plain(await office.say('zhangsan', told))).toMatch(/专利165件.*已登记第16项.*甲大学/s);
      expect(await office.rows(DraftAnswer, { field: 'patents', value: '165' })).toHaveLength(1);
    },
  );

  it('takes a figure of the report said between two answers about a project, and goes on with the project', async () => {
    await office.say('zhangsan', '新增项目：甲大学许可给乙公司');
    const answer = office.plain(await office.say('zhangsan', '企业27'));
    expect(answer).toMatch(/企业27家.*甲大学.*专利号/s);
    expect(office.plain(await office.say('zhangsan', '平台叫信阳专利超市'))).toMatch(/平台：信阳专利超市.*专利号/s);
    expect(office.plain(await office.say('zhangsan', 'ZL202110234567.5，免费'))).toMatch(/已登记第16项/);
  });

  it('does not take the number of patents of a project for a figure of the report', async () => {
    await office.say('zhangsan', '新增项目：甲大学许可给乙公司，专利1件，ZL202110234567.5，免费');
    expect(await office.rows(DraftAnswer, { field: 'patents', value: '1' })).toEqual([]);
  });

  it('says what it did not take of a message about a project', async () => {
    const told = '新增项目：甲大学许可给乙公司，ZL202110234567.5，免费；企业31；专利140';
    const answer = office.plain(await office.say('zhangsan', told));
    expect(answer).toMatch(/企业31家.*“专利140”没有记入.*已登记第16项/s);
  });

  it.each(['不', '取消'])('removes nothing after %s', async (no) => {
    await office.sayAll('zhangsan', '删除第1项', '谢谢');
    expect(office.plain(await office.say('zhangsan', no))).toMatch(/没有删除/);
    expect(office.plain(await office.say('zhangsan', '清单'))).toMatch(/共15项/);
  });

  it.each(['确认', '继续', '不是'])('keeps an unfinished project when it hears %s', async (words) => {
    await office.say('zhangsan', '新增项目：甲大学许可给乙公司');
    expect(office.plain(await office.say('zhangsan', words))).toMatch(/甲大学.*专利号/s);
    expect(office.plain(await office.say('zhangsan', 'ZL202110234567.5，免费'))).toMatch(/已登记第16项/);
  });
});
