import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 4, vague and missing figures, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const vague = '企业三十来家，专利三百多件，推了1.2万家，金额3千';

  it('takes what is certain and asks for all the rest in one reply', async () => {
    const answer = office.plain(await office.say('zhangsan', vague));
    for (const fact of [/12000/, /860.*增幅/, /三十来家.*确切/, /三百多件.*确切/, /0\.3万元/, /3000万元/]) {
      expect(answer).toMatch(fact);
    }
    expect(answer).toMatch(/还缺：.*高校院所.*平台/);
    expect(answer).toMatch(/项目清单/);
  });

  it('writes none of the vague figures', async () => {
    await office.say('zhangsan', vague);
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    const answers = await office.rows(DraftAnswer, { filingId: filing?.id ?? 0 });
    expect(answers.map(({ field, value }) => [field, value])).toEqual([['smallFirms', '12000']]);
  });

  it('wants a word about the jump before it is filed, and keeps it', async () => {
    await office.sayAll('zhangsan', vague, '高校院所4 企业30 专利301 平台没变');
    const [reason] = await office.rows(DraftAnswer, { field: 'smallFirms', explanation: '新平台上线，批量推送' });
    expect(reason).toBeUndefined();
    expect(office.plain(await office.say('zhangsan', '新平台上线，批量推送'))).toContain('新平台上线，批量推送');
    expect(office.plain(await office.say('zhangsan', '确认'))).toContain('GS-202506-01');
  });
});
