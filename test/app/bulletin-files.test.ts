/** The picture and the workbook of a bulletin, as they reach leaders and groups on every platform. */
import { Bulletin } from '../../entities/bulletin';
import { OutboxMessage } from '../../entities/outbox-message';
import { StoredFile } from '../../entities/stored-file';
import { tables } from '../../entities/tables';
import { FixedClock } from '../../src/clock';
import { Database } from '../../src/database/database';
import { createLog } from '../../src/log';
import { parseChatsCommand } from '../../src/roster/chats-arguments';
import { runChatsCommand } from '../../src/roster/chats-command';
import { runOccurrence } from '../../src/schedules/run';
import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { deliver } from '../platforms/wecom-bot/callbacks';
import { startBotGateway } from '../platforms/wecom-bot/gateway';
import { startBotWeb } from '../platforms/wecom-bot/web';
import { startOffice } from '../scenarios/harness';
import { plain } from '../support/bot';
import { embedded } from '../support/databases';
import {
  dingtalkHttpSettings,
  dingtalkKeys,
  dingtalkStreamKeys,
  dingtalkStreamSettings,
  wecomAppKeys,
  wecomAppSettings,
  wecomBotKeys,
  wecomBotSettings,
  wecomLongKeys,
  wecomLongSettings,
} from '../support/platforms';
import { furnish, morningClock, type RosterLine, type Service, startService } from '../support/service';

const lastEvening = '2025-07-07T18:05:30+08:00';
const bureau = '信阳市市场监督管理局';
const leaders: readonly RosterLine[] = [
  [bureau, '局长甲', '市局领导', 'LeaderA', 'leader01'],
  [bureau, '科员乙', '市局人员', 'StaffB', 'staff02'],
];

/** A PNG, a workbook (a ZIP), or what its first bytes are instead. */
function formatOf(bytes: Buffer | undefined): string {
  const first = bytes?.toString('latin1', 0, 4) ?? '';
  return first === '\x89PNG' ? 'png' : first === 'PK\x03\x04' ? 'xlsx' : first;
}

async function bindGroup({ app, clock }: Service, channel: string, chatId: string): Promise<void> {
  const words = ['add', channel, chatId, '--name', '通报群', '--purpose', 'bulletins'];
  const desk = { database: app.database, clock, print: () => undefined, confirm: null };
  const readWebhook = () => ({ ok: false, reason: 'no webhook' }) as never;
  expect(await runChatsCommand(parseChatsCommand(words)!, desk, { names: [channel], readWebhook })).toBe(0);
}

it('WeCom: the leader reads the words, then sees the picture, then has the workbook; the group has no workbook', async () => {
  const clock = morningClock();
  const platform = await startWecomPlatform({ ...wecomAppKeys, clock });
  const service = await startService(embedded, { clock, settings: wecomAppSettings(platform.url), roster: leaders });
  await bindGroup(service, 'wecom', 'cityGroup');
  await service.tick(lastEvening);
  const reached = (to: string) => platform.sent.filter((sent) => sent.to.toLowerCase() === to.toLowerCase());
  for (const person of ['LeaderA', 'StaffB']) {
    const [words, picture, workbook] = reached(person);
    expect(words?.text).toContain('应报17家');
    expect([picture?.msgtype, formatOf(picture?.file?.bytes)]).toEqual(['image', 'png']);
    expect([workbook?.msgtype, formatOf(workbook?.file?.bytes)]).toEqual(['file', 'xlsx']);
  }
  expect(reached('cityGroup').map(({ msgtype }) => msgtype)).toEqual(['text', 'image']);
  await service.close();
  await platform.stop();
});

describe.each([
  { mode: 'HTTP', keys: dingtalkKeys, settingsOf: dingtalkHttpSettings, connections: 0 },
  { mode: 'Stream', keys: dingtalkStreamKeys, settingsOf: dingtalkStreamSettings, connections: 1 },
])('DingTalk over $mode', ({ keys, settingsOf, connections }) => {
  it('the same', async () => {
    const clock = morningClock();
    const platform = await startDingtalkPlatform({ ...keys, clock });
    platform.groups.add('cidCity');
    const service = await startService(embedded, { clock, settings: settingsOf(platform.url), roster: leaders });
    if (connections > 0) await platform.gateway.untilConnected(connections);
    await bindGroup(service, 'dingtalk', 'cidCity');
    await service.tick(lastEvening);
    const kindsFor = (id: string) => platform.sent.filter(({ to }) => to.includes(id)).map(({ kind }) => kind);
    for (const person of ['leader01', 'staff02'])
      expect(kindsFor(person)).toEqual(['sampleMarkdown', 'sampleImageMsg', 'sampleFile']);
    expect(kindsFor('cidCity')).toEqual(['sampleMarkdown', 'sampleImageMsg']);
    const formats = platform.uploads.map(({ type, bytes }) => `${type} ${formatOf(bytes)}`);
    expect(new Set(formats)).toEqual(new Set(['image png', 'file xlsx']));
    await service.close();
    await platform.close();
  });
});

