/** The credentials that the tests give a bot and the doubles of its platforms, and the settings that name both. */

type Settings = Readonly<Record<string, string>>;

export const wecomAppKeys = {
  corpId: 'wwxinyang2025',
  agentId: 1000002,
  secret: 'theSecretOfTheApp',
  token: 'tok3nOfTheCallback',
  encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws',
};

export const wecomAppSettings = (apiUrl: string, keys: typeof wecomAppKeys = wecomAppKeys): Settings => ({
  WECOM_CORP_ID: keys.corpId,
  WECOM_AGENT_ID: String(keys.agentId),
  WECOM_SECRET: keys.secret,
  WECOM_TOKEN: keys.token,
  WECOM_ENCODING_AES_KEY: keys.encodingAesKey,
  WECOM_API_URL: apiUrl,
});

/** The smart robot behind a callback address. */
export const wecomBotKeys = { token: 'tok3n', encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws' };

export const wecomBotSettings = (apiUrl: string): Settings => ({
  WECOM_BOT_TOKEN: wecomBotKeys.token,
  WECOM_BOT_ENCODING_AES_KEY: wecomBotKeys.encodingAesKey,
  WECOM_API_URL: apiUrl,
});

/** The smart robot on its long connection. */
export const wecomLongKeys = { botId: 'aibXINYANG', secret: 'theSecretOfTheRobot' };

export const wecomLongSettings = (wsUrl: string): Settings => ({
  WECOM_BOT_ID: wecomLongKeys.botId,
  WECOM_BOT_SECRET: wecomLongKeys.secret,
  WECOM_BOT_WS_URL: wsUrl,
});

export const dingtalkKeys = {
  clientId: 'dingclient2025',
  clientSecret: 'theSecretOfTheRobot',
  robotCode: 'dingrobot2025',
};

export const dingtalkHttpSettings = (url: string): Settings => ({
  ...dingtalkStreamSettings(url),
  DINGTALK_ROBOT_CODE: dingtalkKeys.robotCode,
  DINGTALK_MODE: 'http',
});

/** As DingTalk gives them to a robot of its own app, which bears the app's name. */
export const dingtalkStreamKeys = { ...dingtalkKeys, robotCode: dingtalkKeys.clientId };

/** As an operator writes them who leaves everything else as it is. */
export const dingtalkStreamSettings = (url: string): Settings => ({
  DINGTALK_CLIENT_ID: dingtalkKeys.clientId,
  DINGTALK_CLIENT_SECRET: dingtalkKeys.clientSecret,
  DINGTALK_API_URL: url,
  DINGTALK_OAPI_URL: url,
});
