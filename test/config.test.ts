import { readConfig } from '../src/config';

const wecom = {
  WECOM_CORP_ID: 'ww1234',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'app-secret',
  WECOM_TOKEN: 'QDG6eK',
  WECOM_ENCODING_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
const botCallback = { WECOM_BOT_TOKEN: 'b0tToken', WECOM_BOT_ENCODING_AES_KEY: wecom.WECOM_ENCODING_AES_KEY };
const botConnection = { WECOM_BOT_ID: 'aibABC', WECOM_BOT_SECRET: 'bot-secret' };
const dingtalk = { DINGTALK_CLIENT_ID: 'dingabc', DINGTALK_CLIENT_SECRET: 'robot-secret' };

function mistakesOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const result = readConfig(environment);
  return result.ok ? [] : result.mistakes;
}

describe('with nothing set', () => {
  it('is a trial on this machine with the embedded database', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      config: {
        databaseUrl: 'file:data/baosong.db',
        host: '127.0.0.1',
        port: 3000,
        publicUrl: null,
        logLevel: 'info',
        wecomApp: null,
        wecomBot: null,
        dingtalk: null,
        webhooks: { wecomApiUrl: 'https://qyapi.weixin.qq.com', dingtalkOapiUrl: 'https://oapi.dingtalk.com' },
        trial: true,
      },
    });
  });

  it.each([
    ['empty', ''],
    ['blank', '  '],
  ])('takes an %s value for not set', (_label, value) => {
    expect(readConfig({ PORT: value, WECOM_SECRET: value, DATABASE_URL: value })).toEqual(readConfig({}));
  });

  it('does not mind what else is in the environment', () => {
    expect(readConfig({ PATH: '/bin', DATABASE: 'x' })).toEqual(readConfig({}));
  });
});

describe('with a channel set', () => {
  it('is a service on WeCom', () => {
    expect(readConfig(wecom)).toMatchObject({
      ok: true,
      config: {
        trial: false,
        dingtalk: null,
        wecomApp: {
          corpId: 'ww1234',
          agentId: 1000002,
          secret: 'app-secret',
          token: 'QDG6eK',
          encodingAesKey: wecom.WECOM_ENCODING_AES_KEY,
          markdown: false,
          apiUrl: 'https://qyapi.weixin.qq.com',
        },
      },
    });
  });

  it.each([
    [
      'that is called by WeCom',
      botCallback,
      { mode: 'callback', token: 'b0tToken', encodingAesKey: wecom.WECOM_ENCODING_AES_KEY },
    ],
    [
      'that keeps a connection open',
      botConnection,
      { mode: 'long', botId: 'aibABC', secret: 'bot-secret', wsUrl: 'wss://openws.work.weixin.qq.com' },
    ],
  ])('is a service on a smart robot alone, %s', (_label, environment, expected) => {
    const wecomBot = { ...expected, apiUrl: 'https://qyapi.weixin.qq.com' };
    expect(readConfig(environment)).toMatchObject({ ok: true, config: { trial: false, wecomApp: null, wecomBot } });
  });

  it('is a service on DingTalk, whose robot code is the client id and whose messages come by stream', () => {
    const expected = { robotCode: 'dingabc', mode: 'stream', apiUrl: 'https://api.dingtalk.com' };
    expect(readConfig(dingtalk)).toMatchObject({ ok: true, config: { trial: false, dingtalk: expected } });
  });

  it('shows cards on DingTalk when a template is named, and knows 5000 calls a month unless told otherwise', () => {
    expect(readConfig(dingtalk)).toMatchObject({ config: { dingtalk: { cards: null, monthlyCalls: 5000 } } });
    const more = { DINGTALK_CARD_TEMPLATE_ID: 't.schema', DINGTALK_MONTHLY_CALLS: '200000' };
    expect(readConfig({ ...dingtalk, ...more })).toMatchObject({
      config: { dingtalk: { cards: { templateId: 't.schema', publicUrl: null }, monthlyCalls: 200_000 } },
    });
  });

  it('can serve both at once, at addresses of its own', () => {
    const addresses = { WECOM_API_URL: 'http://127.0.0.1:9001', DINGTALK_OAPI_URL: 'http://127.0.0.1:9002' };
    expect(readConfig({ ...wecom, ...dingtalk, DINGTALK_ROBOT_CODE: 'ding-r', ...addresses })).toMatchObject({
      ok: true,
      config: {
        wecomApp: { apiUrl: 'http://127.0.0.1:9001' },
        dingtalk: { robotCode: 'ding-r', oapiUrl: 'http://127.0.0.1:9002' },
      },
    });
  });
});

