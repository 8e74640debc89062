/**
 * Every setting of the product, read from the environment once at boot and checked all at once. Mistakes name settings,
 * never values, since several of them are secrets. `.env.example` lists the same names; a test holds the two together.
 */
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);
const httpUrl = z.url({ protocol: /^https?$/ });
const wsUrl = z.url({ protocol: /^wss?$/ });
/** Key rules of the WeCom console: 43 letters and digits, which with one `=` are the base64 of 32 bytes. */
const encodingAesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits');
const token = z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'must be 1 to 32 letters and digits');
const filled = z.string().min(1);

const settings = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\/.+\/.+|^file:.+/, 'must be mysql://USER:PASSWORD@HOST/DATABASE or file:PATH')
    .default('file:data/baosong.db'),
  HOST: filled.default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: httpUrl.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WECOM_CORP_ID: filled.optional(),
  WECOM_AGENT_ID: z.coerce.number().int().positive().optional(),
  WECOM_SECRET: filled.optional(),
  WECOM_TOKEN: token.optional(),
  WECOM_ENCODING_AES_KEY: encodingAesKey.optional(),
  WECOM_MARKDOWN: z.enum(['off', 'on']).default('off'),
  WECOM_BOT_TOKEN: token.optional(),
  WECOM_BOT_ENCODING_AES_KEY: encodingAesKey.optional(),
  WECOM_BOT_ID: filled.optional(),
  WECOM_BOT_SECRET: filled.optional(),
  DINGTALK_CLIENT_ID: filled.optional(),
  DINGTALK_CLIENT_SECRET: filled.optional(),
  DINGTALK_ROBOT_CODE: filled.optional(),
  DINGTALK_MODE: z.enum(['stream', 'http']).default('stream'),
  DINGTALK_CARD_TEMPLATE_ID: filled.optional(),
  DINGTALK_MONTHLY_CALLS: z.coerce.number().int().positive().default(5000),
  WECOM_API_URL: httpUrl.default('https://qyapi.weixin.qq.com'),
  WECOM_BOT_WS_URL: wsUrl.default('wss://openws.work.weixin.qq.com'),
  DINGTALK_API_URL: httpUrl.default('https://api.dingtalk.com'),
  DINGTALK_OAPI_URL: httpUrl.default('https://oapi.dingtalk.com'),
});

export type SettingName = keyof typeof settings.shape;
export const settingNames = Object.keys(settings.shape) as readonly SettingName[];

type Settings = z.infer<typeof settings>;

export interface WecomAppConfig {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** What is pushed may be markdown, which WeCom's plugin for WeChat does not show. */
  readonly markdown: boolean;
  readonly apiUrl: string;
}

/** The smart robot (智能机器人): WeCom calls an address, or this service keeps a connection open; the console allows one of them. */
export type WecomBotConfig = { readonly apiUrl: string } & (
  | { readonly mode: 'callback'; readonly token: string; readonly encodingAesKey: string }
  | { readonly mode: 'long'; readonly botId: string; readonly secret: string; readonly wsUrl: string }
);

export interface DingtalkConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly mode: 'stream' | 'http';
  /** Null without a template for cards. `publicUrl` is where taps are called back over HTTP. */
  readonly cards: { readonly templateId: string; readonly publicUrl: string | null } | null;
  /** What the organisation may call the API in a calendar month. */
  readonly monthlyCalls: number;
  readonly apiUrl: string;
  readonly oapiUrl: string;
}

/** Where group robots that only write are called; each has its own address below. */
export interface WebhookConfig {
  readonly wecomApiUrl: string;
  readonly dingtalkOapiUrl: string;
}

export interface Config {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly logLevel: string;
  readonly wecomApp: WecomAppConfig | null;
  readonly wecomBot: WecomBotConfig | null;
  readonly dingtalk: DingtalkConfig | null;
  readonly webhooks: WebhookConfig;
  /** No channel is configured: playground, sample people, movable clock. */
  readonly trial: boolean;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Reads the settings; an empty string counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(settingNames.map((name) => [name, environment[name]?.trim() || undefined]));
  const parsed = settings.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map(describe);
  const mistakes = [...wrong, ...findHalfGroups(given), ...findRivals(given), ...findUnreachableCards(given)];
  if (!parsed.success || mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, config: assemble(parsed.data) };
}

function describe(issue: z.core.$ZodIssue): string {
  const reasons: Partial<Record<string, string>> = {
    invalid_format: 'has the wrong format',
    invalid_value: 'is not one of the allowed words',
    invalid_type: 'has the wrong type',
    too_small: 'is too small',
    too_big: 'is too big',
  };
  const ours = issue.message.startsWith('must be ') ? issue.message : null;
  return `${String(issue.path[0])} ${ours ?? reasons[issue.code] ?? 'is not valid'}`;
}

