/**
 * The two databases that the product runs on, for `describe.each(databases)`. Every `open()` gives a fresh one, as the
 * product's own migrations leave it, so that no test sees another's rows.
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
import { copyEmbeddedTemplate, copyServerTemplate } from './templates';

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
    await copyServerTemplate(testServerUrl(), new URL(url).pathname.slice(1));
    return openAt(url, extraTables, () => dropDatabase(url));
  },
};

export const embedded: TestDatabase = {
  name: 'embedded',
  async open(extraTables = []) {
    const folder = mkdtempSync(join(tmpdir(), 'baosong-test-'));
    const path = join(folder, 'test.db');
    copyEmbeddedTemplate(path);
    const url = `file:${path}`;
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
