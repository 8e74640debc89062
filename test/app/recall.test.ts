/** 收回: a bulletin that should not have gone out is taken back from everybody's chat. */
import { AuditEntry } from '../../entities/audit-entry';
import { OutboxMessage } from '../../entities/outbox-message';
import { createDataSource } from '../../ormconfig';
import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { type Office, startOffice } from '../scenarios/harness';
import { databases, embedded } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys } from '../support/platforms';
import { morningClock, type RosterLine, startService } from '../support/service';

const lastEvening = '2025-07-07T18:06:00+08:00';
const bulletins = { purpose: 'bulletin' } as const;

describe.each(databases)('a bulletin that staff take back ($name)', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.moveClock(lastEvening);
  });
  afterEach(() => office.close());

  const say = async (who: string, text: string) => office.plain(await office.say(who, text));
  const statuses = async () => (await office.rows(OutboxMessage, bulletins)).map(({ status }) => status);

  it('is named with the time and whom it reached before anything is done', async () => {
    const [first] = await office.rows(OutboxMessage, bulletins);
    const effect = await say('keyuan', '收回通报');
    expect(effect).toMatch(/将收回7月7日\(周一\)18:05的通报，发给2人、1个群/);
    expect(effect).toContain(`确认收回${first?.id}`);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
  });

  it('disappears from every chat, is done once, and stands in the audit', async () => {
    const [first] = await office.rows(OutboxMessage, bulletins);
    expect(await say('keyuan', `确认收回 ${first?.id}`)).toContain('正在收回3条');
    expect(await office.told('juzhang')).toEqual([]);
    expect(await statuses()).toEqual(['recalled', 'recalled', 'recalled']);
    expect(await say('keyuan', `确认收回${first?.id}`)).toContain('没有可收回的');
    const [entry] = await office.rows(AuditEntry, { action: '收回' });
    expect(entry?.subject).toContain('通报（2人、1个群）');
  });

  it('goes no further where only a part of it has gone, which is said', async () => {
    const [first] = await office.rows(OutboxMessage, bulletins);
    const half = { status: 'pending', sentAt: null, gone: 1, receipts: null, recallableUntil: null } as const;
    const source = await createDataSource(office.databaseUrl).initialize();
    await source.manager.update(OutboxMessage, first?.id, { ...half, dueAt: new Date('2025-07-07T20:00:00+08:00') });
    await source.destroy();
    const done = await say('keyuan', `确认收回${first?.id}`);
    expect(done).toContain('正在收回2条，发了一部分的1条不再往下发，已发的部分收不回');
    expect(await office.told('juzhang')).toEqual([]);
    expect(await statuses()).toEqual(['recalled', 'recalled', 'recalled']);
  });

  it('is found among what was sent last, when nobody says what is meant', async () => {
    const all = await say('keyuan', '收回');
    expect(all).toMatch(/18:05的通报/);
    expect(all).toMatch(/10:00的催报/);
  });

  it('cannot be taken back by others, or after a day', async () => {
    for (const other of ['zhangsan', 'juzhang']) expect(await say(other, '收回通报')).not.toContain('将收回');
    await office.moveClock('2025-07-08T18:07:00+08:00');
    expect(await say('keyuan', '收回通报')).toContain('24小时内没有可收回的通报');
  });
});

it('is gone from DingTalk for the leader and the group, and what a platform keeps is said', async () => {
  const clock = morningClock();
  const platform = await startDingtalkPlatform({ ...dingtalkKeys, clock });
  const settings = dingtalkHttpSettings(platform.url);
  const bureau = '信阳市市场监督管理局';
  const roster: readonly RosterLine[] = [
    [bureau, '局长甲', '市局领导', '', 'leader01'],
    [bureau, '科员乙', '市局人员', '', 'staff02'],
  ];
  const service = await startService(embedded, { clock, settings, roster });
  await service.tick(lastEvening);
  expect(platform.sent.map(({ to }) => to.join())).toEqual(Array(3).fill('leader01,staff02'));
  const [first] = await service.rows(OutboxMessage, bulletins);
  const robot = `${service.url}/callback/dingtalk/robot`;
  await platform.deliver(robot, { from: 'staff02', text: `确认收回${first?.id}` });
  await platform.until(() => platform.recalled.length === 3 && platform.sent.length === 1);
  // What is left to see is the answer to whoever took it back.
  expect(platform.sent.map(({ via }) => via)).toEqual(['session']);
  await service.close();
  await platform.close();
});
