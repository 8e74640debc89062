/** What the log says of a group robot that could not be reached: that it failed, and nothing that must stay secret. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readWebhook } from '../../src/channels/webhook/places';
import { createLog } from '../../src/log';
import { parseChatsCommand } from '../../src/roster/chats-arguments';
import { runChatsCommand } from '../../src/roster/chats-command';
import type { Handling } from '../platforms/dingtalk/http';
import { startDingtalkGroups } from '../platforms/webhook/dingtalk';
import { startWecomGroups } from '../platforms/webhook/wecom';
import { embedded } from '../support/databases';
import { dingtalkHttpSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const robot = { token: 'tokenOfTheRobot', secret: 'SEC00testonly' };
const refusal = (errcode: number): Handling => ({ status: 200, body: { errcode, errmsg: `no ${key} ${robot.token}` } });

it.each<[string, Handling, Handling]>([
  ['breaks the connection', 'drop', 'drop'],
  ['fails', { status: 503, body: '<html>' }, { status: 503, body: '<html>' }],
  ['is throttled', refusal(45009), refusal(410100)],
  ['is refused', refusal(93000), refusal(300001)],
])('neither address, secret nor word of a bulletin is logged when a robot %s', async (_, forWecom, forDingtalk) => {
  const clock = morningClock();
  const wecom = await startWecomGroups([key], clock);
  const dingtalk = await startDingtalkGroups([robot], clock);
  const lines = new PassThrough();
  const service = await startService(embedded, {
    clock,
    settings: { ...dingtalkHttpSettings(dingtalk.url), WECOM_API_URL: wecom.url },
    roster: [['罗山县', '王五', '联络员', 'wangwu']],
    log: createLog('trace', lines),
  });
  await bind(service, 'wecom-webhook', wecom.addressOf(key));
  await bind(service, 'dingtalk-webhook', dingtalk.addressOf(robot.token), '--secret', robot.secret);
  wecom.failNext('/cgi-bin/webhook/send', forWecom);
  dingtalk.failNext(forDingtalk);
  await service.tick('2025-07-07T18:05:30+08:00');
  await service.close();
  await Promise.all([wecom.close(), dingtalk.close()]);
  lines.end();
  const logged = await text(lines);
  for (const channel of ['wecom-webhook', 'dingtalk-webhook'])
    expect(logged).toMatch(new RegExp(`"channel":"${channel}".*"delivery\\.`));
  for (const secret of [key, robot.token, robot.secret, '应报', '罗山', '王五']) expect(logged).not.toContain(secret);

  async function bind({ app }: Service, channel: string, address: string, ...more: string[]): Promise<void> {
    const words = ['add', channel, address, '--name', '通报群', '--purpose', 'bulletins', ...more];
    const config = { wecomApiUrl: wecom.url, dingtalkOapiUrl: dingtalk.url };
    const desk = { database: app.database, clock, print: () => undefined, confirm: null };
    const read = (...given: [string, string, string | null]) => readWebhook(config, ...given);
    expect(await runChatsCommand(parseChatsCommand(words)!, desk, { names: [channel], readWebhook: read })).toBe(0);
  }
});
