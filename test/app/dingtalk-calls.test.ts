/** The calls of DingTalk's API that a bureau has in a month: staff hear in time that they run short, and answers go on after. */
import { ApiCalls } from '../../entities/api-calls';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { mariaDb } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

let platform: DingtalkPlatform;
let service: Service;
async function start(known: number, monthlyCalls = known): Promise<void> {
  const clock = morningClock();
  platform = await startDingtalkPlatform({ ...dingtalkKeys, monthlyCalls, clock });
  service = await startService(mariaDb, {
    clock,
    settings: { ...dingtalkHttpSettings(platform.url), DINGTALK_MONTHLY_CALLS: String(known) },
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
});

it('a person who writes is answered when nothing is left', async () => {
  await start(1);
  for (const day of ['02', '04']) await service.tick(`2025-07-${day}T10:00:30+08:00`);
  const before = platform.sent.length;
  await platform.deliver(`${service.url}/callback/dingtalk/robot`, { from: 'Manager7788', text: '帮助' });
  await platform.until(() => platform.sent.length > before);
  expect(platform.sent.at(-1)).toMatchObject({ via: 'session', to: ['Manager7788'] });
});
