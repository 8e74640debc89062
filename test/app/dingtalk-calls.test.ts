/** The calls of DingTalk's API that a bureau has in a month: staff hear in time that they run short, and answers go on after. */
import { ApiCalls } from '../../entities/api-calls';
import { parseChatsCommand } from '../../src/roster/chats-arguments';
import { runChatsCommand } from '../../src/roster/chats-command';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { mariaDb } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const cardTemplateId = '2c1f-card.schema';
const withCards = { DINGTALK_CARD_TEMPLATE_ID: cardTemplateId, PUBLIC_URL: 'https://baosong.example.gov.cn' };

let platform: DingtalkPlatform;
let service: Service;
async function start(known: number, monthlyCalls = known, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const clock = morningClock();
  platform = await startDingtalkPlatform({ ...dingtalkKeys, monthlyCalls, cardTemplateId, clock });
  service = await startService(mariaDb, {
    clock,
    settings: { ...dingtalkHttpSettings(platform.url), ...more, DINGTALK_MONTHLY_CALLS: String(known) },
    roster: [
      ['罗山县', '王五', '联络员', '', 'Manager7788'],
      ['信阳市市场监督管理局', '科员甲', '市局人员', '', 'staff01'],
      ['信阳市市场监督管理局', '局长甲', '市局领导', '', 'leader01'],
    ],
  });
}
afterEach(async () => {
  await service.close();
  await platform.close();
});

const toldOf = (words: string) =>
  platform.sent.filter(({ params }) => JSON.stringify(params).includes(words)).map(({ to }) => to);

it('staff, and nobody else, are told once that four fifths of the month are used', async () => {
  await start(3, 5000);
  for (const day of ['02', '04']) await service.tick(`2025-07-${day}T10:00:30+08:00`);
  expect(toldOf('本月调用额度将用完')).toEqual([]);
  await service.tick('2025-07-07T10:00:30+08:00');
  await platform.until(() => toldOf('本月调用额度将用完').length > 0);
  await service.tick('2025-07-07T18:05:30+08:00');
  expect(toldOf('本月调用额度将用完')).toEqual([['staff01']]);
  await service.app.sender.drain(1_000);
  expect(await service.rows(ApiCalls)).toMatchObject([{ channel: 'dingtalk', month: '2025-07' }]);
  expect(JSON.stringify(platform.sent)).toMatch(/打字发来的消息仍照常用文字回复/);
});

const use = (calls: number) =>
  service.app.database.transact((tx) => tx.insert(ApiCalls, { channel: 'dingtalk', month: '2025-07', calls }));

it.each([
  ['buttons', 3_990, 'card'],
  ['links, whose taps are answered for nothing, once four fifths of the month are used', 4_000, 'private'],
] as const)('a reminder has %s', async (_, used, via) => {
  await start(5_000, 5_000, withCards);
  await platform.until(() => platform.cardRoutes.size > 0);
  await use(used);
  await service.tick('2025-07-02T10:00:30+08:00');
  expect(platform.sent.find(({ to }) => to.includes('Manager7788'))).toMatchObject({ via });
});

it.each([
  ['picture and workbook', 4_700, ['sampleMarkdown', 'sampleImageMsg', 'sampleFile'], false],
  ['words, and how to have the workbook, when hardly a call is left', 4_750, ['sampleMarkdown'], true],
] as const)('a bulletin brings leaders %s', async (_, used, kinds, isNamed) => {
  await start(5_000);
  platform.groups.add('cidCity');
  const desk = { database: service.app.database, clock: service.clock, print: () => undefined, confirm: null };
  const bind = parseChatsCommand(['add', 'dingtalk', 'cidCity', '--name', '通报群', '--purpose', 'bulletins'])!;
  const readWebhook = () => ({ ok: false, reason: 'no webhook' }) as never;
  await runChatsCommand(bind, desk, { names: ['dingtalk'], readWebhook });
  await use(used);
  await service.tick('2025-07-07T18:05:30+08:00');
  const sentTo = (id: string) => platform.sent.filter(({ to }) => to.includes(id));
  expect(sentTo('leader01').map(({ kind }) => kind)).toEqual(kinds);
  expect(JSON.stringify(sentTo('leader01')).includes('需要汇总表请回“导出”')).toBe(isNamed);
  expect(sentTo('cidCity').map(({ kind }) => kind)).toEqual(kinds.filter((kind) => kind !== 'sampleFile'));
  expect(JSON.stringify(sentTo('cidCity'))).not.toContain('导出');
});

it('a person who writes is answered when nothing is left', async () => {
  await start(1);
  for (const day of ['02', '04']) await service.tick(`2025-07-${day}T10:00:30+08:00`);
  const before = platform.sent.length;
  await platform.deliver(`${service.url}/callback/dingtalk/robot`, { from: 'Manager7788', text: '帮助' });
  await platform.until(() => platform.sent.length > before);
  expect(platform.sent.at(-1)).toMatchObject({ via: 'session', to: ['Manager7788'] });
});
