import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { FilingEntry } from '../../entities/filing-entry';
import { FilingVersion } from '../../entities/filing-version';
import { Statistics } from '../../entities/tables/statistics';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 2, question by question, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.addProjects('GS', 1, ['5', '6.7']);
  });
  afterEach(() => office.close());

  const june = async () => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId('GS'), period: '2025-06' });
    return filing;
  };

  it('asks each figure with last month’s beside it and never the licence figures', async () => {
    const opening = office.plain(await office.say('zhangsan', '上报'));
    expect(opening).toMatch(/光山县2025年6月.*6月30日/s);
    expect(opening).toMatch(/①.*高校院所.*3/);
    expect(office.plain(await office.say('zhangsan', '4'))).toMatch(/②.*企业.*24/);
    expect(office.plain(await office.say('zhangsan', '27'))).toMatch(/③.*专利.*118/);
    expect(office.plain(await office.say('zhangsan', '135'))).toMatch(/④.*平台.*省知识产权交易平台/);
    expect(office.plain(await office.say('zhangsan', '不变'))).toMatch(/⑤.*网址.*p\.example\.cn/);
    expect(office.plain(await office.say('zhangsan', '不变'))).toMatch(/⑥.*推送.*860/);
    const summary = office.plain(await office.say('zhangsan', '1020'));
    for (const fact of [/高校院所.*3.*4.*\+1/, /企业.*24.*27.*\+3/, /专利.*118.*135.*\+17/, /推送.*860.*1020.*\+160/]) {
      expect(summary).toMatch(fact);
    }
    for (const fact of [/许可.*15/, /免费.*6/, /付费.*9/, /48\.2万元/, /项目清单/, /确认/])
      expect(summary).toMatch(fact);
  });

  it('writes nothing official before 确认, then one version, however often it is confirmed', async () => {
    await office.sayAll('zhangsan', '上报', '4', '27', '135', '不变', '不变', '1020');
    expect(await june()).toMatchObject({ status: 'draft', versionId: null });
    expect(office.plain(await office.say('zhangsan', '确认'))).toMatch(/按时.*GS-202506-01/s);
    expect(office.plain(await office.say('zhangsan', '确认'))).toMatch(/已提交.*GS-202506-01.*未重复/s);
    const filing = await june();
    expect(filing).toMatchObject({ status: 'filed', timeliness: 'on_time' });
    const versions = await office.rows(FilingVersion, { filingId: filing?.id ?? 0 });
    expect(versions.map(({ number, receipt }) => [number, receipt])).toEqual([[1, 'GS-202506-01']]);
    const versionId = versions[0]?.id ?? 0;
    expect(await office.rows(Statistics, { versionId })).toMatchObject([
      {
        institutes: 4,
        enterprises: 27,
        patents: 135,
        smallFirms: 1020,
        licences: 15,
        freeLicences: 6,
        paidLicences: 9,
      },
    ]);
    expect(await office.rows(FilingEntry, { versionId })).toHaveLength(15);
  });

  it('keeps who gave each answer', async () => {
    await office.sayAll('zhangsan', '上报', '4');
    await office.sayAll('lisi', '上报', '27');
    const answers = await office.rows(DraftAnswer, { filingId: (await june())?.id ?? 0 });
    expect(answers.map(({ field, value }) => [field, value])).toEqual([
      ['institutes', '4'],
      ['enterprises', '27'],
    ]);
    expect(new Set(answers.map(({ authorId }) => authorId)).size).toBe(2);
  });
});
