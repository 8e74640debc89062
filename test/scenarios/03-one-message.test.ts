import Decimal from 'decimal.js';
import { Filing } from '../../entities/filing';
import { Statistics } from '../../entities/tables/statistics';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const batch =
  '光山6月：高校院所4家，企业二十七家，开放许可专利一百三十五件，平台没变，推送中小微企业一千零二十家，许可15项，免费6付费9，金额48.2万';

describe.each(databases)('scenario 3, everything in one message, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.addProjects('GS', 1, ['5', '6.7']);
  });
  afterEach(() => office.close());

  it('reads all of it, checks it against the project list and needs one 确认', async () => {
    const summary = office.plain(await office.say('zhangsan', batch));
    for (const fact of [/企业.*27/, /推送.*1020/, /与项目清单一致/, /尚未提交/, /确认/]) expect(summary).toMatch(fact);
    expect(office.plain(await office.say('zhangsan', '确认'))).toContain('GS-202506-01');
  });

  it('stores the values exactly, each in its own field', async () => {
    await office.sayAll('zhangsan', batch, '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    const [row] = await office.rows(Statistics, { versionId: filing?.versionId ?? 0 });
    expect(row).toMatchObject({ institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020, licences: 15 });
    expect(row).toMatchObject({ platforms: '省知识产权交易平台', platformUrls: 'https://p.example.cn' });
    expect(new Decimal(row?.paidAmount ?? 0).toFixed()).toBe('48.2');
  });
});
