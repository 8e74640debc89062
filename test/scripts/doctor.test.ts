/** `npm run doctor` against running services, platforms that are as strict as the real ones, and what can be wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatBinding } from '../../entities/chat-binding';
import { Identity } from '../../entities/identity';
import { InboundMessage } from '../../entities/inbound-message';
import { createDataSource } from '../../ormconfig';
import { MovableClock } from '../../src/clock';
import { diagnose } from '../../src/doctor/diagnose';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { type NextFailure, startWecomPlatform, type WecomPlatform } from '../platforms/wecom/platform';
import { configOf } from '../support/bot';
import { embedded } from '../support/databases';
import { mountRoutes } from '../support/mount';
import { type RosterLine, type Service, startService } from '../support/service';

type Settings = Readonly<Record<string, string>>;

const app = { corpId: 'wwxinyang2025', agentId: 1000002 };
const seal = { token: 'tok3nOfTheCallback', encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws' };
const otherKey = '5Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws';
const robot = { clientId: 'dingclient2025', clientSecret: 'theSecretOfTheRobot', robotCode: 'dingclient2025' };
const appSecret = 'theSecretOfTheApp';
const secrets = [
  appSecret,
  robot.clientSecret,
  seal.token,
  seal.encodingAesKey,
  otherKey,
  'thePassword',
  'theSecretOfTheConnection',
];
const roster: readonly RosterLine[] = [['罗山县', '王五', '联络员', 'wangwu', 'Manager7788']];

let clock: MovableClock;
let wecom: WecomPlatform;
let dingtalk: DingtalkPlatform;
let service: Service | null;
let folder: string;
const heard: string[] = [];

beforeEach(async () => {
  clock = new MovableClock();
  wecom = await startWecomPlatform({ ...app, ...seal, secret: appSecret, clock });
  dingtalk = await startDingtalkPlatform({ ...robot, clock });
  service = null;
  folder = mkdtempSync(join(tmpdir(), 'baosong-doctor-'));
});
afterEach(async () => {
  await service?.close();
  await wecom.stop();
  await dingtalk.close();
  rmSync(folder, { recursive: true });
});

const wecomSettings = (): Settings => ({
  WECOM_CORP_ID: app.corpId,
  WECOM_AGENT_ID: String(app.agentId),
  WECOM_SECRET: appSecret,
  WECOM_TOKEN: seal.token,
  WECOM_ENCODING_AES_KEY: seal.encodingAesKey,
  WECOM_API_URL: wecom.url,
});
const botSettings = (): Settings => ({
  WECOM_BOT_TOKEN: seal.token,
  WECOM_BOT_ENCODING_AES_KEY: seal.encodingAesKey,
  WECOM_API_URL: wecom.url,
});
const dingtalkSettings = (mode: 'http' | 'stream'): Settings => ({
  DINGTALK_CLIENT_ID: robot.clientId,
  DINGTALK_CLIENT_SECRET: robot.clientSecret,
  DINGTALK_MODE: mode,
  DINGTALK_API_URL: dingtalk.url,
  DINGTALK_OAPI_URL: dingtalk.url,
});

async function run(settings: Settings, people = roster): Promise<Service> {
  service = await startService(embedded, { settings, roster: people, clock });
  // The furnishing brings the group of a trial, which no service has.
  await service.app.database.transact((tx) => tx.delete(ChatBinding, { channel: 'playground' }));
  return service;
}

/** What it prints, and whether it is content. Never a secret, whatever is wrong. */
async function doctor(settings: Settings, at: { readonly clock?: MovableClock } = {}): Promise<[string, boolean]> {
  const config = configOf({ DATABASE_URL: `file:${join(folder, 'none.db')}`, ...settings });
  heard.length = 0;
  const print = (text: string) => void heard.push(text);
  const dataSource = createDataSource(config.databaseUrl);
  const isHealthy = await diagnose({ config, dataSource, clock: at.clock ?? clock, limitMs: 5_000, print });
  const printed = heard.join('\n');
  for (const secret of secrets) expect(printed).not.toContain(secret);
  return [printed, isHealthy];
}

/** The lines that something must be done about, each with what. */
const complaints = (printed: string): string[] => printed.match(/✗ .*\n {4}→ .*/g) ?? [];

