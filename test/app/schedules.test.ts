/** Reminders and bulletins of a month, by the clock: to whom, when, and once, over restarts and over several bots. */
import { ChatBinding } from '../../entities/chat-binding';
import { OutboxMessage } from '../../entities/outbox-message';
import { Reminder } from '../../entities/reminder';
import { ScheduleRun } from '../../entities/schedule-run';
import type { App } from '../../src/app';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { type Office, startOffice } from '../scenarios/harness';
import { databases, mariaDb } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const reminders = { purpose: 'reminder' } as const;
const bulletins = { purpose: 'bulletin' } as const;

describe.each(databases)('the month of a bureau ($name)', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const fileJune = () => office.sayAll('zhangsan', '上报', '4', '27', '135', '不变', '不变', '1020', '确认');

  it('reminds those who have not filed, on three mornings, and nobody who has', async () => {
    await fileJune();
    await office.moveClock('2025-07-08T09:00:00+08:00');
    const rows = await office.rows(OutboxMessage, { ...reminders, chatId: 'wangwu' });
    expect(rows.map(({ createdAt }) => createdAt.toISOString().slice(0, 16))).toEqual([
      '2025-07-02T02:00',
      '2025-07-04T02:00',
      '2025-07-07T02:00',
    ]);
    for (const colleague of ['zhangsan', 'lisi', 'zhaolei']) expect(await office.told(colleague)).toEqual([]);
  });

  it('stops reminding the moment the report is in, a minute before the next reminder', async () => {
    await office.moveClock('2025-07-04T09:59:00+08:00');
    await fileJune();
    await office.moveClock('2025-07-07T17:00:00+08:00');
    expect(await office.told('zhangsan')).toHaveLength(1);
    expect(await office.told('wangwu')).toHaveLength(3);
  });

  it('does not speak on the weekend or at night', async () => {
    await office.moveClock('2025-07-08T09:00:00+08:00');
    const hours = (await office.rows(OutboxMessage, { channel: 'playground' })).map(({ createdAt }) => createdAt);
    expect(hours.filter((at) => /2025-07-0[56]/.test(at.toISOString()))).toEqual([]);
  });

  it('tells leader, staff and group at 18:05 on the last day, the group without figures', async () => {
    await fileJune();
    await office.moveClock('2025-07-07T18:04:00+08:00');
    expect(await office.rows(OutboxMessage, bulletins)).toEqual([]);
    await office.moveClock('2025-07-07T18:06:00+08:00');
    const told = await office.rows(OutboxMessage, bulletins);
    expect(told.map(({ chatId }) => chatId).sort()).toEqual(['juzhang', 'keyuan', 'pilot-group']);
    for (const { content } of told) expect(office.plain(content)).toContain('已报1家');
    for (const { content, chatKind } of told) {
      expect(office.plain(content).includes('1020')).toBe(chatKind === 'private');
    }
  });

  it('tells the groups that are bound to the progress, before the deadline, without figures', async () => {
    await fileJune();
    const [group] = await office.rows(ChatBinding);
    const binding = {
      ...group,
      id: undefined,
      chatId: 'progress-group',
      purpose: 'progress',
      mentions: ['all'],
    } as const;
    await office.app.database.transact((tx) => tx.insert(ChatBinding, binding));
    await office.moveClock('2025-07-07T17:00:00+08:00');
    const told = await office.told('progress-group');
    expect(told).toHaveLength(2);
    for (const content of told) {
      expect(office.plain(content)).toMatch(/进度.*已报1家.*截止7月7日\(周一\)18:00/s);
      expect(office.plain(content)).not.toContain('1020');
      expect(content.mentions).toEqual(['all']);
    }
  });

  it('says nothing twice after a restart', async () => {
    await office.moveClock('2025-07-07T18:06:00+08:00');
    const before = await office.rows(OutboxMessage);
    await office.restart();
    await office.restart();
    expect(await office.rows(OutboxMessage)).toHaveLength(before.length);
    expect(await office.rows(ScheduleRun, { occurrence: 'statistics/2025-06/bulletin/provisional' })).toHaveLength(1);
  });
});

describe('two bots on one database', () => {
  let platform: DingtalkPlatform;
  let service: Service;
  let twin: App;
  beforeEach(async () => {
    const clock = morningClock();
    platform = await startDingtalkPlatform({ ...dingtalkKeys, clock });
    service = await startService(mariaDb, {
      clock,
      settings: dingtalkHttpSettings(platform.url),
      roster: [
        ['罗山县', '王五', '联络员', '', 'Manager7788'],
        ['新县', '周敏', '联络员', '', 'Manager7789'],
        ['信阳市市场监督管理局', '局长甲', '市局领导', '', 'leader01'],
      ],
    });
    twin = await service.startTwin();
  });
  afterEach(async () => {
    await twin.stop();
    await service.close();
    await platform.close();
  });

  const tickBoth = async (iso: string) => {
    await Promise.all([service.tick(iso), twin.ticker.tick(), twin.sender.drain(5_000)]);
    await service.tick();
    await twin.sender.drain(5_000);
  };
  const receivedBy = (userId: string) => platform.sent.filter(({ to }) => to.includes(userId)).length;

  const bulletinOf = (userId: string) => platform.sent.filter(({ to }) => to.includes(userId)).map(({ kind }) => kind);

  it('do each thing once between them', async () => {
    await tickBoth('2025-07-02T10:00:30+08:00');
    expect([receivedBy('Manager7788'), receivedBy('Manager7789')]).toEqual([1, 1]);
    await tickBoth('2025-07-04T10:00:30+08:00');
    await tickBoth('2025-07-07T10:00:30+08:00');
    await tickBoth('2025-07-07T18:05:30+08:00');
    expect([receivedBy('Manager7788'), receivedBy('Manager7789')]).toEqual([3, 3]);
    expect(bulletinOf('leader01')).toEqual(['sampleMarkdown', 'sampleImageMsg', 'sampleFile']);
    const runs = (await service.rows(ScheduleRun, {})).filter(({ messages }) => messages > 0);
    expect(runs.map(({ occurrence }) => occurrence)).toEqual([
      'statistics/2025-06/reminder/T-3',
      'statistics/2025-06/reminder/T-1',
      'statistics/2025-06/reminder/T-0',
      'statistics/2025-06/bulletin/provisional',
    ]);
    const steps = (await service.rows(Reminder, {})).map(({ occurrence }) => occurrence);
    expect(new Set(steps).size).toBe(steps.length);
  });

  it('catch up with the bulletin when both were away at its time, and with no reminder that has lost its sense', async () => {
    await Promise.all([service.stop(), twin.stop()]);
    service.clock.set(new Date('2025-07-08T09:15:00+08:00'));
    await service.start();
    twin = await service.startTwin();
    await tickBoth('2025-07-08T09:16:00+08:00');
    expect(bulletinOf('leader01')).toEqual(['sampleMarkdown', 'sampleImageMsg', 'sampleFile']);
    expect(receivedBy('Manager7788')).toBe(0);
  });
});
