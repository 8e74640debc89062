/** Calls of the platforms are counted by whom they reach and when, and how long a message waits is known. */
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { inShanghai, systemClock } from '../../clock';
import { instant, optional, short } from '../columns';
import { addColumn } from './add-column';
import { addIndex } from './add-index';
import type { MigrationClass } from './create-table';

const table = 'outbox_message';

/**
 * By the index of status and `dueAt`, which in a row that was sent lies within minutes of `sentAt`. What is older bears on
 * no quota, and an UPDATE of every row there is would hold up whoever posts.
 */
const unsent = "status = 'pending'";
const lately = "status = 'sent' AND dueAt > ?";

const hourAgo = (): string => {
  const instant = inShanghai(systemClock.now()).minus({ hours: 1 }).toJSDate();
  return instant.toISOString().replace('T', ' ').slice(0, -1);
};

/** What is to be sent, or was sent within the window of a quota, counts too. */
class FillAddressees implements MigrationInterface {
  name = 'FillAddressees1763890000004';

  async up(runner: QueryRunner): Promise<void> {
    const addressee = "CASE chatKind WHEN 'private' THEN LOWER(chatId) ELSE chatId END";
    const fill = `UPDATE ${table} SET addressee = ${addressee} WHERE addressee = ''`;
    await runner.query(`${fill} AND ${unsent}`);
    await runner.query(`${fill} AND ${lately}`, [hourAgo()]);
  }

  async down(): Promise<void> {}
}

class FillCallTimes implements MigrationInterface {
  name = 'FillCallTimes1763890000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE ${table} SET calledAt = sentAt WHERE calledAt IS NULL AND ${lately}`, [hourAgo()]);
  }

  async down(): Promise<void> {}
}

class FillWaits implements MigrationInterface {
  name = 'FillWaits1763890000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE ${table} SET wantedAt = dueAt WHERE wantedAt IS NULL AND ${unsent}`);
  }

  async down(): Promise<void> {}
}

/** Whose index nothing asks any more. */
class DropSentIndex implements MigrationInterface {
  name = 'DropSentIndex1763890000009';

  async up(runner: QueryRunner): Promise<void> {
    const index = sentIndex(runner);
    const known = await runner.getTable(table);
    if (known?.indices.some(({ name }) => name === index.name)) await runner.dropIndex(table, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex(table, sentIndex(runner));
  }
}

function sentIndex({ connection }: QueryRunner): TableIndex {
  const columnNames = ['channel', 'chatId', 'sentAt'];
  return new TableIndex({ name: connection.namingStrategy.indexName(table, columnNames), columnNames });
}

export const quotas: readonly MigrationClass[] = [
  addColumn('AddAddressee1763890000001', table, () => short('addressee', 190, { default: "''" })),
  addColumn('AddCalledAt1763890000002', table, () => instant('calledAt', optional)),
  addColumn('AddWantedAt1763890000003', table, () => instant('wantedAt', optional)),
  FillAddressees,
  FillCallTimes,
  FillWaits,
  addIndex('IndexCallsToChat1763890000007', table, ['channel', 'addressee', 'calledAt']),
  addIndex('IndexCallsOfChannel1763890000008', table, ['channel', 'calledAt']),
  DropSentIndex,
];