describe('a service that works', () => {
  it.each([
    ['WeCom', wecomSettings, '企业微信自建应用'],
    ['a smart robot of WeCom', botSettings, '企业微信智能机器人'],
    ['DingTalk over HTTP', () => dingtalkSettings('http'), '钉钉机器人'],
    ['DingTalk over Stream', () => dingtalkSettings('stream'), '钉钉机器人'],
  ])('on %s has nothing to mend', async (_label, settingsOf, title) => {
    const settings = settingsOf();
    const { url, databaseUrl } = await run(settings);
    const [printed, isHealthy] = await doctor({ ...settings, DATABASE_URL: databaseUrl, PUBLIC_URL: url });
    expect(complaints(printed)).toEqual([]);
    expect(isHealthy).toBe(true);
    expect(printed).toContain(title);
  });

  it('on a long connection is not disturbed by another connection', async () => {
    const settings = {
      WECOM_BOT_ID: 'robot1',
      WECOM_BOT_SECRET: 'theSecretOfTheConnection',
      WECOM_BOT_WS_URL: wecom.url.replace('http', 'ws'),
    };
    const [printed, isHealthy] = await doctor(settings);
    expect(printed).toContain('✓ 连得上企业微信长连接接口');
    expect(printed).toMatch(/· Bot ID 和 Secret 未检查.*\n.*长连接/);
    expect(isHealthy).toBe(true);
  });

  it('is told step by step', async () => {
    const { url, databaseUrl } = await run(wecomSettings());
    const [printed] = await doctor({ ...wecomSettings(), DATABASE_URL: databaseUrl, PUBLIC_URL: url });
    const page = '企业微信管理后台 → 应用管理 → 自建 → 该应用 → 接收消息 → 设置API接收';
    expect(printed.split('\n')).toEqual([
      '设置',
      '  ✓ 设置无误，接入企业微信',
      '数据库',
      '  ✓ 数据库连得上（内置）',
      '  ✓ 表是最新的',
      '企业微信自建应用',
      '  ✓ 连得上企业微信接口',
      '  ✓ 服务器时间与平台一致',
      '  ✓ 企业ID 和 Secret 有效',
      '  ✓ AgentId 有效，本机 IP 在企业可信IP之内',
      '  ✓ 可见范围：2 个部门、1 名成员、0 个标签',
      '  ✓ 1 个在任人员账号够得着',
      `  ✓ 回调地址 PUBLIC_URL/callback/wecom/app 答复正确（${page} 填写这个地址）`,
      '人员和群',
      expect.stringMatching(/有企业微信账号的 1 名$/),
      expect.stringContaining('npm run roster -- list'),
      '  · 没有群接收通报',
      '    → npm run chats -- add 登记',
    ]);
  });

  it('is not touched by looking', async () => {
    const settings = dingtalkSettings('http');
    const running = await run(settings);
    await doctor({ ...settings, DATABASE_URL: running.databaseUrl, PUBLIC_URL: running.url });
    expect(await running.rows(InboundMessage)).toEqual([]);
    expect(dingtalk.sent).toEqual([]);
    expect(dingtalk.gateway.connections).toEqual([]);
  });
});

describe('what is wrong with WeCom', () => {
  it.each<[string, Settings, NextFailure | null, RegExp]>([
    ['the secret', { WECOM_SECRET: 'another' }, null, /40001）\n.*该应用 → Secret，复制到 WECOM_SECRET/],
    ['the company', { WECOM_CORP_ID: 'wwanother' }, null, /40013）\n.*我的企业 → 企业信息 → 企业ID/],
    ['the app', { WECOM_AGENT_ID: '7' }, null, /301002）\n.*AgentId，复制到 WECOM_AGENT_ID/],
    [
      'the address that it calls from',
      {},
      {
        at: 'agent/get',
        answer: { errcode: 60020, errmsg: 'not allow to access from your ip, hint: [1], from ip: 203.0.113.9, more' },
      },
      /60020）\n.*企业可信IP，加入 203\.0\.113\.9，/,
    ],
    ['nobody being visible', {}, { at: 'agent/get', answer: {} }, /可见范围是空的.*\n.*可见范围，加入/],
    ['the app being disabled', {}, { at: 'agent/get', answer: { close: 1 } }, /应用已停用\n/],
    ['a code that is not known', {}, { at: 'gettoken', errcode: 99999 }, /99999）\n/],
    ['a proxy that answers instead', {}, { at: 'agent/get', body: '<html>' }, /不是企业微信的.*\n.*WECOM_API_URL/],
    ['the platform being down', {}, { at: 'gettoken', status: 502 }, /HTTP 502）\n.*WECOM_API_URL/],
  ])('is told of %s', async (_label, settings, failure, complaint) => {
    if (failure) wecom.failNext(failure);
    const [printed, isHealthy] = await doctor({ ...wecomSettings(), ...settings });
    expect(complaints(printed).join('\n')).toMatch(complaint);
    expect(complaints(printed)).toHaveLength(1);
    expect(isHealthy).toBe(false);
  });

  it('is told of an address where nobody is', async () => {
    const settings = wecomSettings();
    await wecom.stop();
    const [printed] = await doctor(settings);
    expect(complaints(printed).join('\n')).toMatch(/ECONNREFUSED）\n.*WECOM_API_URL/);
    await wecom.start();
  });

  it.each([
    [10, /快 \d+ 秒/],
    [-10, /慢 \d+ 秒/],
  ])('is told of a clock that is %i minutes off', async (minutes, complaint) => {
    const wrong = new MovableClock();
    wrong.set(new Date(clock.now().getTime() + minutes * 60_000));
    const [printed] = await doctor(wecomSettings(), { clock: wrong });
    expect(complaints(printed).join('\n')).toMatch(complaint);
  });
});