type Given = Readonly<Record<string, string | undefined>>;

const botCallback = ['WECOM_BOT_TOKEN', 'WECOM_BOT_ENCODING_AES_KEY'] as const;
const botConnection = ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'] as const;

/** Settings that only work together. */
const groups: readonly (readonly SettingName[])[] = [
  ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
  botCallback,
  botConnection,
  ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'],
];

function findHalfGroups(given: Given): readonly string[] {
  return groups
    .filter((group) => group.some((name) => given[name]))
    .flatMap((group) =>
      group
        .filter((name) => !given[name])
        .map((name) => `${name} is missing (needed with ${group.filter((other) => given[other]).join(', ')})`),
    );
}

/** Switching to one of the two ways in the console turns the other off. */
function findRivals(given: Given): readonly string[] {
  const [callback, connection] = [botCallback, botConnection].map((names) => names.filter((name) => given[name]));
  if (!callback?.length || !connection?.length) return [];
  return [
    `${callback.join(', ')} cannot be set together with ${connection.join(', ')}: a robot has one of the two ways`,
  ];
}

/** Over HTTP a tap on a card has to reach this service. */
function findUnreachableCards(given: Given): readonly string[] {
  if (!given['DINGTALK_CARD_TEMPLATE_ID'] || given['DINGTALK_MODE'] !== 'http' || given['PUBLIC_URL']) return [];
  return ['PUBLIC_URL is missing (needed with DINGTALK_CARD_TEMPLATE_ID when DINGTALK_MODE is http)'];
}

function assemble(values: Settings): Config {
  const wecomApp = wecomAppOf(values);
  const wecomBot = wecomBotOf(values);
  const dingtalk = dingtalkOf(values);
  return {
    databaseUrl: values.DATABASE_URL,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? null,
    logLevel: values.LOG_LEVEL,
    wecomApp,
    wecomBot,
    dingtalk,
    webhooks: { wecomApiUrl: values.WECOM_API_URL, dingtalkOapiUrl: values.DINGTALK_OAPI_URL },
    trial: !wecomApp && !wecomBot && !dingtalk,
  };
}

function wecomAppOf(values: Settings): WecomAppConfig | null {
  const { WECOM_CORP_ID, WECOM_AGENT_ID, WECOM_SECRET, WECOM_TOKEN, WECOM_ENCODING_AES_KEY } = values;
  if (!WECOM_CORP_ID || !WECOM_AGENT_ID || !WECOM_SECRET || !WECOM_TOKEN || !WECOM_ENCODING_AES_KEY) return null;
  return {
    corpId: WECOM_CORP_ID,
    agentId: WECOM_AGENT_ID,
    secret: WECOM_SECRET,
    token: WECOM_TOKEN,
    encodingAesKey: WECOM_ENCODING_AES_KEY,
    markdown: values.WECOM_MARKDOWN === 'on',
    apiUrl: values.WECOM_API_URL,
  };
}

function wecomBotOf(values: Settings): WecomBotConfig | null {
  const { WECOM_BOT_TOKEN, WECOM_BOT_ENCODING_AES_KEY, WECOM_BOT_ID, WECOM_BOT_SECRET } = values;
  const apiUrl = values.WECOM_API_URL;
  if (WECOM_BOT_TOKEN && WECOM_BOT_ENCODING_AES_KEY) {
    return { mode: 'callback', token: WECOM_BOT_TOKEN, encodingAesKey: WECOM_BOT_ENCODING_AES_KEY, apiUrl };
  }
  if (!WECOM_BOT_ID || !WECOM_BOT_SECRET) return null;
  return { mode: 'long', botId: WECOM_BOT_ID, secret: WECOM_BOT_SECRET, wsUrl: values.WECOM_BOT_WS_URL, apiUrl };
}

function dingtalkOf(values: Settings): DingtalkConfig | null {
  const { DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET, DINGTALK_CARD_TEMPLATE_ID } = values;
  if (!DINGTALK_CLIENT_ID || !DINGTALK_CLIENT_SECRET) return null;
  return {
    clientId: DINGTALK_CLIENT_ID,
    clientSecret: DINGTALK_CLIENT_SECRET,
    // The robot code of an enterprise-internal robot is its app key, unless the console says otherwise.
    robotCode: values.DINGTALK_ROBOT_CODE ?? DINGTALK_CLIENT_ID,
    mode: values.DINGTALK_MODE,
    cards: DINGTALK_CARD_TEMPLATE_ID
      ? { templateId: DINGTALK_CARD_TEMPLATE_ID, publicUrl: values.PUBLIC_URL ?? null }
      : null,
    monthlyCalls: values.DINGTALK_MONTHLY_CALLS,
    apiUrl: values.DINGTALK_API_URL,
    oapiUrl: values.DINGTALK_OAPI_URL,
  };
}
