/**
 * The two databases that the product runs on, for `describe.each(databases)`. Every `open()` gives a fresh one, migrated by
 * the product's own migrations, so that no test sees another's rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { tables } from '../../entities/tables';
import { createDataSource } from '../../ormconfig';
import { migrate } from '../../src/database/migrate';
import { defineTable } from '../../src/table/declare';
import { createDatabase, dropDatabase, testServerUrl } from './mariadb';

type TableClass = Parameters<typeof defineTable>[0];

export interface OpenDatabase {
  readonly dataSource: DataSource;
  /** What DATABASE_URL would say, for a second connection or a second process. */
  readonly url: string;
  close(): Promise<void>;
}

export interface TestDatabase {
  readonly name: 'MariaDB' | 'embedded';
  /** @param extraTables classes of tables that only the test declares. */
  open(extraTables?: readonly TableClass[]): Promise<OpenDatabase>;
}

export const mariaDb: TestDatabase = {
  name: 'MariaDB',
  async open(extraTables = []) {
    const url = await createDatabase(testServerUrl());
    return openAt(url, extraTables, () => dropDatabase(url));
  },
};

export const embedded: TestDatabase = {
  name: 'embedded',
  async open(extraTables = []) {
    const folder = mkdtempSync(join(tmpdir(), 'baosong-test-'));
    const url = `file:${join(folder, 'test.db')}`;
    return openAt(url, extraTables, async () => rmSync(folder, { recursive: true, force: true }));
  },
};

export const databases: readonly TestDatabase[] = [mariaDb, embedded];

async function openAt(
  url: string,
  extraTables: readonly TableClass[],
  remove: () => Promise<void>,
): Promise<OpenDatabase> {
  const dataSource = await createDataSource(url, extraTables).initialize();
  await migrate(dataSource, [...tables, ...extraTables.map(defineTable)]);
  return {
    dataSource,
    url,
    async close() {
      await dataSource.destroy();
      await remove();
    },
  };
}
