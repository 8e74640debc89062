import { DraftAnswer } from '../../entities/draft-answer';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 6, digressions, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '上报', '4', '27', '135', '不变', '不变');
  });
  afterEach(() => office.close());

  it.each<[string, readonly RegExp[]]>([
    ['提成怎么填？', [/入门费\+提成.*只填入门费/, /纯提成.*填0/]],
    ['截止哪天', [/7月7日.*18:00/, /7月5日.*周六.*顺延/]],
    ['什么算惠及？', [/累计/]],
    ['谢谢', []],
    ['😊', []],
  ])('answers “%s” and comes back to the open question', async (aside, facts) => {
    const answer = office.plain(await office.say('zhangsan', aside));
    for (const fact of facts) expect(answer).toMatch(fact);
    expect(answer).toMatch(/⑥.*推送.*860/);
  });

  it('takes the next number for the open question and nothing from the digressions', async () => {
    const before = await office.rows(DraftAnswer);
    await office.sayAll('zhangsan', '提成怎么填？', '截止哪天', '帮助');
    expect(await office.rows(DraftAnswer)).toHaveLength(before.length);
    await office.say('zhangsan', '1020');
    expect((await office.rows(DraftAnswer)).at(-1)).toMatchObject({ field: 'smallFirms', value: '1020' });
  });
});