describe('what is wrong with DingTalk', () => {
  it.each<[string, Settings]>([
    ['the secret', { DINGTALK_CLIENT_SECRET: 'another' }],
    ['the client id', { DINGTALK_CLIENT_ID: 'another' }],
  ])('is told of %s', async (_label, settings) => {
    const [printed, isHealthy] = await doctor({ ...dingtalkSettings('http'), ...settings });
    expect(complaints(printed)).toEqual([expect.stringMatching(/invalidClientIdOrSecret）\n.*凭证与基础信息/)]);
    expect(isHealthy).toBe(false);
  });

  it('is told of a robot that is not in Stream mode', async () => {
    const refusal = { status: 400, body: { code: 'badRequest', message: 'no' } };
    dingtalk.failNext('/v1.0/gateway/connections/open', refusal);
    const [printed] = await doctor(dingtalkSettings('stream'));
    expect(complaints(printed)).toEqual([expect.stringMatching(/HTTP 400）\n.*消息接收模式选 Stream/)]);
  });
});

async function closedAddress(): Promise<string> {
  const mounted = await mountRoutes([]);
  await mounted.close();
  return mounted.url;
}

describe('what is wrong with the callback address', () => {
  it.each<[string, () => Settings, Settings, RegExp]>([
    ['another token', wecomSettings, { WECOM_TOKEN: 'another' }, /HTTP 401）\n.*WECOM_TOKEN/],
    ['another key', wecomSettings, { WECOM_ENCODING_AES_KEY: otherKey }, /HTTP 40\d）\n.*WECOM_ENCODING_AES_KEY/],
    ['another client secret', () => dingtalkSettings('http'), { DINGTALK_CLIENT_SECRET: 'x' }, /HTTP 401）\n/],
    ['no such channel', () => dingtalkSettings('http'), {}, /HTTP 404）\n.*重启服务/],
  ])('is told of a running service with %s', async (label, settingsOf, change, complaint) => {
    const running = label === 'no such channel' ? botSettings() : { ...settingsOf(), ...change };
    const { url } = await run(running);
    const [printed] = await doctor({ ...settingsOf(), PUBLIC_URL: url });
    expect(complaints(printed)).toEqual([expect.stringMatching(complaint)]);
  });

  it.each([
    ['nobody is there', closedAddress, /连不上（ECONNREFUSED）/],
    ['something else answers', async () => wecom.url, /不是本服务/],
  ])('is told when %s', async (_label, urlOf, complaint) => {
    const [printed] = await doctor({ ...wecomSettings(), PUBLIC_URL: await urlOf() });
    expect(complaints(printed)).toEqual([expect.stringMatching(complaint)]);
  });

  it('is not known without PUBLIC_URL, which is no mistake', async () => {
    const [printed, isHealthy] = await doctor(wecomSettings());
    expect(printed).toMatch(/· 没有设置 PUBLIC_URL.*\n.*PUBLIC_URL\/callback\/wecom\/app/);
    expect(isHealthy).toBe(true);
  });
});

