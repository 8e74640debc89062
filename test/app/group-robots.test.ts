/** Groups that only a robot's address reaches get the bulletin like any other, and nothing of the bot tells the address. */
import { OutboxMessage } from '../../entities/outbox-message';
import { readWebhook } from '../../src/channels/webhook/places';
import { parseChatsCommand } from '../../src/roster/chats-arguments';
import { runChatsCommand } from '../../src/roster/chats-command';
import { type DingtalkGroups, startDingtalkGroups } from '../platforms/webhook/dingtalk';
import { startWecomGroups, type WecomGroups } from '../platforms/webhook/wecom';
import { embedded } from '../support/databases';
import { morningClock, type Service, startService } from '../support/service';

const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const robot = { token: 'tokenOfTheRobot', secret: 'SEC00testonly' };

let wecom: WecomGroups;
let dingtalk: DingtalkGroups;
let service: Service;
beforeEach(async () => {
  const clock = morningClock();
  wecom = await startWecomGroups([key], clock);
  dingtalk = await startDingtalkGroups([robot], clock);
  const settings = {
    DINGTALK_CLIENT_ID: 'dingclient2025',
    DINGTALK_CLIENT_SECRET: 'theSecretOfTheRobot',
    DINGTALK_MODE: 'http',
    WECOM_API_URL: wecom.url,
    DINGTALK_OAPI_URL: dingtalk.url,
  };
  service = await startService(embedded, { clock, settings, roster: [['罗山县', '王五', '联络员', 'wangwu']] });
  await bind('wecom-webhook', wecom.addressOf(key));
  await bind('dingtalk-webhook', dingtalk.addressOf(robot.token), '--secret', robot.secret);
});
afterEach(async () => {
  await service.close();
  await wecom.close();
  await dingtalk.close();
});

/** The evening's bulletin, each part of which waits three seconds for the next. */
async function tellAll(): Promise<void> {
  await service.tick('2025-07-07T18:05:30+08:00');
  await service.tick('2025-07-07T18:05:35+08:00');
}

async function bind(channel: string, address: string, ...more: string[]): Promise<void> {
  const words = ['add', channel, address, '--name', '通报群', '--purpose', 'bulletins', ...more];
  const config = { wecomApiUrl: wecom.url, dingtalkOapiUrl: dingtalk.url };
  const desk = { database: service.app.database, clock: service.clock, print: () => undefined, confirm: null };
  const channels = {
    names: [channel],
    readWebhook: (...given: [string, string, string | null]) => readWebhook(config, ...given),
  };
  expect(await runChatsCommand(parseChatsCommand(words)!, desk, channels)).toBe(0);
}

it('the bulletin reaches groups of both platforms', async () => {
  await tellAll();
  expect(wecom.shown.map(({ msgtype }) => msgtype)).toEqual(['markdown', 'image']);
  expect(wecom.shown[0]).toMatchObject({ key, text: expect.stringContaining('罗山县') });
  expect(dingtalk.shown).toMatchObject([{ msgtype: 'markdown', text: expect.stringContaining('罗山县') }]);
  expect(dingtalk.shown[0]?.text).not.toContain('png');
});

it('no address stands in the outbox', async () => {
  await tellAll();
  const rows = await service.rows(OutboxMessage);
  expect(rows.map(({ chatId, status }) => `${chatId} ${status}`)).toEqual(
    expect.arrayContaining(['webhook-2 sent', 'webhook-3 sent']),
  );
  expect(JSON.stringify(rows)).not.toMatch(/693a91f6|tokenOfTheRobot|SEC00/);
});