describe('a mistake', () => {
  it.each([
    ['a port that is no number', { PORT: 'http' }, 'PORT'],
    ['a port beyond the last', { PORT: '70000' }, 'PORT is too big'],
    ['port 0', { PORT: '0' }, 'PORT is too small'],
    ['a database of another kind', { DATABASE_URL: 'postgres://a@b/c' }, 'DATABASE_URL must be mysql://'],
    ['a server without a database', { DATABASE_URL: 'mysql://root@localhost' }, 'DATABASE_URL must be mysql://'],
    ['a public address without a scheme', { PUBLIC_URL: 'baosong.example.cn' }, 'PUBLIC_URL has the wrong format'],
    ['a log level that there is not', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is not one of the allowed words'],
    ['an agent id that is no number', { ...wecom, WECOM_AGENT_ID: 'app' }, 'WECOM_AGENT_ID'],
    [
      'a key one letter short',
      { ...wecom, WECOM_ENCODING_AES_KEY: 'a'.repeat(42) },
      'WECOM_ENCODING_AES_KEY must be 43',
    ],
    ['a token with a sign in it', { ...wecom, WECOM_TOKEN: 'a-b' }, 'WECOM_TOKEN must be 1 to 32'],
    ['markdown neither on nor off', { WECOM_MARKDOWN: 'yes' }, 'WECOM_MARKDOWN is not one of the allowed words'],
    [
      'a mode that there is not',
      { ...dingtalk, DINGTALK_MODE: 'poll' },
      'DINGTALK_MODE is not one of the allowed words',
    ],
    [
      'cards whose taps cannot come in',
      { ...dingtalk, DINGTALK_MODE: 'http', DINGTALK_CARD_TEMPLATE_ID: 't.schema' },
      'PUBLIC_URL is missing (needed with DINGTALK_CARD_TEMPLATE_ID',
    ],
    ['a month without calls', { ...dingtalk, DINGTALK_MONTHLY_CALLS: '0' }, 'DINGTALK_MONTHLY_CALLS is too small'],
    ['half a WeCom app', { ...wecom, WECOM_TOKEN: '' }, 'WECOM_TOKEN is missing (needed with WECOM_CORP_ID'],
    ['half a smart robot', { ...botCallback, WECOM_BOT_TOKEN: '' }, 'WECOM_BOT_TOKEN is missing'],
    ['half a connection', { WECOM_BOT_ID: 'aibABC' }, 'WECOM_BOT_SECRET is missing (needed with WECOM_BOT_ID)'],
    [
      'both ways to one smart robot',
      { ...botCallback, ...botConnection },
      'WECOM_BOT_TOKEN, WECOM_BOT_ENCODING_AES_KEY cannot be set together with WECOM_BOT_ID, WECOM_BOT_SECRET',
    ],
    ['half a DingTalk app', { DINGTALK_CLIENT_SECRET: 'x' }, 'DINGTALK_CLIENT_ID is missing'],
  ])('names the setting: %s', (_label, environment, said) => {
    const mistakes = mistakesOf(environment);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(said);
  });

  it('does not hide another', () => {
    const said = mistakesOf({ PORT: 'x', LOG_LEVEL: 'loud', DINGTALK_CLIENT_ID: 'dingabc' });
    expect(said.map((mistake) => mistake.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'DINGTALK_CLIENT_SECRET']);
  });

  it('is told without the value, which may be a secret', () => {
    const secrets = {
      DATABASE_URL: 'postgres://root:hunter2@db/x',
      WECOM_TOKEN: 'hunter2!',
      DINGTALK_CLIENT_SECRET: 'hunter2',
    };
    expect(mistakesOf(secrets).join('\n')).not.toContain('hunter2');
  });
});
