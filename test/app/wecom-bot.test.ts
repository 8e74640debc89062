/** A county reports through WeCom's smart robot, connected either way: rows in MariaDB, answers where WeCom shows them. */
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { Statistics } from '../../entities/tables/statistics';
import { type Delivered, type Delivery, deliver, tapOf } from '../platforms/wecom-bot/callbacks';
import { type BotGateway, startBotGateway } from '../platforms/wecom-bot/gateway';
import { type BotWeb, startBotWeb } from '../platforms/wecom-bot/web';
import { mariaDb } from '../support/databases';
import { wecomBotKeys, wecomBotSettings, wecomLongKeys, wecomLongSettings } from '../support/platforms';
import { morningClock, type RosterLine, type Service, startService } from '../support/service';

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
  let web: BotWeb;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    web = await startBotWeb({ clock });
    service = await startService(mariaDb, { clock, settings: wecomBotSettings(web.url), roster });
  });
  afterEach(async () => {
    await service.close();
    await web.stop();
  });

  const send = (delivery: Partial<Delivery>): Promise<Delivered> =>
    deliver({ ...wecomBotKeys, clock: service.clock }, `${service.url}/callback/wecom/bot`, { from, ...delivery });

  const say = async (text: string, more: Partial<Delivery> = {}) => (await send({ text, ...more })).shown?.text ?? '';

  it('files a whole report in private, and finds it in the database', async () => {
    const summary = await say(june);
    for (const figure of ['3', '16', '70', '500']) expect(summary).toContain(figure);
    expect(await say('确认')).toContain('LS-202506-01');
    await expectReported(service);
  });

  it('confirms by a tap: the card changes, and the receipt comes through the address of the tap', async () => {
    const { shown } = await send({ text: june });
    const [, key = ''] = shown?.card?.buttons.find(([label]) => label === '确认') ?? [];
    const said = tapOf(shown?.card?.taskId ?? '', key);
    const tapped = await send({ said, responseUrl: web.responseUrl() });
    expect(tapped.shown?.card?.title).toBe('已选：确认');
    expect(await web.until(() => web.posted[0])).toContain('LS-202506-01');
    await expectReported(service);
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
    await expectReported(service);
    expect(await service.rows(InboundMessage)).toHaveLength(2);
  });

  it('loses nothing when the database is away: 500, and the message counts when it comes again', async () => {
    await say(june);
    const { dataSource } = service.app.database;
    await dataSource.destroy();
    expect(await send({ text: '确认', msgid: 'CAIQconfirm' })).toMatchObject({ status: 500, shown: null });
    await dataSource.initialize();
    expect(await say('确认', { msgid: 'CAIQconfirm' })).toContain('LS-202506-01');
  });

  it('cannot be reminded this way, which staff find in what was not delivered', async () => {
    await service.tick('2025-07-02T10:00:30+08:00');
    const [reminder] = await service.rows(OutboxMessage, { purpose: 'reminder', channel: 'wecom' });
    expect(reminder).toMatchObject({ status: 'dead', failureCode: 'wecom_bot.no_way' });
    expect(reminder?.failureText).toContain('长连接');
  });
});

describe('a county that reports to a robot on a long connection', () => {
  let gateway: BotGateway;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    gateway = await startBotGateway({ ...wecomLongKeys, clock });
    service = await startService(mariaDb, { clock, settings: wecomLongSettings(gateway.url), roster });
    await gateway.until(() => gateway.isConnected);
  });
  afterEach(async () => {
    await service.close();
    await gateway.stop();
    expect(gateway.violations).toEqual([]);
  });

  async function say(text: string, more: { from?: string; group?: string; msgid?: string } = {}): Promise<string> {
    const before = gateway.answers.length;
    gateway.speak({ from, text, ...more });
    return (await gateway.until(() => gateway.answers[before])).text;
  }

  it('files a whole report in private, and finds it in the database', async () => {
    const summary = await say(june);
    for (const figure of ['3', '16', '70', '500']) expect(summary).toContain(figure);
    expect(gateway.answers[0]?.card?.buttons).toContainEqual(['确认', '确认']);
    expect(await say('确认')).toContain('LS-202506-01');
    await expectReported(service);
    expect(gateway.pushed).toEqual([]);
  });

  it('confirms by a tap: the card changes, and the receipt is sent', async () => {
    await say(june);
    const card = gateway.answers[0]?.card;
    gateway.speak({ from, said: tapOf(card?.taskId ?? '', '确认') });
    const [receipt] = await gateway.until(() => gateway.pushed.length > 0 && gateway.pushed);
    expect(receipt).toMatchObject({ chat: 'WangWu', kind: 'private', text: expect.stringContaining('LS-202506-01') });
    expect(gateway.answers.at(-1)?.card?.title).toBe('已选：确认');
    await expectReported(service);
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
    await expectReported(service);
  });

  it('is reminded under the id that WeCom gave, also by a bot that was started anew', async () => {
    await say('帮助');
    await service.stop();
    await service.start();
    await gateway.until(() => gateway.isConnected && gateway.subscriptions === 2);
    // An answer proves that the robot knows of its connection.
    await say('帮助', { from: 'StaffA' });
    await service.tick('2025-07-02T10:00:30+08:00');
    const reminders = gateway.pushed.filter(({ chat }) => chat === 'WangWu');
    expect(reminders).toMatchObject([{ kind: 'private', text: expect.stringContaining('7月7日') }]);
  });

  it('gets its files', async () => {
    await say('帮助', { from: 'StaffA' });
    const before = gateway.answers.length;
    gateway.speak({ from: 'StaffA', text: '导出' });
    await gateway.until(() => gateway.pushed.some(({ file }) => file !== null) || gateway.answers.length > before);
    const file = gateway.pushed.find((pushed) => pushed.file !== null)?.file;
    expect(file?.name).toMatch(/\.xlsx$/);
    expect(file?.bytes.subarray(0, 2).toString()).toBe('PK');
  });
});
