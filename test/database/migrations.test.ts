/** The history of the schema: in one order, and of no harm to a copy of the bot from before it that is still running. */
import type { DataSource } from 'typeorm';
import { migrations } from '../../src/database/migrations';
import { databases, type OpenDatabase } from '../support/databases';

const names = migrations.map((Migration) => new Migration().name ?? '');
const timestampOf = (name: string): number => Number(/\d{13}$/.exec(name)?.[0]);

it('stands in the list in the order in which it is carried out, each step at an instant of its own', () => {
  const timestamps = names.map(timestampOf);
  expect(timestamps).toEqual([...new Set(timestamps)].sort((a, b) => a - b));
});

describe.each(databases)('an outbox from before ($name)', ({ open }) => {
  let opened: OpenDatabase;
  let source: DataSource;
  beforeEach(async () => {
    opened = await open();
    source = opened.dataSource;
  });
  afterEach(() => opened.close());

  const sqlOf = (instant: Date): string => instant.toISOString().replace('T', ' ').slice(0, -1);
  const minutesAgo = (minutes: number): string => sqlOf(new Date(Date.now() - minutes * 60_000));

  /** As a copy writes it that knows nothing of later columns. */
  async function write(chatId: string, status: string, at: string): Promise<void> {
    const row = { channel: 'wecom', chatKind: 'private', chatId, content: '{"blocks":[],"choices":[]}' };
    const rest = { purpose: 'notice', priority: 1, status, dueAt: at, attempts: 1, createdAt: at, sentAt: at };
    const values = { ...row, ...rest, platformId: null };
    const places = Object.keys(values).map(() => '?');
    const sql = `INSERT INTO outbox_message (${Object.keys(values).join(', ')}) VALUES (${places.join(', ')})`;
    await source.query(sql, Object.values(values));
  }

  it('is written by an older copy that still runs', async () => {
    await write('ZhangSan', 'pending', minutesAgo(0));
    await source.query("UPDATE outbox_message SET status = 'sent', platformId = 'm1' WHERE platformId IS NULL");
    expect(await source.query('SELECT status, platformId FROM outbox_message')).toMatchObject([
      { status: 'sent', platformId: 'm1' },
    ]);
  });

  it('is filled as far as it bears on what is sent next, and no further', async () => {
    await write('Waiting', 'pending', minutesAgo(24 * 60));
    await write('Lately', 'sent', minutesAgo(50));
    await write('LongAgo', 'sent', minutesAgo(90));
    const runner = source.createQueryRunner();
    for (const migration of source.migrations.filter(({ name }) => /^Fill.*17638900/.test(name ?? ''))) {
      await migration.up(runner);
    }
    await runner.release();
    const rows = await source.query<{ addressee: string; called: number; wanted: number }[]>(
      `SELECT addressee, calledAt IS NOT NULL AS called, wantedAt IS NOT NULL AS wanted FROM outbox_message ORDER BY id`,
    );
    expect(rows.map(({ addressee, called, wanted }) => [addressee, Number(called), Number(wanted)])).toEqual([
      ['waiting', 0, 1],
      ['lately', 1, 0],
      ['', 0, 0],
    ]);
  });
});
