import { OutboxMessage } from '../../entities/outbox-message';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('a reminder that a platform holds up, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.moveClock('2025-07-02T10:05:00+08:00');
    await holdUp('wangwu', '2025-07-03T09:00:00+08:00');
  });
  afterEach(() => office.close());

  const remindersTo = (chatId: string) => office.rows(OutboxMessage, { chatId, purpose: 'reminder' });
  const statesOf = async (chatId: string) => (await remindersTo(chatId)).map(({ status }) => status);
  /** As a quota or a failure does. */
  const holdUp = async (chatId: string, until: string) => {
    const [last] = (await remindersTo(chatId)).slice(-1);
    const held = { status: 'pending', sentAt: null, calledAt: null, dueAt: new Date(until) } as const;
    await office.app.database.transact((tx) => tx.update(OutboxMessage, { id: last?.id ?? 0 }, held));
  };

  it('goes out once the platform takes it', async () => {
    await office.moveClock('2025-07-03T09:05:00+08:00');
    expect(await statesOf('wangwu')).toEqual(['sent']);
  });

  it.each([
    ['the report is in', 'wangwu', ['本月没变化', '确认']],
    ['reminders are paused', 'keyuan', ['暂停催报 罗山 因防汛 至7月12日']],
    ['somebody else took over', 'keyuan', ['更换 罗山 王五 赵六']],
    ['the unit got an extension', 'keyuan', ['延期 罗山 到7月10日 系统故障']],
  ])('is called off when %s', async (_why, who, words) => {
    await office.sayAll(who, ...words);
    expect(await statesOf('wangwu')).toEqual(['recalled']);
    await office.moveClock('2025-07-03T09:05:00+08:00');
    expect(await statesOf('wangwu')).toEqual(['recalled']);
  });

  it('gives way to the reminder of the next step', async () => {
    await holdUp('wangwu', '2025-07-04T09:59:00+08:00');
    await office.moveClock('2025-07-04T09:00:00+08:00');
    await holdUp('wangwu', '2025-07-04T10:02:00+08:00');
    await office.moveClock('2025-07-04T10:05:00+08:00');
    expect(await statesOf('wangwu')).toEqual(['recalled', 'sent']);
  });

  it('of a 催 is not sent after the deadline that it names', async () => {
    await office.moveClock('2025-07-07T15:00:00+08:00');
    await office.sayAll('keyuan', '催 罗山', '确认催报');
    await office.told('wangwu');
    await holdUp('wangwu', '2025-07-07T18:30:00+08:00');
    await office.moveClock('2025-07-07T18:35:00+08:00');
    expect((await statesOf('wangwu')).at(-1)).toBe('recalled');
  });
});
