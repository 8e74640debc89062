/** Staff ask what was not delivered, and hear how long the queue is behind a platform's limits. */
import { say } from '../../src/channels/content';
import { FixedClock, MovableClock } from '../../src/clock';
import { post } from '../../src/delivery/outbox';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { embedded } from '../support/databases';
import { wecomAppKeys, wecomAppSettings } from '../support/platforms';
import { firstMorning, startService } from '../support/service';

const minutes = (count: number) => new Date(firstMorning.getTime() + count * 60_000);

it('未送达 tells how many messages wait, and how long the oldest has waited', async () => {
  const clock = new MovableClock(new FixedClock(firstMorning));
  const platform = await startWecomPlatform({ ...wecomAppKeys, clock });
  const roster = [['信阳市市场监督管理局', '科员甲', '市局人员', 'staffa']] as const;
  const service = await startService(embedded, { clock, settings: wecomAppSettings(platform.url), roster });
  const { database, sender } = service.app;
  await sender.stop();
  const ask = async () => {
    const { reply } = await platform.deliver(`${service.url}/callback/wecom/app`, { from: 'staffa', text: '未送达' });
    return reply;
  };
  expect(await ask()).toBe('没有未送达的消息。');
  const chat = { channel: 'wecom', kind: 'private', id: 'zhangsan' } as const;
  const draft = { chat, content: say(['催报']), purpose: 'reminder' } as const;
  await database.transact((tx) => post(tx, [draft, draft, { ...draft, notBefore: minutes(600) }], clock.now()));
  expect(await ask()).toBe('没有未送达的消息。\n另有2条排队待发，最早的已等不到1分钟。');
  await database.transact((tx) => post(tx, [draft], minutes(-5)));
  expect(await ask()).toBe('没有未送达的消息。\n另有3条排队待发，最早的已等5分钟。');
  await service.close();
  await platform.stop();
});
