import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 5, corrections in the middle, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '上报', '4', '24');
  });
  afterEach(() => office.close());

  it('mends an earlier answer and asks the open question again', async () => {
    const mended = office.plain(await office.say('zhangsan', '前面企业写错了，是42不是24'));
    expect(mended).toMatch(/企业.*42.*24/);
    expect(mended).toMatch(/③.*专利.*118/);
    await office.say('zhangsan', '135');
    const byOrdinal = office.plain(await office.say('zhangsan', '第一项改成5'));
    expect(byOrdinal).toMatch(/高校院所.*5.*4/);
    expect(byOrdinal).toMatch(/④.*平台/);
    const summary = await office.sayAll('zhangsan', '不变', '不变', '900');
    for (const fact of [/高校院所.*→5/, /企业.*→42/, /专利.*→135/]) expect(summary).toMatch(fact);
  });

  it('keeps both states of a corrected answer', async () => {
    await office.sayAll('zhangsan', '前面企业写错了，是42不是24');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    const answers = await office.rows(DraftAnswer, { filingId: filing?.id ?? 0, field: 'enterprises' });
    expect(answers.map(({ value }) => value)).toEqual(['24', '42']);
  });

  it('shows the summary again when a figure is corrected after it', async () => {
    const summary = await office.sayAll('zhangsan', '135', '不变', '不变', '900');
    expect(summary).toContain('确认');
    const again = office.plain(await office.say('zhangsan', '企业还是27'));
    expect(again).toMatch(/企业.*24→27.*\+3/);
    expect(again).toContain('确认');
  });
});
