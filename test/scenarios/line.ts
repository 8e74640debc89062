/** A county's office that speaks through a real platform's callbacks instead of the playground; two contacts, 张三 and 李四. */
import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { mariaDb } from '../support/databases';
import { morningClock, type Service, startService } from '../support/service';

export interface Line {
  readonly service: Service;
  /** Says something as 张三 or 李四 and returns the text of the answer. */
  say(who: 'zhangsan' | 'lisi', text: string): Promise<string>;
  /** Everything that somebody was told, answers and pushes, as sent by the platform. */
  told(who: 'zhangsan' | 'lisi'): Promise<string>;
  close(): Promise<void>;
}

export const lines = [
  { name: 'WeCom', open: openWecom },
  { name: 'DingTalk', open: openDingtalk },
] as const;

const wecomKeys = {
  corpId: 'wwxinyang2025',
  agentId: 1000002,
  secret: 'theSecretOfTheApp',
  token: 'tok3nOfTheCallback',
  encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws',
};

async function openWecom(): Promise<Line> {
  const clock = morningClock();
  const platform = await startWecomPlatform({ ...wecomKeys, clock });
  const settings = {
    WECOM_CORP_ID: wecomKeys.corpId,
    WECOM_AGENT_ID: String(wecomKeys.agentId),
    WECOM_SECRET: wecomKeys.secret,
    WECOM_TOKEN: wecomKeys.token,
    WECOM_ENCODING_AES_KEY: wecomKeys.encodingAesKey,
    WECOM_API_URL: platform.url,
  };
  const roster = [
    ['光山县', '张三', '联络员', 'zhangsan'],
    ['光山县', '李四', '副联络员', 'lisi'],
  ] as const;
  const service = await startService(mariaDb, { clock, settings, roster });
  return {
    service,
    async say(from, text) {
      const { status, reply } = await platform.deliver(`${service.url}/callback/wecom/app`, { from, text });
      if (status !== 200) throw new Error(`the callback was answered with ${status}`);
      return reply ?? '';
    },
    async told(who) {
      await service.app.sender.drain(5_000);
      return JSON.stringify(platform.sent.filter((message) => JSON.stringify(message).includes(who)));
    },
    async close() {
      await service.close();
      await platform.stop();
    },
  };
}

const dingtalkKeys = { clientId: 'dingclient2025', clientSecret: 'theSecretOfTheRobot', robotCode: 'dingrobot2025' };

async function openDingtalk(): Promise<Line> {
  const clock = morningClock();
  const platform = await startDingtalkPlatform({ ...dingtalkKeys, clock });
  const settings = {
    DINGTALK_CLIENT_ID: dingtalkKeys.clientId,
    DINGTALK_CLIENT_SECRET: dingtalkKeys.clientSecret,
    DINGTALK_ROBOT_CODE: dingtalkKeys.robotCode,
    DINGTALK_MODE: 'http',
    DINGTALK_API_URL: platform.url,
    DINGTALK_OAPI_URL: platform.url,
  };
  const roster = [
    ['光山县', '张三', '联络员', '', 'zhangsan'],
    ['光山县', '李四', '副联络员', '', 'lisi'],
  ] as const;
  const service = await startService(mariaDb, { clock, settings, roster });
  const answers = () => platform.sent.filter(({ via }) => via === 'session');
  return {
    service,
    async say(from, text) {
      const before = answers().length;
      const { status } = await platform.deliver(`${service.url}/callback/dingtalk/robot`, { from, text });
      if (status !== 200) throw new Error(`the callback was answered with ${status}`);
      while (answers().length <= before) await service.app.sender.drain(1_000);
      const { params } = answers().at(-1) ?? { params: {} as Record<string, string> };
      return params['text'] ?? params['content'] ?? '';
    },
    async told(who) {
      await service.app.sender.drain(5_000);
      return JSON.stringify(platform.sent.filter((message) => JSON.stringify(message).includes(who)));
    },
    async close() {
      await service.close();
      await platform.close();
    },
  };
}
