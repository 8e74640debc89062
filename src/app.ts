/** The one place that puts the parts together: start and stop of the whole, nothing else. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { tables as shippedTables } from '../entities/tables';
import { createDataSource } from '../ormconfig';
import { createTicker, type Ticker } from './calendar/ticker';
import { timetableOf } from './calendar/timetable';
import type { Channel, LookUp, TakeSpareWay } from './channels/channel';
import { createDingtalkRobot } from './channels/dingtalk/robot';
import { createDingtalkStream } from './channels/dingtalk/stream/stream';
import { createPlayground } from './channels/playground/playground';
import { createDingtalkWebhook } from './channels/webhook/dingtalk';
import { dingtalkWebhook, wecomWebhook } from './channels/webhook/places';
import { createWecomWebhook } from './channels/webhook/wecom';
import { createWecomApp } from './channels/wecom/app';
import { createWecomBot } from './channels/wecom-bot/robot';
import { charts } from './charts/bulletin-chart';
import { type Clock, MovableClock, systemClock } from './clock';
import { createCommands } from './commands';
import type { Config, DingtalkConfig } from './config';
import { Database, type Tx } from './database/database';
import { migrate } from './database/migrate';
import { seedUnits } from './database/seed-units';
import { CallCounter } from './delivery/api-calls';
import { lookUpEarlier } from './delivery/earlier';
import { prune } from './delivery/housekeeping';
import { createSender, type Sender } from './delivery/sender';
import { createSettlements } from './delivery/settlements';
import { takeSpareWay } from './delivery/spare-ways';
import { privateChatIds } from './inbound/known-chats';
import { createReceive } from './inbound/receive';
import { describeFault, type Log } from './log';
import { webhookOf } from './roster/webhooks';
import { warnOfCalls } from './schedules/calls-notice';
import { findDone, runOccurrence } from './schedules/run';
import { findMistakes } from './table/boot-check';
import { defineTable } from './table/declare';
import type { TableDefinition } from './table/definition';
import { TrialHost } from './trial/host';
import { seedTrial } from './trial/seed';
import { restoreClock } from './trial/trial-clock';
import { uploadRoutes } from './uploads/routes';
import { watchConnections } from './web/connections';
import { createWebServer } from './web/server';

export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  /** Real time unless told otherwise; a trial has its own. */
  readonly clock?: Clock;
  /** Table classes beyond the shipped ones. */
  readonly extraTables?: readonly (new () => object)[];
}

export interface App {
  readonly database: Database;
  readonly ticker: Ticker;
  readonly sender: Sender;
  readonly port: number;
  /** Finishes what is at work, sends what is due for a few seconds, and closes everything. */
  stop(): Promise<void>;
}

/** An outage over a long weekend is caught up with. */
const graceMs = 4 * 24 * 60 * 60 * 1000;
const drainMs = 5_000;

export async function startApp({ config, log, clock = systemClock, extraTables = [] }: AppOptions): Promise<App> {
  const tables = [...shippedTables, ...extraTables.map(defineTable)];
  const mistakes = findMistakes(tables);
  if (mistakes.length > 0) throw new Error(`the declared tables are wrong:\n${mistakes.join('\n')}`);
  const database = await openDatabase(config, tables, extraTables);
  const trialClock = config.trial ? await openTrial(database, tables, clock) : null;
  const means: Means = { config, log, database, tables, clock: trialClock ?? clock, metrics: new Registry() };
  const ticker = tickerOf(means, () => sender.kick());
  const channels = channelsOf(means, {
    trial: trialClock && { clock: trialClock, ticker, sender: { drain: (deadlineMs) => sender.drain(deadlineMs) } },
    lookUp: (channel) => (key) => lookUpEarlier({ ...means, settlements }, channel, key),
    takeSpareWay: (channel) => (account) => takeSpareWay({ ...means, settlements }, channel, account),
  });
  const sender = createSender({ ...means, channels: carriersOf(config, channels) });
  const settlements = createSettlements(database, means.clock, log, () => sender.kick());
  const commands = createCommands({ address: addressOf(config) });
  const receive = createReceive({ ...means, commands, settlements });
  const web = createWebServer({
    routes: [...channels.flatMap((channel) => channel.routes), ...uploadRoutes({ ...means, receive })],
    health: { ready: () => database.isReady() },
    metrics: means.metrics,
    log,
  });
  watchConnections(means.metrics, channels);
  collectDefaultMetrics({ register: means.metrics });
  for (const channel of channels) await channel.start(receive);
  const { port } = await web.start(config.port, config.host);
  sender.start();
  ticker.start();
  const housekeeping = keepHouse(means);
  return {
    database,
    ticker,
    sender,
    port,
    async stop() {
      clearInterval(housekeeping);
      await ticker.stop();
      for (const channel of channels) await channel.stop();
      await web.stop();
      await settlements.flush();
      await sender.drain(drainMs);
      await sender.stop();
      for (const channel of channels) await channel.close?.();
      await database.dataSource.destroy();
    },
  };
}

