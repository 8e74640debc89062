import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 14, nothing has changed, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  it('shows last month’s figures, files them on 确认 and marks them 无变化', async () => {
    const shown = office.plain(await office.say('zhoumin', '本月没变化'));
    for (const fact of [/沿用5月定稿/, /2025-06-30/, /高校院所.*2/, /企业.*9/, /确认/]) expect(shown).toMatch(fact);
    await office.say('zhoumin', '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    expect(filing).toMatchObject({ status: 'filed' });
    expect(await office.rows(FilingVersion, { filingId: filing?.id ?? 0 })).toMatchObject([{ unchanged: true }]);
    expect(office.plain(await office.say('keyuan', '进度'))).toMatch(/已报\s*1/);
  });

  it('says so when the project list has changed', async () => {
    await office.addProjects('XX', 1);
    const shown = office.plain(await office.say('zhoumin', '本月没变化'));
    expect(shown).toMatch(/清单有变化.*许可3项/);
    await office.say('zhoumin', '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    expect(await office.rows(FilingVersion, { filingId: filing?.id ?? 0 })).toMatchObject([{ unchanged: false }]);
  });
});
