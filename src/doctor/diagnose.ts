/** `npm run doctor`: everything a configured service needs, looked at from the inside out. Nothing is changed by looking. */
import type { DataSource } from 'typeorm';
import type { Config } from '../config';
import { Database } from '../database/database';
import { checkDingtalk } from './dingtalk';
import { describeSection, good, isHealthy, note, type Section } from './finding';
import { checkPeople, type Platform } from './people';
import type { Means } from './probe';
import { checkStorage } from './storage';
import { checkWecomApp } from './wecom-app';
import { checkWecomBot } from './wecom-bot';

export interface DiagnoseParts extends Means {
  readonly config: Config;
  /** Not yet open; closed afterwards. */
  readonly dataSource: DataSource;
  readonly print: (text: string) => void;
}

/** Prints each section as it is known; true when nothing has to be mended. */
export async function diagnose(parts: DiagnoseParts): Promise<boolean> {
  const told: Section[] = [];
  try {
    for (const check of checksOf(parts)) {
      const section = await check();
      if (!section) continue;
      told.push(section);
      parts.print(describeSection(section));
    }
  } finally {
    if (parts.dataSource.isInitialized) await parts.dataSource.destroy();
  }
  return isHealthy(told);
}

type Check = () => Promise<Section | null>;

/** In the order in which one thing needs the other. */
function checksOf(parts: DiagnoseParts): readonly Check[] {
  const { config, dataSource } = parts;
  const storage = async () => ({ title: '数据库', findings: await checkStorage(dataSource, config.databaseUrl) });
  return [async () => settingsSection(config), storage, ...channelChecks(parts), () => peopleSection(parts)];
}

function settingsSection(config: Config): Section {
  const names = platformsOf(config).map(({ name }) => name);
  const finding = config.trial
    ? note('设置无误，没有接入任何平台：npm start 运行的是试用', '接入平台见 .env.example')
    : good(`设置无误，接入${names.join('、')}`);
  return { title: '设置', findings: [finding] };
}

function channelChecks({ config, ...means }: DiagnoseParts): readonly Check[] {
  const { wecomApp, wecomBot, dingtalk, publicUrl } = config;
  return [
    ...(wecomApp ? [() => checkWecomApp(wecomApp, publicUrl, means)] : []),
    ...(wecomBot ? [() => checkWecomBot(wecomBot, publicUrl, means)] : []),
    ...(dingtalk ? [() => checkDingtalk(dingtalk, publicUrl, means)] : []),
  ];
}

/** Null in a trial, whose people are samples, and where the tables are missing or older than the code. */
async function peopleSection({ config, dataSource, clock }: DiagnoseParts): Promise<Section | null> {
  if (config.trial || !dataSource.isInitialized || (await dataSource.showMigrations())) return null;
  const findings = await checkPeople(new Database(dataSource), platformsOf(config), clock.now());
  return { title: '人员和群', findings };
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
