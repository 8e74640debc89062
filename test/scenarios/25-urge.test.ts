import { OutboxMessage } from '../../entities/outbox-message';
import { Reminder } from '../../entities/reminder';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';
import { appoint } from './people';

describe.each(databases)('scenario 25, 催 by staff, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const say = async (who: string, text: string) => office.plain(await office.say(who, text));
  const told = async (who: string) => (await office.told(who)).map(office.plain);
  const fileAll = async (...people: readonly string[]) => {
    for (const who of people) await office.sayAll(who, '本月没变化', '确认');
  };
  const counties = ['zhangsan', 'wangwu', 'chenjing', 'sunyue', 'zhoumin', 'heping', 'luxin', 'fangyuan', 'gaofei'];
  const urges = () => office.rows(Reminder, { step: 'urge' });
  const remindersTo = (chatId: string) => office.rows(OutboxMessage, { chatId, purpose: 'reminder' });

  it('says whom it would reach and sends nothing before it is confirmed', async () => {
    await office.moveClock('2025-07-03T11:00:00+08:00');
    const asked = await office.say('keyuan', '催 未报');
    expect(office.plain(asked)).toMatch(/将发给10家：.*罗山县（王五，已催1次）.*不发：羊山分局\(尚无联络员\)/s);
    expect(asked.choices.map(({ text }) => text)).toEqual(['确认催报']);
    expect(await urges()).toEqual([]);
    expect(await say('keyuan', '确认催报')).toMatch(/已发给10家：.*罗山县/);
    expect((await told('wangwu')).at(-1)).toMatch(/市局催报：罗山县6月统计表未交.*截止7月7日\(周一\)18:00/s);
    expect(await say('keyuan', '未报')).toMatch(/罗山县（联络员王五，已催2次）/);
    expect(await say('keyuan', '确认催报')).toMatch(/没有待确认的催报/);
  });

  it('skips who is paused, and says when nobody is left', async () => {
    await fileAll(...counties);
    await office.moveClock('2025-07-08T11:00:00+08:00');
    await say('keyuan', '暂停催报 息县 因防汛 至7月12日');
    expect(await say('keyuan', '催 息县')).toBe('将发给：息县(暂停中，跳过)。无人可发。');
    expect(await say('keyuan', '催未报')).toMatch(/将发给：息县\(暂停中，跳过\).*无人可发/);
    expect(await say('keyuan', '确认催报')).toMatch(/没有待确认/);
    expect(await say('keyuan', '未报')).toMatch(/息县（联络员刘洋，已催4次，暂停至7月12日，因防汛）/);
  });

  it.each(['催 息县', '再催一次息县', '催一下息县局', '请催报息县6月'])(
    '“%s” reaches that county alone',
    async (words) => {
      await office.moveClock('2025-07-08T11:00:00+08:00');
      expect(await say('keyuan', words)).toMatch(/将发给1家：息县（刘洋，已催4次，10:00刚催过）/);
      await say('keyuan', '确认催报');
      expect((await told('liuyang')).at(-1)).toMatch(/市局催报：息县6月统计表未交.*已逾期1天/s);
      expect(await urges()).toHaveLength(1);
    },
  );

  it('leaves alone whom the timetable has just reminded, unless it is named', async () => {
    await office.moveClock('2025-07-03T20:00:00+08:00');
    await say('keyuan', '暂停催报 罗山 因防汛 至7月4日');
    await office.moveClock('2025-07-04T10:05:00+08:00');
    await say('keyuan', '恢复催报 罗山');
    expect(await say('keyuan', '催 未报')).toMatch(
      /将发给1家：罗山县（王五，已催1次）.*不发：.*息县\(10:00已催过，跳过\)/s,
    );
    expect(await say('keyuan', '催 息县')).toMatch(/将发给1家：息县（刘洋，已催2次，10:00刚催过）/);
    expect(await say('keyuan', '确认催报')).toMatch(/已发给1家：息县/);
    await office.moveClock('2025-07-04T12:01:00+08:00');
    expect(await say('keyuan', '催 未报')).toMatch(/将发给9家/);
  });

  it('reaches several that are named, and not the one that has filed', async () => {
    await fileAll('zhoumin');
    expect(await say('keyuan', '催 息县、新县和罗山')).toMatch(/将发给2家：罗山县.*息县.*新县已报，不用催/s);
    await say('keyuan', '确认催报');
    expect((await told('zhoumin')).length).toBe(0);
  });

  it('sends nothing to a county that files in between', async () => {
    await office.moveClock('2025-07-03T11:00:00+08:00');
    await say('keyuan', '催 息县、罗山');
    await fileAll('wangwu');
    expect(await say('keyuan', '确认催报')).toMatch(/已发给1家：息县.*另有1家刚刚报了/s);
    expect(await remindersTo('wangwu')).toHaveLength(1);
  });

  it('waits for the end of the silence, and is decided anew then', async () => {
    await office.moveClock('2025-07-08T20:30:00+08:00');
    expect(await say('keyuan', '催 息县、罗山、新县')).toMatch(/静默时段，将于7月9日\(周三\)08:30发出/);
    expect(await say('keyuan', '确认催报')).toMatch(/将于7月9日\(周三\)08:30发给3家.*到时已报的不发/);
    expect(await say('keyuan', '催 息县')).toMatch(/息县\(已定7月9日\(周三\)08:30发，跳过\)/);
    await fileAll('wangwu');
    await say('keyuan', '暂停催报 新县 因防汛 至7月9日');
    await office.moveClock('2025-07-09T08:29:00+08:00');
    const before = (await remindersTo('liuyang')).length;
    await office.moveClock('2025-07-09T08:31:00+08:00');
    await office.restart();
    expect(await remindersTo('liuyang')).toHaveLength(before + 1);
    expect((await told('liuyang')).at(-1)).toMatch(/市局催报：息县/);
    expect(await remindersTo('wangwu')).toHaveLength(4);
    expect(await remindersTo('zhoumin')).toHaveLength(4);
    expect((await urges()).map(({ messages }) => messages).sort()).toEqual([0, 0, 1]);
  });

  it('is not sent twice by two of the staff', async () => {
    await appoint(office, { unit: 'XY', userId: 'keyuanyi', name: '科员乙', role: 'staff' });
    await office.moveClock('2025-07-03T11:00:00+08:00');
    await say('keyuan', '催 息县');
    await say('keyuanyi', '催 息县');
    const answers = await Promise.all([say('keyuan', '确认催报'), say('keyuanyi', '确认催报')]);
    expect(answers.filter((answer) => answer.includes('已发给1家：息县'))).toHaveLength(1);
    expect(answers.filter((answer) => /没有发出.*息县\(11:0\d科员.刚催过，跳过\)/s.test(answer))).toHaveLength(1);
    expect(await urges()).toHaveLength(1);
  });

  it('shows a list anew that was shown an hour ago', async () => {
    await say('keyuan', '催 息县');
    await office.moveClock('2025-07-02T11:00:00+08:00');
    expect(await say('keyuan', '确认催报')).toMatch(/请先回“催 未报”看名单/);
  });

  it.each([
    ['催 光山以外的', /请说明催谁/],
    ['催 北京', /请说明催谁/],
    ['催 未报 5月', /5月已于.*锁定/],
  ])('“%s” is answered plainly', async (words, answer) => {
    expect(await say('keyuan', words)).toMatch(answer);
    expect(await urges()).toEqual([]);
  });

  it.each(['juzhang', 'zhaolei'])('is for staff, not for %s', async (who) => {
    expect(await say(who, '催 未报')).toMatch(/由市局人员使用/);
    expect(await urges()).toEqual([]);
  });

  it('names nobody in a group', async () => {
    const answer = office.plain(await office.say('keyuan', '催 未报', { group: 'pilot-group' }));
    expect(answer).not.toMatch(/息县|王五/);
  });
});
