import { AuditEntry } from '../../entities/audit-entry';
import { OutboxMessage } from '../../entities/outbox-message';
import { Reminder } from '../../entities/reminder';
import { ReminderPause } from '../../entities/reminder-pause';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';
import { appoint } from './people';

const morning = (day: string) => `2025-07-${day}T10:05:00+08:00`;

describe.each(databases)('scenario 18, a county that does not file, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await appoint(office, { unit: 'XI', userId: 'fuban', name: '冯副', role: 'contact', deputy: true });
    await appoint(office, { unit: 'XI', userId: 'fenguan', name: '何局', role: 'lead' });
  });
  afterEach(() => office.close());

  const say = async (who: string, text: string) => office.plain(await office.say(who, text));
  const told = async (who: string) => (await office.told(who)).map(office.plain);
  const file = (who: string) => office.sayAll(who, '本月没变化', '确认');
  /** The mornings on which somebody was reminded. */
  const reminded = async (chatId: string) =>
    (await office.rows(OutboxMessage, { chatId, purpose: 'reminder' })).map(({ createdAt }) =>
      createdAt.toISOString().slice(5, 16),
    );

  it('tells both contacts on the first working day after the deadline, with the day of the lock', async () => {
    await office.moveClock(morning('08'));
    for (const who of ['liuyang', 'fuban']) {
      expect((await told(who)).at(-1)).toMatch(/息县6月统计表未交.*已逾期1天.*锁定日7月17日/s);
    }
    expect(await told('fenguan')).toEqual([]);
  });

  it('tells the lead on the third working day, naming the contacts and no figure', async () => {
    await office.moveClock(morning('10'));
    const [words, ...more] = await told('fenguan');
    expect(words).toMatch(/息县6月统计表未报.*已逾期3天.*7月17日.*刘洋、冯副/s);
    expect(words).not.toMatch(/企业|专利|高校|255|38/);
    expect(more).toEqual([]);
    expect((await told('liuyang')).at(-1)).toMatch(/已逾期1天/);
  });

  it('stops the moment the report is in', async () => {
    await office.moveClock('2025-07-08T09:59:00+08:00');
    await file('liuyang');
    await office.moveClock(morning('11'));
    expect(await reminded('liuyang')).toEqual(['07-02T02:00', '07-04T02:00', '07-07T02:00']);
    expect(await told('fenguan')).toEqual([]);
  });

  it('keeps a record of each step, once over restarts', async () => {
    await office.moveClock(morning('10'));
    await office.restart();
    await office.restart();
    const unitId = await office.unitId('XI');
    const rows = await office.rows(Reminder, { unitId });
    expect(rows.map(({ occurrence, messages }) => [occurrence, messages])).toEqual([
      [`statistics/2025-06/T-3/${unitId}`, 2],
      [`statistics/2025-06/T-1/${unitId}`, 2],
      [`statistics/2025-06/T-0/${unitId}`, 2],
      [`statistics/2025-06/T+1/${unitId}`, 2],
      [`statistics/2025-06/T+3/${unitId}`, 1],
    ]);
    expect(await told('fenguan')).toHaveLength(1);
  });

  it('says nothing while it is paused, and goes on with the step it had come to, once', async () => {
    await office.moveClock(morning('08'));
    const answer = await say('keyuan', '暂停催报 息县 因防汛 至7月12日');
    expect(answer).toMatch(/已暂停催报：息县，至7月12日24:00，因防汛.*7月14日\(周一\)10:00/s);
    await office.moveClock('2025-07-14T09:59:00+08:00');
    expect(await told('fenguan')).toEqual([]);
    expect(await told('liuyang')).toHaveLength(4);
    await office.moveClock('2025-07-17T20:00:00+08:00');
    expect(await reminded('fenguan')).toEqual(['07-14T02:00']);
    expect((await told('fenguan'))[0]).toMatch(/息县6月统计表未报.*已逾期7天/);
    expect(await told('liuyang')).toHaveLength(4);
    expect((await office.rows(AuditEntry)).at(-1)).toMatchObject({
      action: '暂停催报',
      subject: '息县 至7月12日，因防汛',
    });
  });

  it('goes on with the others meanwhile', async () => {
    await office.moveClock(morning('08'));
    await say('keyuan', '暂停催报 息县 因防汛 至7月12日');
    await appoint(office, { unit: 'LS', userId: 'luoshanju', name: '罗局', role: 'lead' });
    await office.moveClock(morning('11'));
    expect(await reminded('luoshanju')).toEqual(['07-10T02:00']);
  });

  it('does not make up for the older of two steps that fell into a pause', async () => {
    await office.moveClock('2025-07-07T16:00:00+08:00');
    await say('keyuan', '息县、淮滨暂停催报到7月11日，因为抗旱');
    await office.moveClock(morning('16'));
    expect(await reminded('liuyang')).toHaveLength(3);
    expect(await reminded('gaofei')).toHaveLength(3);
    expect(await reminded('fenguan')).toEqual(['07-14T02:00']);
  });

  it.each([
    ['恢复催报 息县', '2025-07-09T09:00:00+08:00', []],
    ['取消暂停息县', '2025-07-11T09:00:00+08:00', ['07-11T02:00']],
  ])('goes on at once when staff say %s', async (words, at, escalated) => {
    await office.moveClock('2025-07-08T11:00:00+08:00');
    await say('keyuan', '暂停催报 息县 因防汛 至7月16日');
    await office.moveClock(at);
    expect(await say('keyuan', words)).toMatch(/已恢复催报：息县（此前因防汛暂停催报至7月16日）/);
    expect(await say('keyuan', words)).toMatch(/没有暂停催报/);
    await office.moveClock(at.replace('T09:00', 'T10:01'));
    expect(await reminded('fenguan')).toEqual(escalated);
  });

  it('shows the pause to staff, leaders and in the bulletin, not to the group', async () => {
    await say('keyuan', '暂停催报 息县 因防汛 至7月12日');
    await office.moveClock('2025-07-07T18:06:00+08:00');
    expect(await say('keyuan', '未报')).toMatch(/息县（联络员刘洋、冯副，暂停至7月12日，因防汛）/);
    expect(await say('keyuan', '未报')).toMatch(/罗山县（联络员王五，已催3次）/);
    expect(await say('juzhang', '进度')).toMatch(/息县（因防汛暂停催报）/);
    expect((await told('juzhang')).at(-1)).toMatch(/息县（因防汛暂停催报）/);
    expect((await told('pilot-group')).at(-1)).not.toMatch(/防汛/);
  });

  it.each([
    ['暂停催报 息县 因防汛', /到哪天为止.*还没有暂停/s],
    ['暂停催报 息县', /写明原因.*还没有暂停/s],
    ['暂停催报 息县 至7月12日', /写明原因.*至7月12日.*还没有暂停/s],
    ['暂停催报 因防汛 至7月12日', /哪个单位/],
    ['暂停催报 息县 因防汛 至7月1日', /已经过去/],
  ])('asks for what “%s” leaves out, and pauses nothing', async (words, asked) => {
    expect(await say('keyuan', words)).toMatch(asked);
    expect(await office.rows(ReminderPause)).toEqual([]);
  });

  it.each([
    ['暂停催报 息县 因防汛 至周五', '2025-07-04T16:00'],
    ['请暂停催报 息县 到本月12号 防汛', '2025-07-12T16:00'],
    ['暂停催报息县至7月12日，原因：防汛', '2025-07-12T16:00'],
    ['暂停催报 息县 防汛 到2025年7月12日为止', '2025-07-12T16:00'],
  ])('understands “%s”', async (words, until) => {
    await say('keyuan', words);
    const [pause] = await office.rows(ReminderPause);
    expect([pause?.reason, pause?.until.toISOString().slice(0, 16)]).toEqual(['防汛', until]);
  });

  it('says what it changes of an earlier pause, and leaves places in the reason alone', async () => {
    await say('keyuan', '暂停催报 息县 因防汛 至7月9日');
    const again = await say('keyuan', '暂停催报 息县 因罗山水库泄洪 至7月11日');
    expect(again).toMatch(/息县原来因防汛暂停催报至7月9日，已改为这次的/);
    expect(await office.rows(ReminderPause)).toMatchObject([{ reason: '罗山水库泄洪' }]);
  });

  it('is one pause when two of the staff order it at the same moment', async () => {
    await appoint(office, { unit: 'XY', userId: 'keyuanyi', name: '科员乙', role: 'staff' });
    const answers = await Promise.all([
      say('keyuan', '暂停催报 息县 因防汛 至7月12日'),
      say('keyuanyi', '暂停催报 息县 因抗旱 至7月11日'),
    ]);
    expect(answers.filter((answer) => /原来因..暂停催报/.test(answer))).toHaveLength(1);
    expect(await office.rows(ReminderPause)).toHaveLength(1);
  });

  it.each(['zhangsan', 'juzhang', 'zhaolei'])('is not for %s, who is told politely', async (who) => {
    expect(await say(who, '暂停催报 光山 因防汛 至7月12日')).toMatch(/由市局人员使用/);
    expect(await office.rows(ReminderPause)).toEqual([]);
  });

  it('names nobody in a group', async () => {
    const answer = office.plain(await office.say('keyuan', '暂停催报 息县 因防汛 至7月12日', { group: 'pilot-group' }));
    expect(answer).toMatch(/私聊/);
    expect(await office.rows(ReminderPause)).toEqual([]);
  });
});
