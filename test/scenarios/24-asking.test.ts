import { DraftAnswer } from '../../entities/draft-answer';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('what the bot asks about a doubtful value, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.say('zhangsan', '上报');
  });
  afterEach(() => office.close());

  it.each(['是', '对', '对的'])('takes %s for the only reading that was offered', async (yes) => {
    expect(office.plain(await office.say('zhangsan', '规上企业29'))).toMatch(/企业29家/);
    await office.say('zhangsan', yes);
    expect(await office.rows(DraftAnswer, { field: 'enterprises', value: '29' })).toHaveLength(1);
  });

  it('drops the reading that was offered when it hears 不是, and asks the question again', async () => {
    await office.say('zhangsan', '规上企业29');
    expect(office.plain(await office.say('zhangsan', '不是'))).toMatch(/没有记.*参与企业/s);
    await office.say('zhangsan', '对');
    expect(await office.rows(DraftAnswer, { field: 'enterprises', value: '29' })).toEqual([]);
  });

  it.each([
    ['推送改成26O家', '推送改成26O家'],
    ['专利翻了一番', '专利翻了一番'],
  ])('offers no number cut out of %s', async (words, quoted) => {
    const answer = await office.say('zhangsan', words);
    expect(office.plain(answer)).toContain(`“${quoted}”没看明白`);
    expect(answer.choices).toEqual([]);
  });

  it('offers no number of firms for 2.0', async () => {
    const answer = await office.say('zhangsan', '恒通公司那笔金额2.9应为2.0');
    expect(office.plain(answer)).not.toMatch(/企业2家/);
  });

  it('does not call a web address a number', async () => {
    const answer = office.plain(await office.say('zhangsan', '见 http://a.example.cn/x'));
    expect(answer).toMatch(/“.*http.*”没看明白。是网址/);
  });

  it('quotes the beginning of a long text only', async () => {
    await office.sayAll('zhangsan', '4', '27', '135');
    const answer = office.plain(await office.say('zhangsan', `平台：${'省知识产权交易'.repeat(60)}`));
    expect(answer).not.toMatch(/(?:省知识产权交易){6}/);
  });

  it.each(['不知道', '跳过'])('says how to leave a project when it hears %s', async (words) => {
    await office.say('zhangsan', '新增项目：甲大学许可给乙公司');
    expect(office.plain(await office.say('zhangsan', words))).toMatch(/取消.*已记.*甲大学.*专利号/s);
  });

  it('offers last month of the field that is asked after a digression', async () => {
    await office.say('zhangsan', '规上企业29');
    const answer = await office.say('zhangsan', '谢谢');
    expect(office.plain(answer)).toMatch(/回到② 参与企业（上月24）/);
    expect(answer.choices).toEqual([{ label: '不变（24）', text: '不变' }]);
  });
});
