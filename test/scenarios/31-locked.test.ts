import { Filing } from '../../entities/filing';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('a report that is in and locked, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));

  it.each([
    ['5月企业改成23', '更正5月 企业改成23'],
    ['5月企业23', '更正5月 企业23'],
    ['5月恒通那笔金额2.9应为2.0，笔误', '更正5月 恒通那笔金额2.9应为2.0，笔误'],
  ])('“%s” is handed back as the request for a correction', async (words, request) => {
    const answer = await office.say('zhangsan', words);
    expect(office.plain(answer)).toMatch(/5月统计表（GS-202505-01）已报，已于6月15日24:00锁定，不能直接改，没有记下/);
    expect(answer.choices.map(({ text }) => text)).toEqual([request]);
    expect(await tell('zhangsan', request)).toMatch(/将申请更正/);
    expect(office.plain(answer)).not.toContain('补报');
  });

  it('says how to correct it to who wants to report it', async () => {
    expect(await tell('zhangsan', '上报5月')).toMatch(/已报.*锁定，不能再改.*要改请申请更正，如“更正5月/s);
    expect(await tell('zhangsan', '申请补报5月 系统故障')).toMatch(/已报，不用补报；要改请申请更正，如“更正5月/);
  });

  describe('while it was sent back', () => {
    beforeEach(async () => {
      await office.sayAll('zhoumin', '本月没变化', '确认');
      await office.say('keyuan', '退回 新县 推送 与平台后台不符');
    });
    const told = async () => (await office.told('zhoumin')).map(office.plain);

    it('is said to be so on the last working morning before the lock, once', async () => {
      await office.moveClock('2025-07-17T09:59:00+08:00');
      expect(await told()).toHaveLength(1);
      await office.moveClock('2025-07-17T10:05:00+08:00');
      await office.restart();
      expect((await told()).slice(1)).toEqual([
        expect.stringMatching(
          /新县6月统计表仍在退回修改中（退回1项：推送中小微，原因：与平台后台不符）。7月17日24:00锁定，锁定后不计入合计/,
        ),
      ]);
      expect(await tell('zhoumin', '260')).toMatch(/推送中小微300→260家/);
    });

    it('is not said to a unit that has answered', async () => {
      await office.sayAll('zhoumin', '260', '确认');
      await office.moveClock('2025-07-17T10:05:00+08:00');
      expect(await told()).toHaveLength(1);
    });

    it('is answered with the correction afterwards', async () => {
      await office.moveClock('2025-07-18T09:30:00+08:00');
      const answer = await office.say('zhoumin', '260');
      expect(office.plain(answer)).toMatch(/退回修改中，没有重报，已于7月17日24:00锁定/);
      expect(answer.choices.map(({ text }) => text)).toEqual(['更正6月 推送中小微300应为260']);
      expect(await tell('zhoumin', '申请补报6月 系统故障')).toMatch(/不用补报；要改请申请更正/);
      await office.sayAll('zhoumin', '更正6月 推送中小微300应为260，与平台后台不符', '提交');
      await office.say('keyuan', '同意更正 新县 6月');
      expect(await office.rows(Filing, { period: '2025-06', status: 'returned' })).toEqual([]);
    });
  });
});
