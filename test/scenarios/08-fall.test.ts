import { Filing } from '../../entities/filing';
import { FilingNote } from '../../entities/filing-note';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 8, a cumulative figure falls, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '上报', '4', '企业20');
  });
  afterEach(() => office.close());

  const rest = ['135', '不变', '不变', '1020'] as const;

  it('asks for the right figure or a reason', async () => {
    const answer = await office.sayAll('zhangsan', '企业20');
    expect(answer).toMatch(/企业20.*24.*不会减少/s);
    expect(answer).toMatch(/原因/);
  });

  it('does not file without a reason', async () => {
    await office.sayAll('zhangsan', ...rest, '确认', '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    expect(filing).toMatchObject({ status: 'draft', versionId: null });
  });

  it('files with the reason and keeps it with the version', async () => {
    expect(office.plain(await office.say('zhangsan', '有4家退出'))).toContain('有4家退出');
    await office.sayAll('zhangsan', ...rest, '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    expect(filing?.status).toBe('filed');
    expect(await office.rows(FilingNote, { versionId: filing?.versionId ?? 0 })).toMatchObject([
      { field: 'enterprises', kind: 'explanation', text: '有4家退出' },
    ]);
  });

  it('does not take bare figures for a reason', async () => {
    expect(office.plain(await office.say('zhangsan', '27 135'))).toMatch(/企业20.*说明/);
    expect(await office.rows(Filing, { period: '2025-06' })).toMatchObject([{ status: 'draft' }]);
  });

  it('takes a reason that names a month and a number', async () => {
    expect(office.plain(await office.say('zhangsan', '5月多报了4家'))).toContain('5月多报了4家');
    await office.sayAll('zhangsan', ...rest, '确认');
    expect(await office.rows(FilingNote)).toMatchObject([{ text: '5月多报了4家' }]);
  });

  it('takes a corrected figure in place of a reason', async () => {
    expect(office.plain(await office.say('zhangsan', '25'))).toMatch(/企业.*25/);
    await office.sayAll('zhangsan', ...rest, '确认');
    expect(await office.rows(Filing, { period: '2025-06' })).toMatchObject([{ status: 'filed' }]);
    expect(await office.rows(FilingNote)).toEqual([]);
  });
});
