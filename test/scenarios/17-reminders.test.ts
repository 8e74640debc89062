import { Between, type FindOptionsWhere } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import { Reminder } from '../../entities/reminder';
import { isSilent } from '../../src/calendar/silence';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 17, reminders, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const at = (time: string) => office.moveClock(`2025-${time}:00+08:00`);
  const file = (who: string) => office.sayAll(who, '本月没变化', '确认');
  const told = async (who: string) => (await office.told(who)).map(office.plain);
  const remindersWhere = (where: FindOptionsWhere<OutboxMessage> = {}) =>
    office.rows(OutboxMessage, { purpose: 'reminder', ...where });
  /** 07-02 10:00 of everything somebody was reminded with. */
  const mornings = async (chatId: string) =>
    (await remindersWhere({ chatId })).map(({ createdAt }) =>
      new Date(createdAt.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' '),
    );

  it('tells on 2 July what is missing, until when and why then, and how to answer', async () => {
    await office.sayAll('liuyang', '上报', '1', '12', '38', '不变', '不变');
    await at('07-02T10:05');
    expect((await told('liuyang'))[0]).toMatch(/息县6月统计表未交，草稿已填5\/6项，缺：推送中小微/);
    const [words] = await told('wangwu');
    expect(words).toMatch(/罗山县6月统计表未交，缺：高校院所、企业、专利、平台、网址、推送中小微/);
    expect(words).toMatch(/截止7月7日\(周一\)18:00（7月5日为周六，顺延）/);
    expect(words).toMatch(/可直接回：“高校院所2 企业15 专利64 …”/);
  });

  it('speaks on the mornings of 2, 4 and 7 July, never in the evening or on the weekend', async () => {
    await at('07-07T20:30');
    expect(await mornings('wangwu')).toEqual(['07-02 10:00', '07-04 10:00', '07-07 10:00']);
    expect((await told('wangwu')).at(-1)).toMatch(/今天18:00截止/);
    expect((await remindersWhere()).filter(({ createdAt }) => isSilent(createdAt))).toEqual([]);
  });

  it('says nothing to those who have filed, also a minute before the hour', async () => {
    await file('zhangsan');
    await at('07-04T09:59');
    await file('wangwu');
    await at('07-07T09:59');
    await file('zhoumin');
    await at('07-09T12:00');
    expect(await mornings('zhangsan')).toEqual([]);
    expect(await mornings('lisi')).toEqual([]);
    expect(await mornings('wangwu')).toEqual(['07-02 10:00']);
    expect(await mornings('zhoumin')).toEqual(['07-02 10:00', '07-04 10:00']);
  });

  it('tells each county each step once, over restarts', async () => {
    await at('07-02T10:05');
    await office.restart();
    await at('07-04T10:05');
    await office.restart();
    await at('07-07T10:05');
    await office.restart();
    expect(await mornings('wangwu')).toHaveLength(3);
    const steps = await office.rows(Reminder, { unitId: await office.unitId('LS') });
    expect(steps.map(({ step, messages }) => [step, messages])).toEqual([
      ['T-3', 1],
      ['T-1', 1],
      ['T-0', 1],
    ]);
  });

  it('reminds a county again that takes its report back', async () => {
    await file('wangwu');
    await at('07-02T11:00');
    await office.say('wangwu', '撤回');
    await at('07-04T10:05');
    expect((await mornings('wangwu')).at(-1)).toBe('07-04 10:00');
  });

  it('goes around the National Day, and counts a Saturday that is worked', async () => {
    await at('09-27T09:00');
    await at('10-11T09:30');
    const october = Between(new Date('2025-10-01T00:00:00+08:00'), new Date('2025-10-31T00:00:00+08:00'));
    const rows = await remindersWhere({ chatId: 'wangwu', createdAt: october });
    expect(rows.map(({ createdAt }) => createdAt.toISOString().slice(5, 16))).toEqual(['10-09T02:00', '10-10T02:00']);
    expect(rows.map(({ content }) => office.plain(content))).toEqual([
      expect.stringMatching(/罗山县9月统计表未交.*今天18:00截止/s),
      expect.stringMatching(/已逾期1天（截止10月9日\(周四\)18:00）/),
    ]);
    await office.say('keyuan', '催 罗山');
    expect(office.plain(await office.say('keyuan', '确认催报'))).toMatch(/已发给1家：罗山县/);
  });

  it('makes up on the worked Saturday for a step of the pause before it', async () => {
    await at('10-09T09:00');
    await at('10-09T11:00');
    await office.say('keyuan', '暂停催报 罗山 因抗旱 至10月10日');
    await at('10-13T09:00');
    expect((await mornings('wangwu')).slice(-2)).toEqual(['10-09 10:00', '10-11 10:00']);
  });
});
