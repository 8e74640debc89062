/**
 * The whole bot as a service on a database of its own: the notice's units, the May figures of the trial's counties, the
 * people of a roster file, and whatever platforms its settings name. Its clock begins on the morning of 2025-07-02.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { tables } from '../../entities/tables';
import { type App, startApp } from '../../src/app';
import { type Clock, MovableClock } from '../../src/clock';
import { Database } from '../../src/database/database';
import { seedUnits } from '../../src/database/seed-units';
import { createLog, type Log } from '../../src/log';
import { exits } from '../../src/roster/desk';
import { importRoster } from '../../src/roster/import';
import { seedTrial } from '../../src/trial/seed';
import { configOf } from './bot';
import type { OpenDatabase, TestDatabase } from './databases';

/** A line of a roster file: 单位, 姓名, 角色 and the accounts. */
export type RosterLine = readonly [unit: string, name: string, role: string, wecom: string, dingtalk?: string];

export interface ServiceOptions {
  readonly settings: Readonly<Record<string, string>>;
  readonly roster: readonly RosterLine[];
  readonly clock?: MovableClock;
  /** Nothing is logged without. */
  readonly log?: Log;
}

export const firstMorning = new Date('2025-07-02T09:30:00+08:00');

/** Runs from the first morning on at the real pace. */
export function morningClock(): MovableClock {
  const clock = new MovableClock();
  clock.set(firstMorning);
  return clock;
}

/** A database with units, May's reports and people, on which no bot runs yet. */
export async function furnish(
  { open }: TestDatabase,
  roster: readonly RosterLine[],
  clock: Clock,
): Promise<OpenDatabase> {
  const opened = await open();
  const database = new Database(opened.dataSource);
  await seedUnits(database);
  await seedTrial(database, tables);
  await importPeople(database, roster, clock);
  return opened;
}

export async function startService(database: TestDatabase, options: ServiceOptions): Promise<Service> {
  const { settings, roster, clock = morningClock(), log = createLog('silent') } = options;
  const service = new Service(await furnish(database, roster, clock), settings, clock, log);
  await service.start();
  return service;
}

export class Service {
  private running: App | null = null;

  constructor(
    private readonly opened: OpenDatabase,
    private readonly settings: Readonly<Record<string, string>>,
    readonly clock: MovableClock,
    private readonly log: Log,
  ) {}

  get app(): App {
    if (!this.running) throw new Error('the bot is not running');
    return this.running;
  }

  /** `http://127.0.0.1:PORT` */
  get url(): string {
    return `http://127.0.0.1:${this.app.port}`;
  }

  /** What DATABASE_URL says. */
  get databaseUrl(): string {
    return this.opened.url;
  }

  async start(): Promise<void> {
    this.running = await this.startTwin();
  }

  /** Another bot on the same database; whoever starts it stops it. */
  startTwin(): Promise<App> {
    const config = configOf({ ...this.settings, DATABASE_URL: this.opened.url });
    return startApp({ config, log: this.log, clock: this.clock });
  }

  async stop(): Promise<void> {
    const { app } = this;
    this.running = null;
    await app.stop();
  }

  /** The ticker's next minute, and everything sent that is due. */
  async tick(iso?: string): Promise<void> {
    if (iso !== undefined) this.clock.set(new Date(iso));
    await this.app.ticker.tick();
    await this.app.sender.drain(5_000);
  }

  /** Rows by their order of writing, read past the bot. */
  async rows<T extends ObjectLiteral>(entity: EntityTarget<T>, where: FindOptionsWhere<T> = {}): Promise<readonly T[]> {
    const rows = await this.opened.dataSource.manager.findBy(entity, where);
    return rows.sort((a, b) => Number(a['id'] ?? 0) - Number(b['id'] ?? 0));
  }

  async close(): Promise<void> {
    if (this.running) await this.stop();
    await this.opened.close();
  }
}

async function importPeople(database: Database, lines: readonly RosterLine[], clock: Clock): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baosong-people-'));
  const path = join(folder, 'roster.csv');
  const cells = lines.map(([unit, name, role, wecom, dingtalk = '']) => [unit, name, role, wecom, dingtalk].join(','));
  writeFileSync(path, ['单位,姓名,角色,企业微信账号,钉钉账号', ...cells].join('\n'));
  const printed: string[] = [];
  const desk = { database, clock, print: (line: string) => void printed.push(line), confirm: null };
  const exit = await importRoster(path, true, desk);
  rmSync(folder, { recursive: true });
  if (exit !== exits.done) throw new Error(printed.join('\n'));
}
