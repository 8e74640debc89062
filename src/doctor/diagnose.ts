/** `npm run doctor`: everything a configured service needs, looked at from the inside out. Nothing is changed by looking. */
import type { DataSource } from 'typeorm';
import { type Finding, good, type Installation, note } from '../channels/checkup/finding';
import type { Means } from '../channels/checkup/probe';
import { checkDingtalk } from '../channels/dingtalk/checkup';
import { checkWecomApp } from '../channels/wecom/checkup';
import { checkWecomBot } from '../channels/wecom-bot/checkup';
import type { Config } from '../config';
import { Database } from '../database/database';
import { type Addressees, accountsOn, checkPeople, loadAddressees, type Platform } from './people';
import { describeSection, isHealthy, type Section } from './section';
import { checkStorage } from './storage';

export interface DiagnoseParts extends Means {
  readonly config: Config;
  /** Not yet open; closed afterwards. */
  readonly dataSource: DataSource;
  readonly print: (text: string) => void;
}

/** Prints each section as it is known; true when nothing has to be mended. */
export async function diagnose(parts: DiagnoseParts): Promise<boolean> {
  const told: Section[] = [];
  const tell = (title: string, findings: readonly Finding[]): void => {
    if (findings.length === 0) return;
    told.push({ title, findings });
    parts.print(describeSection({ title, findings }));
  };
  try {
    await lookAtAll(parts, tell);
  } finally {
    if (parts.dataSource.isInitialized) await parts.dataSource.destroy();
  }
  return isHealthy(told);
}

/** In the order in which one thing needs the other. */
async function lookAtAll(parts: DiagnoseParts, tell: (title: string, findings: readonly Finding[]) => void) {
  const { config, dataSource } = parts;
  tell('设置', [settingsFinding(config)]);
  tell('数据库', await checkStorage(dataSource, config.databaseUrl));
  const addressees = await addresseesOf(parts);
  for (const { title, check } of checkupsOf(parts, addressees)) tell(title, await check());
  if (addressees) tell('人员和群', checkPeople(addressees, platformsOf(config)));
}

function settingsFinding(config: Config): Finding {
  const names = platformsOf(config).map(({ name }) => name);
  return config.trial
    ? note('设置无误，没有接入任何平台：npm start 运行的是试用', '接入平台见 .env.example')
    : good(`设置无误，接入${names.join('、')}`);
}

/** Null in a trial, whose people are samples, and where the tables are missing or older than the code. */
async function addresseesOf({ config, dataSource, clock }: DiagnoseParts): Promise<Addressees | null> {
  if (config.trial || !dataSource.isInitialized || (await dataSource.showMigrations())) return null;
  return loadAddressees(new Database(dataSource), clock.now());
}

interface Checkup {
  readonly title: string;
  check(): Promise<readonly Finding[]>;
}

function checkupsOf({ config, ...means }: DiagnoseParts, addressees: Addressees | null): readonly Checkup[] {
  const { wecomApp, wecomBot, dingtalk, publicUrl } = config;
  const at = (channel: string): Installation => ({
    publicUrl,
    accounts: addressees ? accountsOn(addressees, [channel]) : [],
    groups: (addressees?.groups ?? [])
      .filter((group) => group.channel === channel)
      .map(({ chatId, name }) => ({ id: chatId, name })),
  });
  return [
    ...(wecomApp ? [{ title: '企业微信自建应用', check: () => checkWecomApp(wecomApp, at('wecom'), means) }] : []),
    ...(wecomBot
      ? [{ title: '企业微信智能机器人', check: () => checkWecomBot(wecomBot, at('wecom-bot'), means) }]
      : []),
    ...(dingtalk ? [{ title: '钉钉机器人', check: () => checkDingtalk(dingtalk, at('dingtalk'), means) }] : []),
  ];
}

/** The two robots of WeCom share the accounts of its people, and each has groups of its own. */
function platformsOf({ wecomApp, wecomBot, dingtalk }: Config): readonly Platform[] {
  const wecomGroups = [...(wecomApp ? ['wecom'] : []), ...(wecomBot ? ['wecom-bot'] : [])];
  const wecom = { name: '企业微信', accounts: ['wecom', 'wecom-bot'], groups: wecomGroups };
  return [
    ...(wecomApp || wecomBot ? [wecom] : []),
    ...(dingtalk ? [{ name: '钉钉', accounts: ['dingtalk'], groups: ['dingtalk'] }] : []),
  ];
}
