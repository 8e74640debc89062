import { AuditEntry } from '../../entities/audit-entry';
import { Filing } from '../../entities/filing';
import { OutboxMessage } from '../../entities/outbox-message';
import { SupplementRequest } from '../../entities/supplement-request';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';
import { appoint } from './people';

describe.each(databases)('scenario 19, late, extended and locked, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const say = async (who: string, text: string) => office.plain(await office.say(who, text));
  const told = async (who: string) => (await office.told(who)).map(office.plain);
  const file = (who: string) => office.sayAll(who, '本月没变化', '确认');
  const filingOf = async (code: string, period = '2025-06') => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId(code), period });
    return filing;
  };

  describe('a report after the deadline', () => {
    it('is taken and marked late, with the deadline', async () => {
      await office.moveClock('2025-07-09T10:30:00+08:00');
      expect(await file('wangwu')).toMatch(/【迟报】（截止7月7日\(周一\)18:00）/);
      expect(await filingOf('LS')).toMatchObject({ timeliness: 'late' });
      expect(await say('keyuan', '进度')).toMatch(/迟报1.*迟报1家：罗山县/s);
    });
  });

  describe('an extension', () => {
    const extend = () => say('keyuan', '延期 浉河 到7月10日 系统故障');

    it('is on time until then, counted and listed apart', async () => {
      await office.sayAll('zhangsan', '本月没变化', '确认');
      await office.moveClock('2025-07-07T11:00:00+08:00');
      expect(await extend()).toMatch(
        /已延期：浉河区2025年6月统计表.*改为7月10日\(周四\)18:00.*系统故障.*取消延期 浉河区/s,
      );
      await office.moveClock('2025-07-09T10:30:00+08:00');
      expect(await file('chenjing')).toMatch(/【按时\(延期\)】/);
      await file('wangwu');
      expect(await filingOf('SH')).toMatchObject({ timeliness: 'on_time' });
      const progress = await say('keyuan', '进度');
      expect(progress).toMatch(/已报3家（按时2（含延期1），迟报1）/);
      expect(progress).toMatch(/延期内1家：浉河区/);
      expect(progress).toMatch(/及时率11\.8%（2\/17）/);
      expect(await say('chenjing', '进度')).toMatch(/按时\(延期\)/);
    });

    it('is told to the contacts and shown wherever they ask', async () => {
      await extend();
      expect((await told('chenjing')).at(-1)).toMatch(
        /市局同意延期.*浉河区2025年6月统计表.*7月10日\(周四\)18:00.*系统故障/s,
      );
      expect(await say('chenjing', '上报')).toMatch(/浉河区2025年6月/);
      expect(await say('chenjing', '截止哪天')).toMatch(/7月10日\(周四\)18:00（已延期，原截止7月7日\(周一\)18:00）/);
      expect(await say('chenjing', '帮助')).toMatch(/浉河区2025年6月统计表截止7月10日/);
      expect(await say('zhangsan', '帮助')).toMatch(/2025年6月统计表截止7月7日/);
      expect(await say('zhangsan', '进度')).toMatch(/截止7月7日/);
      expect(await say('chenjing', '进度')).toMatch(/7月10日/);
      expect(await say('keyuan', '未报')).toMatch(/浉河区（联络员陈静，延期至7月10日\(周四\)18:00）/);
      await office.moveClock('2025-07-07T18:06:00+08:00');
      expect((await told('juzhang')).at(-1)).toMatch(/浉河区（延期至7月10日\(周四\)18:00）/);
    });

    it('is what the reminders follow', async () => {
      await office.moveClock('2025-07-03T11:00:00+08:00');
      await extend();
      await office.moveClock('2025-07-15T11:00:00+08:00');
      const rows = await office.rows(OutboxMessage, { chatId: 'chenjing', purpose: 'reminder' });
      const words = rows.map(({ content, createdAt }) => [
        createdAt.toISOString().slice(8, 10),
        /今天18:00截止|截止7月10日|截止7月7日|已逾期\d天/.exec(office.plain(content))?.[0],
      ]);
      expect(words).toEqual([
        ['02', '截止7月7日'],
        ['09', '截止7月10日'],
        ['10', '今天18:00截止'],
        ['11', '已逾期1天'],
      ]);
    });

    it('makes what comes after it late, with its own deadline', async () => {
      await extend();
      await office.moveClock('2025-07-11T10:30:00+08:00');
      expect(await file('chenjing')).toMatch(/【迟报】（截止7月10日\(周四\)18:00）/);
    });

    it('does not call early on time what was on time anyway', async () => {
      await extend();
      expect(await file('chenjing')).toMatch(/【按时】/);
      expect(await say('keyuan', '进度')).not.toMatch(/延期/);
    });

    it('can be taken back before it was used', async () => {
      await extend();
      expect(await say('keyuan', '取消延期 浉河')).toMatch(/延期已取消，截止恢复为7月7日\(周一\)18:00/);
      expect((await told('chenjing')).at(-1)).toMatch(/延期已取消/);
      expect(await filingOf('SH')).toMatchObject({ extendedTo: null });
      expect((await office.rows(AuditEntry)).map(({ action }) => action)).toEqual(['延期', '取消延期']);
      expect(await say('keyuan', '取消延期 浉河')).toMatch(/没有延期/);
    });

    it.each([
      ['延期 浉河 到7月18日 系统故障', /不能晚于锁定（7月17日24:00）/],
      ['延期 浉河 到7月7日 系统故障', /要晚于原截止/],
      ['延期 浉河 到7月10日', /写明原因/],
      ['延期 浉河 系统故障', /延到哪天/],
      ['延期 到7月10日 系统故障', /哪个单位/],
    ])('is not given by “%s”', async (words, why) => {
      expect(await say('keyuan', words)).toMatch(why);
      expect(await filingOf('SH')).toBeUndefined();
    });

    it.each([
      ['给浉河区、平桥延期至7月9日，因为系统升级', ['SH', 'PQ'], '2025-07-09T10:00:00.000Z'],
      ['6月 延期 固始 到7月12日 停电', ['GU'], '2025-07-14T10:00:00.000Z'],
      ['延期 新县 6月 到下周三 人员变动', ['XX'], '2025-07-09T10:00:00.000Z'],
    ])('is given by “%s”', async (words, codes, until) => {
      await say('keyuan', words);
      for (const code of codes) expect((await filingOf(code))?.extendedTo?.toISOString()).toBe(until);
    });

    it('is not moved into the past, nor to where it is', async () => {
      await say('keyuan', '延期 浉河 到7月14日 系统故障');
      expect(await say('keyuan', '延期 浉河 到7月14日 系统故障')).toMatch(/已延期至7月14日\(周一\)18:00，没有变化/);
      expect(await told('chenjing')).toHaveLength(1);
      await office.moveClock('2025-07-11T09:00:00+08:00');
      expect(await say('keyuan', '延期 浉河 到7月10日 系统故障')).toMatch(/7月10日\(周四\)18:00已经过去，没有办理/);
      expect((await filingOf('SH'))?.extendedTo?.toISOString()).toBe('2025-07-14T10:00:00.000Z');
    });

    it('comes too late after the deadline, and for whoever has filed', async () => {
      await file('chenjing');
      expect(await extend()).toMatch(/浉河区.*已报，不用延期/);
      await office.moveClock('2025-07-08T10:30:00+08:00');
      expect(await say('keyuan', '延期 平桥 到7月10日 系统故障')).toMatch(/已于7月7日\(周一\)18:00截止，不能再延期/);
    });

    it.each(['chenjing', 'juzhang'])('is not given by %s', async (who) => {
      expect(await say(who, '延期 浉河 到7月10日 系统故障')).toMatch(/延期由市局人员办理.*说明原因/);
      expect(await filingOf('SH')).toBeUndefined();
    });
  });

  describe('a locked period', () => {
    /** Over so long a way that nothing of it happens. */
    beforeEach(async () => {
      await office.moveClock('2025-05-20T09:00:00+08:00');
      await office.moveClock('2025-07-23T09:30:00+08:00');
    });
    const apply = () => say('liuyang', '申请补报 系统故障');

    it('says when it was locked and how to ask', async () => {
      await office.moveClock('2025-07-18T09:30:00+08:00');
      expect(await say('liuyang', '上报6月')).toMatch(/6月.*已于7月17日24:00锁定.*申请补报6月 原因/);
      expect(await say('liuyang', '申请补报')).toMatch(/写明原因.*申请补报6月 系统故障/);
      expect(await office.rows(SupplementRequest)).toEqual([]);
    });

    it('can be filed with leave, marked as such, and staff hear of it', async () => {
      expect(await apply()).toMatch(/已申请补报：息县2025年6月统计表，原因：系统故障/);
      expect((await told('keyuan')).at(-1)).toMatch(/息县 刘洋申请补报.*系统故障.*同意补报 息县 6月/s);
      expect(await file('liuyang')).toMatch(/锁定/);
      expect(await say('keyuan', '同意补报 息县 6月')).toMatch(/已同意.*息县.*7月28日24:00/);
      expect((await told('liuyang')).at(-1)).toMatch(/同意补报.*7月28日24:00.*上报6月/s);
      expect(await office.sayAll('liuyang', '上报6月', '1', '12', '38', '不变', '不变', '260', '确认')).toMatch(
        /【补报】/,
      );
      expect(await filingOf('XI')).toMatchObject({ status: 'filed', timeliness: 'supplement' });
      expect((await told('keyuan')).at(-1)).toMatch(/息县2025年6月统计表已补报（XI-202506-01）/);
      expect(await say('keyuan', '进度')).toMatch(/补报1.*补报1家：息县/s);
      expect((await office.rows(AuditEntry)).map(({ action }) => action)).toEqual(['申请补报', '同意补报']);
    });

    it('stays locked when staff say no, with the reason', async () => {
      await apply();
      expect(await say('keyuan', '不同意补报 息县')).toMatch(/写明原因/);
      expect(await say('keyuan', '不同意补报 息县 6月 已定稿上报省局')).toMatch(/不同意息县.*已定稿上报省局/);
      expect((await told('liuyang')).at(-1)).toMatch(/不同意补报息县.*已定稿上报省局/);
      expect(await say('liuyang', '上报6月')).toMatch(/锁定/);
      expect(await say('keyuan', '同意补报 息县 6月')).toMatch(/已不同意.*科员甲.*没有重复/);
      expect(await apply()).toMatch(/已申请补报/);
      expect(await say('keyuan', '同意补报')).toMatch(/已同意：息县/);
    });

    it('is locked again after the leave, and stays so for the others', async () => {
      await apply();
      await say('keyuan', '同意补报 息县');
      expect(await say('wangwu', '上报6月')).toMatch(/锁定/);
      await office.moveClock('2025-07-29T00:01:00+08:00');
      expect(await say('liuyang', '上报6月')).toMatch(/锁定/);
    });

    it('asks which of two requests is meant', async () => {
      await apply();
      await say('wangwu', '我要补报6月，因为人员变动');
      const asked = await office.say('keyuan', '同意补报');
      expect(office.plain(asked)).toMatch(/有2个.*息县.*系统故障.*罗山县.*人员变动/s);
      expect(asked.choices.map(({ text }) => text)).toEqual(['同意补报 息县 6月', '同意补报 罗山县 6月']);
      expect(await say('keyuan', '同意补报 罗山')).toMatch(/已同意：罗山县/);
      expect(await filingOf('XI')).toBeUndefined();
    });

    it('needs no leave for what is filed, open or not yet begun', async () => {
      await office.moveClock('2025-08-01T10:30:00+08:00');
      expect(await say('liuyang', '申请补报7月 系统故障')).toMatch(/7月还没锁定.*上报7月/s);
      expect(await say('liuyang', '申请补报5月 系统故障')).toMatch(/5月.*已报，不用补报；要改请申请更正，如“更正5月/);
      expect(await say('liuyang', '申请补报 系统故障')).toMatch(/已申请补报：息县2025年6月/);
    });

    it('asks which month is meant while the next one is open as well, and stays with it', async () => {
      await office.moveClock('2025-08-01T09:30:00+08:00');
      await apply();
      await say('keyuan', '同意补报 息县 6月');
      expect(await say('liuyang', '上报 企业30')).toMatch(/6月、7月都可以报，请说明是哪一期/);
      expect(await filingOf('XI', '2025-07')).toBeUndefined();
      await office.sayAll('liuyang', '上报6月', '1');
      expect(await say('liuyang', '企业13')).toMatch(/企业13家/);
      expect(await filingOf('XI', '2025-07')).toBeUndefined();
      expect(await office.sayAll('liuyang', '上报7月', '2')).toMatch(/参与企业/);
      expect(await filingOf('XI', '2025-07')).toMatchObject({ status: 'draft' });
    });

    it('is decided once by two of the staff', async () => {
      await appoint(office, { unit: 'XY', userId: 'keyuanyi', name: '科员乙', role: 'staff' });
      await apply();
      const answers = await Promise.all([say('keyuan', '同意补报 息县'), say('keyuanyi', '不同意补报 息县 已定稿')]);
      expect(answers.filter((answer) => /没有重复办理/.test(answer))).toHaveLength(1);
      expect((await told('liuyang')).filter((words) => /补报息县/.test(words))).toHaveLength(1);
    });

    it.each(['zhangsan', 'juzhang'])('is not opened by %s', async (who) => {
      await apply();
      expect(await say(who, '同意补报 息县 6月')).toMatch(/由市局人员使用/);
      expect(await office.rows(SupplementRequest)).toMatchObject([{ status: 'open' }]);
    });

    it('is asked for once, also by two contacts', async () => {
      await appoint(office, { unit: 'XI', userId: 'fuban', name: '冯副', role: 'contact', deputy: true });
      await Promise.all([apply(), say('fuban', '申请补报 停电')]);
      expect(await office.rows(SupplementRequest)).toHaveLength(1);
    });
  });
});
