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

  it('lets an entry be shown, changed and removed by its number', async () => {
    expect(office.plain(await office.say('zhangsan', '项目清单'))).toMatch(/恒通公司.*2\.9/);
    expect(office.plain(await office.say('zhangsan', '第2个项目使用费改成2万'))).toMatch(/使用费2万元/);
    expect(office.plain(await office.say('zhangsan', '删除第1项'))).toMatch(/要删除第1项/);
    expect(office.plain(await office.say('zhangsan', '确认'))).toMatch(/已删除第1项/);
    const list = office.plain(await office.say('zhangsan', '清单'));
    expect(list).toMatch(/共14项/);
    expect(list).toMatch(/1.*豫南大学.*恒通公司.*2\b/);
  });
});