it('the smart robot on a long connection: the same', async () => {
  const clock = morningClock();
  const gateway = await startBotGateway({ ...wecomLongKeys, clock });
  const service = await startService(embedded, { clock, settings: wecomLongSettings(gateway.url), roster: leaders });
  await bindGroup(service, 'wecom-bot', 'wrCITY');
  await gateway.until(() => gateway.isConnected);
  // The robot may write only to those who have written to it, and to groups in which it was spoken to.
  for (const said of [{ from: 'LeaderA' }, { from: 'StaffB' }, { from: 'StaffB', group: 'wrCITY' }]) {
    const before = gateway.answers.length;
    gateway.speak({ ...said, text: '帮助' });
    await gateway.until(() => gateway.answers.length > before);
  }
  await service.tick(lastEvening);
  const formatsFor = (id: string) =>
    gateway.pushed
      .filter(({ chat }) => chat === id)
      .map(({ file, text }) => (file ? formatOf(file.bytes) : text !== ''));
  expect(formatsFor('LeaderA')).toEqual([true, 'png', 'xlsx']);
  expect(formatsFor('wrCITY')).toEqual([true, 'png']);
  await service.close();
  await gateway.stop();
  expect(gateway.violations).toEqual([]);
});

it('the smart robot behind a callback address has no way to tell anybody, and staff find it among what was not delivered', async () => {
  const clock = morningClock();
  const web = await startBotWeb({ clock });
  const service = await startService(embedded, { clock, settings: wecomBotSettings(web.url), roster: leaders });
  await bindGroup(service, 'wecom-bot', 'wrCITY');
  await service.tick(lastEvening);
  const bulletins = await service.rows(OutboxMessage, { purpose: 'bulletin' });
  const ours = bulletins.filter(({ channel }) => channel.startsWith('wecom'));
  expect(ours.map(({ chatId, status, failureCode }) => [chatId, status, failureCode]).sort()).toEqual([
    ['leadera', 'dead', 'wecom_bot.no_way'],
    ['staffb', 'dead', 'wecom_bot.no_way'],
    ['wrCITY', 'dead', 'wecom_bot.no_way'],
  ]);
  const say = { from: 'StaffB', text: '未送达' };
  const { shown } = await deliver({ ...wecomBotKeys, clock }, `${service.url}/callback/wecom/bot`, say);
  expect(shown?.text).toMatch(/局长甲.*长连接/s);
  await service.close();
  await web.stop();
});

it('the playground shows the picture, and its workbook is the one that 导出 makes', async () => {
  const office = await startOffice(embedded);
  await office.moveClock(lastEvening);
  const [told] = await office.told('juzhang');
  const picture = told?.blocks.find((block) => block.kind === 'image');
  const response = await fetch(`${office.url}/playground/files/${picture?.fileId}`);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(formatOf(Buffer.from(await response.arrayBuffer()))).toBe('png');
  expect(formatOf(await office.download(told!))).toBe('xlsx');
  const exported = await office.say('juzhang', '导出 6月');
  const nameIn = (content: typeof exported) => content.blocks.find((block) => block.kind === 'file')?.name;
  expect(nameIn(told!)).toBe(nameIn(exported));
  await office.close();
});

describe('on its way', () => {
  const clock = new FixedClock(new Date(lastEvening));
  const occurrence = {
    key: 'statistics/2025-06/bulletin/provisional',
    table: 'statistics',
    period: '2025-06',
    schedule: 'bulletin',
    step: 'provisional',
    dueAt: clock.now(),
    expiresAt: null,
  } as const;

  async function run(render: () => Promise<Buffer>) {
    const opened = await furnish(embedded, leaders, clock);
    const database = new Database(opened.dataSource);
    const logged: string[] = [];
    const log = createLog('error', { write: (line: string) => void logged.push(line) });
    const charts = { renderBulletinChart: render, renderProgressChart: render };
    await runOccurrence({ database, clock, tables, charts, log, kick: () => undefined }, occurrence);
    const [messages, files, archived] = await database.read(async (tx) => [
      await tx.find(OutboxMessage),
      await tx.find(StoredFile),
      await tx.find(Bulletin),
    ]);
    await opened.close();
    return { messages, files, archived, logged };
  }

  it('a bulletin has one copy of each file, however many read it', async () => {
    const { messages, files } = await run(async () => Buffer.from('a picture'));
    expect(messages.length).toBeGreaterThan(3);
    expect(files.map(({ mediaType }) => mediaType.replace(/.*[./]/, ''))).toEqual(['png', 'sheet', 'png']);
  });

  it('is archived with what went with it', async () => {
    const { archived } = await run(async () => Buffer.from('a picture'));
    expect(archived).toHaveLength(1);
    expect(plain(archived[0]!.content)).toMatch(/\[通报202506-P1\.png\]\n\[.*（2025年6月）\.xlsx\]$/);
  });

  it('goes out without the picture when it cannot be drawn, which is logged', async () => {
    const { messages, files, logged } = await run(() => Promise.reject(new Error('no canvas on this machine')));
    expect(messages.length).toBeGreaterThan(3);
    for (const { content } of messages) expect(plain(content)).toMatch(/^2025年6月统计表通报（暂定）\n.*应报17家/s);
    expect(files).toHaveLength(1);
    expect(logged.join()).toMatch(/bulletin\.no_picture/);
  });
});