describe('what is wrong with people and groups', () => {
  const outsiders: readonly RosterLine[] = [...roster, ['新县', '周六', '联络员', 'zhouliu', 'Nobody99']];
  const bind = async (channel: string, chatId: string, name: string) => {
    const binding = { channel, chatId, name, purpose: 'bulletins', unitId: 1 } as const;
    await service?.app.database.transact((tx) => tx.insert(ChatBinding, binding));
  };

  it('is told of WeCom accounts beyond the visible range, and of groups of another app', async () => {
    await wecom.stop();
    wecom = await startWecomPlatform({
      ...app,
      ...seal,
      secret: appSecret,
      clock,
      members: ['wangwu'],
      groups: ['ours'],
    });
    const { databaseUrl } = await run(wecomSettings(), outsiders);
    await bind('wecom', 'theirs', '别的群');
    await bind('wecom', 'ours', '工作群');
    const [printed] = await doctor({ ...wecomSettings(), DATABASE_URL: databaseUrl });
    expect(complaints(printed)).toEqual([
      expect.stringMatching(/1 个在任人员账号.*zhouliu\n.*可见范围/),
      expect.stringMatching(/1 个登记的群.*别的群\n.*重新建群/),
    ]);
    expect(printed).toContain('✓ 1 个登记的群够得着');
  });

  it('is told of DingTalk accounts that the organisation does not know, and of groups without the robot', async () => {
    dingtalk.unknownStaff.add('Nobody99');
    const { databaseUrl } = await run(dingtalkSettings('http'), outsiders);
    await bind('dingtalk', 'cidElsewhere', '钉钉群');
    const [printed] = await doctor({ ...dingtalkSettings('http'), DATABASE_URL: databaseUrl });
    expect(complaints(printed)).toEqual([
      expect.stringMatching(/1 个在任人员账号.*Nobody99\n.*钉钉账号/),
      expect.stringMatching(/1 个登记的群.*钉钉群\n.*添加本应用的机器人/),
    ]);
  });

  it('says what the platform does not let it check', async () => {
    const { databaseUrl } = await run(dingtalkSettings('http'));
    dingtalk.failNext('/topapi/v2/user/get', { status: 200, body: { errcode: 60011, errmsg: 'no' } });
    const [printed, isHealthy] = await doctor({ ...dingtalkSettings('http'), DATABASE_URL: databaseUrl });
    expect(printed).toContain('· 1 个在任人员账号没有核对');
    expect(isHealthy).toBe(true);
  });

  it('is told when nobody has an account', async () => {
    const { app: running, databaseUrl } = await run(wecomSettings(), [['罗山县', '王五', '联络员', '', 'Manager7788']]);
    await running.database.transact((tx) => tx.delete(Identity, { channel: 'wecom' }));
    const [printed] = await doctor({ ...wecomSettings(), DATABASE_URL: databaseUrl });
    expect(complaints(printed)).toEqual([expect.stringMatching(/企业微信账号的 0 名\n.*“企业微信账号”一列/)]);
  });

  it('is told of a group on a platform that is not connected', async () => {
    const { app: running, databaseUrl } = await run(wecomSettings());
    const binding = { channel: 'dingtalk', chatId: 'cid1', name: '钉钉群', purpose: 'bulletins', unitId: 1 } as const;
    await running.database.transact((tx) => tx.insert(ChatBinding, binding));
    const [printed] = await doctor({ ...wecomSettings(), DATABASE_URL: databaseUrl });
    expect(complaints(printed).join('\n')).toMatch(/“钉钉群”.*dingtalk\n.*npm run chats -- remove \d+/);
  });

  it('is nothing for a group robot, which needs no settings', async () => {
    const { app: running, databaseUrl } = await run(wecomSettings());
    const binding = {
      channel: 'dingtalk-webhook',
      chatId: 'webhook-9',
      name: '群',
      purpose: 'bulletins',
      unitId: 1,
    } as const;
    await running.database.transact((tx) => tx.insert(ChatBinding, binding));
    const [printed] = await doctor({ ...wecomSettings(), DATABASE_URL: databaseUrl });
    expect(printed).toMatch(/✓ 接收通报的群 \d+ 个/);
  });
});

describe('what is wrong with the database', () => {
  it('is nothing before the first start', async () => {
    const [printed, isHealthy] = await doctor({});
    expect(printed).toContain('· 数据库文件还没有');
    expect(printed).toContain('· 设置无误，没有接入任何平台');
    expect(isHealthy).toBe(true);
  });

  it('is told when its tables are old', async () => {
    const path = join(folder, 'old.db');
    writeFileSync(path, '');
    const [printed] = await doctor({ DATABASE_URL: `file:${path}` });
    expect(complaints(printed)).toEqual([expect.stringMatching(/不是最新\n.*npm start/)]);
  });

  it('is told when it is not there', async () => {
    const [printed] = await doctor({ DATABASE_URL: 'mysql://baosong:thePassword@127.0.0.1:9/baosong' });
    expect(complaints(printed)).toEqual([expect.stringMatching(/ECONNREFUSED）\n.*DATABASE_URL/)]);
  });
});
