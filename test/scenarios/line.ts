/**
 * A county's office that speaks through a real platform instead of the playground, one line for each way in that hears
 * people: two contacts, 张三 and 李四, and 科员甲 of the bureau.
 */
import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { deliver } from '../platforms/wecom-bot/callbacks';
import { startBotGateway } from '../platforms/wecom-bot/gateway';
import { startBotWeb } from '../platforms/wecom-bot/web';
import { mariaDb } from '../support/databases';
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
import { morningClock, type RosterLine, type Service, startService } from '../support/service';

type Who = 'zhangsan' | 'lisi' | 'keyuan';

export interface Line {
  readonly service: Service;
  /** Says something in private, or in a group with the robot mentioned, and returns the text of the answer. */
  say(who: Who, text: string, group?: string): Promise<string>;
  /** What somebody was told without asking. */
  told(who: Who): Promise<string>;
  close(): Promise<void>;
}

export interface Way {
  readonly name: string;
  /** Whether it hears what is said in groups. */
  readonly hearsGroups: boolean;
  /** Whether it can tell people something that they did not ask for. */
  readonly pushes: boolean;
  open(): Promise<Line>;
}

export const group = 'cidTheWorkingGroup';

export const ways: readonly Way[] = [
  { name: 'the WeCom app', hearsGroups: false, pushes: true, open: openWecomApp },
  { name: 'the WeCom robot that is called back', hearsGroups: true, pushes: false, open: openWecomBot },
  { name: 'the WeCom robot on its long connection', hearsGroups: true, pushes: true, open: openWecomLong },
  { name: 'DingTalk over HTTP', hearsGroups: true, pushes: true, open: openDingtalkHttp },
  { name: 'DingTalk over Stream', hearsGroups: true, pushes: true, open: openDingtalkStream },
];

/** Everybody has an account on both platforms. */
const roster: readonly RosterLine[] = [
  ['光山县', '张三', '联络员', 'zhangsan', 'zhangsan'],
  ['光山县', '李四', '副联络员', 'lisi', 'lisi'],
  ['信阳市市场监督管理局', '科员甲', '市局人员', 'keyuan', 'keyuan'],
];

async function openWecomApp(): Promise<Line> {
  const clock = morningClock();
  const platform = await startWecomPlatform({ ...wecomAppKeys, clock });
  const service = await startService(mariaDb, { clock, settings: wecomAppSettings(platform.url), roster });
  return {
    service,
    async say(from, text) {
      const { status, reply } = await platform.deliver(`${service.url}/callback/wecom/app`, { from, text });
      if (status !== 200) throw new Error(`the callback was answered with ${status}`);
      return reply ?? '';
    },
    async told(who) {
      await service.app.sender.drain(5_000);
      return JSON.stringify(platform.sent.filter(({ to }) => to === who));
    },
    async close() {
      await service.close();
      await platform.stop();
    },
  };
}

async function openWecomBot(): Promise<Line> {
  const clock = morningClock();
  const web = await startBotWeb({ clock });
  const service = await startService(mariaDb, { clock, settings: wecomBotSettings(web.url), roster });
  const send = (delivery: Parameters<typeof deliver>[2]) =>
    deliver({ ...wecomBotKeys, clock }, `${service.url}/callback/wecom/bot`, delivery);
  return {
    service,
    async say(from, text, group) {
      let { shown } = await send({ from, text: group ? `@报送 ${text}` : text, ...(group && { group }) });
      // What takes long goes on as a stream, for which WeCom asks.
      while (shown && !shown.finished)
        ({ shown } = await send({ from, said: { msgtype: 'stream', stream: { id: shown.streamId } } }));
      return shown?.text ?? '';
    },
    async told() {
      await service.app.sender.drain(5_000);
      return JSON.stringify(web.posted);
    },
    async close() {
      await service.close();
      await web.stop();
    },
  };
}

async function openWecomLong(): Promise<Line> {
  const clock = morningClock();
  const gateway = await startBotGateway({ ...wecomLongKeys, clock });
  const service = await startService(mariaDb, { clock, settings: wecomLongSettings(gateway.url), roster });
  await gateway.until(() => gateway.isConnected);
  return {
    service,
    async say(from, text, group) {
      const before = gateway.answers.length;
      gateway.speak({ from, text: group ? `@报送 ${text}` : text, ...(group && { group }) });
      return (await gateway.until(() => gateway.answers[before])).text;
    },
    async told(who) {
      await service.app.sender.drain(5_000);
      return JSON.stringify(gateway.pushed.filter(({ chat }) => chat === who));
    },
    async close() {
      await service.close();
      await gateway.stop();
      if (gateway.violations.length > 0) throw new Error(gateway.violations.join('\n'));
    },
  };
}

type Dingtalk = Awaited<ReturnType<typeof startDingtalkPlatform>>;

async function openDingtalkHttp(): Promise<Line> {
  const clock = morningClock();
  const platform = await startDingtalkPlatform({ ...dingtalkKeys, clock });
  const service = await startService(mariaDb, { clock, settings: dingtalkHttpSettings(platform.url), roster });
  return dingtalkLine(platform, service, async (message) => {
    const { status } = await platform.deliver(`${service.url}/callback/dingtalk/robot`, message);
    if (status !== 200) throw new Error(`the callback was answered with ${status}`);
  });
}

async function openDingtalkStream(): Promise<Line> {
  const clock = morningClock();
  const platform = await startDingtalkPlatform({ ...dingtalkStreamKeys, clock });
  const service = await startService(mariaDb, { clock, settings: dingtalkStreamSettings(platform.url), roster });
  await platform.gateway.untilConnected();
  return dingtalkLine(platform, service, async (message) => void platform.push(message));
}

function dingtalkLine(
  platform: Dingtalk,
  service: Service,
  speak: (message: Parameters<Dingtalk['push']>[0]) => Promise<void>,
): Line {
  const answers = () => platform.sent.filter(({ via }) => via === 'session');
  return {
    service,
    async say(from, text, group) {
      const before = answers().length;
      await speak({ from, text, ...(group && { group }) });
      const { params } = await platform.until(() => answers()[before]);
      return params['text'] ?? params['content'] ?? '';
    },
    async told(who) {
      const told = () => platform.sent.filter(({ via, to }) => via === 'private' && to.includes(who));
      // Quick tests use up the 20 calls a second, and then it waits for the next.
      await platform.until(() => told().length > 0);
      return JSON.stringify(told());
    },
    async close() {
      await service.close();
      await platform.close();
    },
  };
}
