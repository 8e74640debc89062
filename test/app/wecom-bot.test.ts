/** A county reports through WeCom's smart robot, connected either way: rows in MariaDB, answers where WeCom shows them. */
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { Statistics } from '../../entities/tables/statistics';
import { type Delivery, tapOf } from '../platforms/wecom-bot/callbacks';
import type { RosterLine, Service } from '../support/service';
import { type CalledRobot, type LongRobot, startCalledRobot, startLongRobot } from './robots';

const roster: readonly RosterLine[] = [
  ['罗山县', '王五', '联络员', 'WangWu'],
  ['信阳市市场监督管理局', '科员甲', '市局人员', 'StaffA'],
];
const june = '罗山6月：高校院所3家，企业十六家，专利七十件，平台、网址没变，推送中小微500家';
const from = 'WangWu';

async function expectReported(service: Service): Promise<void> {
  const [filing] = await service.rows(Filing, { period: '2025-06' });
  const versions = filing ? await service.rows(FilingVersion, { filingId: filing.id }) : [];
  expect(versions).toHaveLength(1);
  const [figures] = await service.rows(Statistics, { versionId: versions[0]?.id ?? 0 });
  expect(figures).toMatchObject({ institutes: 3, enterprises: 16, patents: 70, smallFirms: 500, licences: 2 });
}

describe('a county that reports to a robot behind a callback address', () => {
  let robot: CalledRobot;
  beforeEach(async () => {
    robot = await startCalledRobot(roster);
  });
  afterEach(() => robot.close());

  const send = (delivery: Omit<Delivery, 'from'>) => robot.send({ from, ...delivery });
  const say = (text: string, more: Partial<Delivery> = {}) => robot.say(from, text, more);

  it('files a whole report in private, and finds it in the database', async () => {
    const summary = await say(june);
    for (const figure of ['3', '16', '70', '500']) expect(summary).toContain(figure);
    expect(await say('确认')).toContain('LS-202506-01');
    await expectReported(robot.service);
  });

  it('confirms by a tap: the card changes, and the receipt comes through the address of the tap', async () => {
    const { shown } = await send({ text: june });
    const [, key = ''] = shown?.card?.buttons.find(([label]) => label === '确认') ?? [];
    const said = tapOf(shown?.card?.taskId ?? '', key);
    const tapped = await send({ said, responseUrl: robot.web.responseUrl() });
    expect(tapped.shown?.card?.title).toBe('已选：确认');
    expect(await robot.web.until(() => robot.web.posted[0])).toContain('LS-202506-01');
    await expectReported(robot.service);
  });

  it('reads the progress in a group, without figures of a unit', async () => {
    await say(june);
    await say('确认');
    const progress = await say('@报送 进度', { from: 'StaffA', group: 'wrCITY' });
    expect(progress).toContain('应报17家，已报1家');
    expect(progress).not.toMatch(/罗山|70/);
  });

  it('has one effect and one answer from copies of a callback that arrive at once', async () => {
    await say(june);
    const copies = await Promise.all([1, 2, 3].map(() => send({ text: '确认', msgid: 'CAIQconfirm' })));
    expect(new Set(copies.map(({ shown }) => JSON.stringify(shown))).size).toBe(1);
    expect(copies[0]?.shown?.text).toContain('LS-202506-01');
    await expectReported(robot.service);
    expect(await robot.service.rows(InboundMessage)).toHaveLength(2);
  });

  it('loses nothing when the database is away: 500, and the message counts when it comes again', async () => {
    await say(june);
    const { dataSource } = robot.service.app.database;
    await dataSource.destroy();
    expect(await send({ text: '确认', msgid: 'CAIQconfirm' })).toMatchObject({ status: 500, shown: null });
    await dataSource.initialize();
    expect(await say('确认', { msgid: 'CAIQconfirm' })).toContain('LS-202506-01');
  });

  it('cannot be reminded this way, which staff find in what was not delivered', async () => {
    await robot.service.tick('2025-07-02T10:00:30+08:00');
    const [reminder] = await robot.service.rows(OutboxMessage, { purpose: 'reminder', channel: 'wecom' });
    expect(reminder).toMatchObject({ status: 'dead', failureCode: 'wecom_bot.no_way' });
    expect(reminder?.failureText).toContain('长连接');
  });
});

describe('a county that reports to a robot on a long connection', () => {
  let robot: LongRobot;
  beforeEach(async () => {
    robot = await startLongRobot(roster);
  });
  afterEach(() => robot.close());

  const say = (text: string, more: Partial<Delivery> = {}) => robot.say(from, text, more);

  it('files a whole report in private, and finds it in the database', async () => {
    const summary = await say(june);
    for (const figure of ['3', '16', '70', '500']) expect(summary).toContain(figure);
    expect(robot.gateway.answers[0]?.card?.buttons).toContainEqual(['确认', '确认']);
    expect(await say('确认')).toContain('LS-202506-01');
    await expectReported(robot.service);
    expect(robot.gateway.pushed).toEqual([]);
  });

  it('confirms by a tap: the card changes, and the receipt is sent', async () => {
    await say(june);
    const card = robot.gateway.answers[0]?.card;
    robot.gateway.speak({ from, said: tapOf(card?.taskId ?? '', '确认') });
    const [receipt] = await robot.gateway.until(() => robot.gateway.pushed.length > 0 && robot.gateway.pushed);
    expect(receipt).toMatchObject({ chat: 'WangWu', kind: 'private', text: expect.stringContaining('LS-202506-01') });
    expect(robot.gateway.answers.at(-1)?.card?.title).toBe('已选：确认');
    await expectReported(robot.service);
  });

  it('reads the progress in a group, without figures of a unit', async () => {
    await say(june);
    await say('确认');
    const progress = await say('@报送 进度', { from: 'StaffA', group: 'wrCITY' });
    expect(progress).toContain('应报17家，已报1家');
    expect(progress).not.toMatch(/罗山|70/);
  });

  it('has one effect and one answer when the same message comes twice', async () => {
    await say(june);
    expect(await say('确认', { msgid: 'CAIQconfirm' })).toContain('LS-202506-01');
    expect(await say('确认', { msgid: 'CAIQconfirm' })).toContain('LS-202506-01');
    await expectReported(robot.service);
  });

  it('is reminded under the id that WeCom gave, also by a bot that was started anew', async () => {
    await say('帮助');
    await robot.service.stop();
    await robot.service.start();
    await robot.gateway.until(() => robot.gateway.isConnected && robot.gateway.subscriptions === 2);
    // An answer proves that the robot knows of its connection.
    await say('帮助', { from: 'StaffA' });
    await robot.service.tick('2025-07-02T10:00:30+08:00');
    const reminders = robot.gateway.pushed.filter(({ chat }) => chat === 'WangWu');
    expect(reminders).toMatchObject([{ kind: 'private', text: expect.stringContaining('7月7日') }]);
  });

  it('gets its files', async () => {
    await say('帮助', { from: 'StaffA' });
    const before = robot.gateway.answers.length;
    robot.gateway.speak({ from: 'StaffA', text: '导出' });
    await robot.gateway.until(
      () => robot.gateway.pushed.some(({ file }) => file !== null) || robot.gateway.answers.length > before,
    );
    const file = robot.gateway.pushed.find((pushed) => pushed.file !== null)?.file;
    expect(file?.name).toMatch(/\.xlsx$/);
    expect(file?.bytes.subarray(0, 2).toString()).toBe('PK');
  });
});