/** A trial is opened on the machine it runs on. */
const addressOf = ({ publicUrl, trial, port }: Config): string | null =>
  publicUrl ?? (trial ? `http://localhost:${port}` : null);

const hourMs = 60 * 60 * 1000;

/** What was answered and sent long ago goes, an hour's worth at a time. */
function keepHouse({ database, clock, log }: Means): NodeJS.Timeout {
  const sweep = async (): Promise<void> => {
    while ((await database.transact((tx) => prune(tx, clock.now()))).more);
  };
  const run = (): void => {
    sweep().catch((error: unknown) => log.error({ fault: describeFault(error) }, 'app.not_pruned'));
  };
  return setInterval(run, hourMs).unref();
}

interface Means {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly tables: readonly TableDefinition[];
  readonly clock: Clock;
  readonly metrics: Registry;
}

async function openDatabase(
  config: Config,
  tables: readonly TableDefinition[],
  extraTables: readonly (new () => object)[],
): Promise<Database> {
  const dataSource = await createDataSource(config.databaseUrl, extraTables).initialize();
  await migrate(dataSource, tables);
  const database = new Database(dataSource);
  await seedUnits(database);
  return database;
}

async function openTrial(database: Database, tables: readonly TableDefinition[], real: Clock): Promise<MovableClock> {
  const clock = new MovableClock(real);
  await seedTrial(database, tables);
  await restoreClock(database, clock, real);
  return clock;
}

function tickerOf({ config, database, clock, tables, log }: Means, kick: () => void): Ticker {
  const callLimits = new Map(config.dingtalk ? [['dingtalk', config.dingtalk.monthlyCalls]] : []);
  return createTicker({
    clock,
    timetable: timetableOf(tables),
    graceMs,
    done: (keys) => findDone(database, keys),
    run: (occurrence) => runOccurrence({ database, clock, tables, charts, log, callLimits, kick }, occurrence),
    log,
  });
}

/** What the page of a trial moves. */
interface Trial {
  readonly clock: MovableClock;
  readonly ticker: Ticker;
  readonly sender: Pick<Sender, 'drain'>;
}

interface ChannelNeeds {
  /** Null in service. */
  readonly trial: Trial | null;
  readonly lookUp: (channel: string) => LookUp;
  readonly takeSpareWay: (channel: string) => TakeSpareWay;
}

function channelsOf(means: Means, needs: ChannelNeeds): readonly Channel[] {
  const { config, clock, log, database } = means;
  const channels: Channel[] = [];
  if (config.wecomApp) channels.push(createWecomApp(config.wecomApp, clock, log));
  if (config.wecomBot) {
    const knownUserIds = () => database.read((tx) => privateChatIds(tx, 'wecom-bot'));
    const { wecomApp: app } = config;
    const [lookUp, takeSpareWay] = [needs.lookUp('wecom-bot'), needs.takeSpareWay('wecom-bot')];
    channels.push(createWecomBot(config.wecomBot, { clock, log, app, knownUserIds, lookUp, takeSpareWay }));
  }
  if (config.dingtalk) channels.push(dingtalkOf(config.dingtalk, means));
  const addressOf = (channel: string) => (chatId: string) => database.read((tx) => webhookOf(tx, channel, chatId));
  // A trial moves its clock, the platforms do not.
  const realClock = needs.trial ? systemClock : clock;
  channels.push(createWecomWebhook(config.webhooks, addressOf(wecomWebhook)));
  channels.push(createDingtalkWebhook(config.webhooks, addressOf(dingtalkWebhook), realClock));
  if (needs.trial) channels.push(createPlayground(new TrialHost({ database, ...needs.trial }), clock, log));
  return channels;
}

/** Its calls are counted over all copies of the bot, since the organisation has only so many in a month. */
function dingtalkOf(config: DingtalkConfig, { clock, log, database, metrics }: Means): Channel {
  const limit = config.monthlyCalls;
  const known = { platform: '钉钉', limit, setting: 'DINGTALK_MONTHLY_CALLS' };
  const warn = (tx: Tx, used: number, now: Date) => warnOfCalls(tx, { ...known, used }, now);
  const counter = new CallCounter({ database, clock, log, metrics, channel: 'dingtalk', limit, warn });
  const create = config.mode === 'stream' ? createDingtalkStream : createDingtalkRobot;
  return {
    ...create(config, clock, log, { count: counter.count, isShort: counter.isShort }),
    close: () => counter.flush(),
  };
}

/** Without a self-built app the robot also carries what is meant for WeCom accounts: reminders, bulletins. */
function carriersOf({ wecomApp }: Config, channels: readonly Channel[]): readonly Channel[] {
  const robot = wecomApp ? undefined : channels.find(({ name }) => name === 'wecom-bot');
  return robot ? [...channels.filter((each) => each !== robot), { ...robot, alsoCarries: ['wecom'] }] : channels;
}
