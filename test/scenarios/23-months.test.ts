import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 23, from one month to the next, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  it('takes figures of 12 July for June', async () => {
    await office.moveClock('2025-07-12T10:00:00+08:00');
    expect(office.plain(await office.say('zhangsan', '上报 企业30'))).toMatch(/企业30/);
    expect(await office.rows(Filing, { period: '2025-06' })).toHaveLength(1);
  });

  it('says when a month opens that is asked for too early', async () => {
    await office.moveClock('2025-07-12T10:00:00+08:00');
    expect(office.plain(await office.say('zhangsan', '上报7月'))).toMatch(/7月期8月1日开放/);
  });

  it('takes figures of 2 August for July, leaves June’s draft alone and says what became of it', async () => {
    await office.sayAll('zhangsan', '上报', '4', '27');
    await office.moveClock('2025-08-02T10:00:00+08:00');
    const answer = office.plain(await office.say('zhangsan', '上报 企业30'));
    expect(answer).toMatch(/2025年7月.*7月31日/s);
    expect(answer).toMatch(/6月草稿未交.*7月17日.*锁定/);
    expect(answer).toMatch(/5月定稿/);
    const [july] = await office.rows(Filing, { period: '2025-07' });
    expect(await office.rows(DraftAnswer, { filingId: july?.id ?? 0 })).toMatchObject([
      { field: 'enterprises', value: '30' },
    ]);
    const [june] = await office.rows(Filing, { period: '2025-06' });
    expect(await office.rows(DraftAnswer, { filingId: june?.id ?? 0 })).toHaveLength(2);
  });

  it('refuses a locked month and writes nothing', async () => {
    await office.moveClock('2025-07-18T09:00:00+08:00');
    expect(office.plain(await office.say('zhangsan', '上报6月'))).toMatch(/7月17日.*锁定/);
    expect(await office.rows(Filing, { period: '2025-06' })).toEqual([]);
  });
});
