/**
 * The bureau's office of a scenario: the whole bot as a trial on a database of its own, spoken to through the playground's
 * HTTP routes, with its clock on the morning of 2025-07-02. What it did is read from its answers, pushes and rows.
 */
import { randomUUID } from 'node:crypto';
import { type EntityTarget, type FindOptionsWhere, IsNull, type ObjectLiteral } from 'typeorm';
import { Identity } from '../../entities/identity';
import { OutboxMessage } from '../../entities/outbox-message';
import { tables } from '../../entities/tables';
import { Unit } from '../../entities/unit';
import { type App, startApp } from '../../src/app';
import type { Content } from '../../src/channels/content';
import { addEntry } from '../../src/filing/lists';
import { createLog } from '../../src/log';
import type { Values } from '../../src/table/definition';
import { configOf, plain } from '../support/bot';
import type { OpenDatabase, TestDatabase } from '../support/databases';
import { Ear } from './ear';

type TableClass = new () => object;

export interface SayOptions {
  /** In this group, speaking to the bot, instead of the private chat. */
  readonly group?: string;
  /** The same key again is the same message, delivered again. */
  readonly key?: string;
}

/** @param extraTables classes of tables that only the test declares. */
export async function startOffice(database: TestDatabase, extraTables: readonly TableClass[] = []): Promise<Office> {
  const opened = await database.open(extraTables);
  const office = new Office(opened, extraTables);
  await office.start();
  return office;
}

export class Office {
  private running: { readonly app: App; readonly ear: Ear } | null = null;

  constructor(
    private readonly opened: OpenDatabase,
    private readonly extraTables: readonly TableClass[],
  ) {}

  /** Everything that somebody reads in an answer, figures as `企业 24→27 +3`. */
  readonly plain = plain;

  get app(): App {
    return this.current.app;
  }

  /** `http://127.0.0.1:PORT` */
  get url(): string {
    return `http://127.0.0.1:${this.app.port}`;
  }

  /** The address of the database, for a second bot on it. */
  get databaseUrl(): string {
    return this.opened.url;
  }

  async start(): Promise<void> {
    const config = configOf({ DATABASE_URL: this.opened.url });
    const app = await startApp({ config, log: createLog('silent'), extraTables: this.extraTables });
    this.running = { app, ear: await Ear.open(`http://127.0.0.1:${app.port}`) };
    await this.settle();
  }

  /** Says something as the person, and returns what the bot answers. */
  async say(userId: string, text: string, { group, key = randomUUID() }: SayOptions = {}): Promise<Content> {
    const chat = group === undefined ? { kind: 'private', id: userId } : { kind: 'group', id: group };
    const answer = this.current.ear.answerTo(key);
    await this.post('/playground/messages', { chat, userId, text, key, mention: true });
    return answer;
  }

  /** Sends a file as the person, and returns what the bot answers. */
  async upload(userId: string, name: string, bytes: Uint8Array, { group }: SayOptions = {}): Promise<Content> {
    const key = randomUUID();
    const chat = group === undefined ? { kind: 'private', id: userId } : { kind: 'group', id: group };
    const answer = this.current.ear.answerTo(key);
    const query = new URLSearchParams({ ...chat, userId, key, name });
    const headers = { 'content-type': 'application/octet-stream' };
    await this.expectOk('/playground/files', { method: 'POST', headers, body: new Uint8Array(bytes) }, query);
    return answer;
  }

  /** Says several things one after the other, and returns the last answer as plain text. */
  async sayAll(userId: string, ...texts: readonly string[]): Promise<string> {
    let last = '';
    for (const text of texts) last = plain(await this.say(userId, text));
    return last;
  }

  /** What the bot said of its own accord in a person's private chat or in a group, oldest first. */
  async told(chatId: string): Promise<readonly Content[]> {
    await this.settle();
    const meant = { chatId, inboundId: IsNull(), recalls: IsNull(), status: 'sent' } as const;
    const rows = await this.rows(OutboxMessage, meant);
    return rows.map((row) => row.content);
  }

  /** Moves the trial's clock; everything due in between happens at its own time. */
  async moveClock(iso: string): Promise<void> {
    await this.post('/playground/clock', { to: iso });
  }

  async rows<T extends ObjectLiteral>(entity: EntityTarget<T>, where: FindOptionsWhere<T> = {}): Promise<readonly T[]> {
    const rows = await this.app.database.read((tx) => tx.findBy(entity, where));
    return rows.sort((a, b) => Number(a['id'] ?? 0) - Number(b['id'] ?? 0));
  }

  async unitId(code: string): Promise<number> {
    const [unit] = await this.rows(Unit, { code });
    if (!unit) throw new Error(`there is no unit ${code}`);
    return unit.id;
  }

  /** Lengthens a unit's project list: so many free projects, and one for each fee (万元). */
  async addProjects(unitCode: string, free: number, fees: readonly string[] = []): Promise<void> {
    const unitId = await this.unitId(unitCode);
    const payments: readonly Values[] = [
      ...Array.from({ length: free }, () => ({ paymentKind: 'free', fee: '0' })),
      ...fees.map((fee) => ({ paymentKind: 'fixed', fee })),
    ];
    for (const [index, payment] of payments.entries()) await this.addProject(unitId, index, payment);
  }

  /** The bytes of the file in an answer. */
  async download(content: Content): Promise<Buffer> {
    const card = content.blocks.find((block) => block.kind === 'file');
    if (card?.kind !== 'file') throw new Error(`there is no file in: ${plain(content)}`);
    const response = await fetch(`${this.url}/playground/files/${card.fileId}`);
    if (!response.ok) throw new Error(`the file is not there: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Stops the bot and starts it again on the same database. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.opened.close();
  }

  private get current() {
    if (!this.running) throw new Error('the bot is not running');
    return this.running;
  }

  /** Until what is due is done and sent. */
  private async settle(): Promise<void> {
    await this.app.ticker.tick();
    await this.app.sender.drain(5_000);
  }

  private async stop(): Promise<void> {
    const { app, ear } = this.current;
    this.running = null;
    ear.close();
    await app.stop();
  }

  private async post(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.expectOk(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private async expectOk(path: string, request: RequestInit, query = new URLSearchParams()): Promise<void> {
    const response = await fetch(`${this.url}${path}?${query}`, request);
    if (!response.ok) throw new Error(`POST ${path} was answered with ${response.status}: ${await response.text()}`);
  }

  private async addProject(unitId: number, index: number, payment: Values): Promise<void> {
    const list = tables.find((table) => table.name === 'project');
    const [author] = await this.rows(Identity, { channel: 'playground' });
    if (!list || !author) throw new Error('the trial has no project list or no people');
    // Each has another number; a list does not compare them.
    const patentNumbers = `ZL20211000000${index % 10}.${index % 10}`;
    const values = { licensor: '豫南大学', licensee: `新增企业${index + 1}`, patentNumbers, ...payment };
    const change = { unitId, authorId: author.personId, now: new Date('2025-07-01T10:00:00+08:00') };
    await this.app.database.transact((tx) => addEntry(tx, list, values, change));
  }
}
