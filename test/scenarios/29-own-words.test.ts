import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('figures that begin like an order of staff, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));

  it.each([
    ['变更企业为28', 'enterprises', '28'],
    ['变更6月企业为28', 'enterprises', '28'],
    ['更换平台为新县专利网', 'platforms', '新县专利网'],
  ])('takes “%s” for the unit’s own report', async (words, field, value) => {
    await office.say('zhangsan', '上报');
    await office.say('zhangsan', words);
    expect((await office.rows(DraftAnswer, { field })).at(-1)).toMatchObject({ value });
  });

  it('asks about “专利延期1件，135件” as about any other figure', async () => {
    await office.say('zhangsan', '上报');
    expect(await tell('zhangsan', '专利延期1件，135件')).toMatch(/是专利1件吗.*开放许可专利/s);
  });

  it.each(['退回的那项改成260', '退回已改，推送260'])(
    'takes “%s” for the answer to what was sent back',
    async (words) => {
      await office.sayAll('zhoumin', '本月没变化', '确认');
      await office.say('keyuan', '退回 新县 推送 与平台后台不符');
      expect(await tell('zhoumin', words)).toMatch(/推送中小微300→260家，其余各项不变/);
    },
  );

  it.each([
    ['更换 光山 张三 李四', /更换联络员由市局人员办理/],
    ['更换电话', /电话、邮箱变了，也请告诉市局/],
    ['退回 新县 推送 与平台后台不符', /由市局人员使用/],
    ['能不能延期两天', /延期由市局人员办理/],
    ['申请延期到7月10日，专利数还没核完', /延期由市局人员办理/],
    ['延期 浉河 到7月10日 系统故障', /延期由市局人员办理/],
    ['暂停催报3天', /由市局人员使用/],
  ])('still says who does “%s”', async (words, answer) => {
    await office.say('zhangsan', '上报');
    const before = await office.rows(DraftAnswer);
    expect(await tell('zhangsan', words)).toMatch(answer);
    expect(await office.rows(DraftAnswer)).toEqual(before);
    expect(await office.rows(Filing, { status: 'returned' })).toEqual([]);
  });

  it.each([
    ['zhangsan', '退回 新县 推送 与平台后台不符', '“退回”由市局人员使用。报数请回“上报”，您能用的说法回“帮助”看。'],
    ['juzhang', '光山 历史', '“历史”由市局人员、联络员使用。您可以回“进度”“未报”看情况，全部说法回“帮助”。'],
    ['juzhang', '更正5月 企业24应为23', '“更正”由联络员使用。您可以回“进度”“未报”看情况，全部说法回“帮助”。'],
  ])('tells %s who does “%s”, and what else to do', async (who, words, answer) => {
    expect(await tell(who, words)).toBe(answer);
  });
});
