/**
 * The two databases that the product runs on, for `describe.each(databases)`. Every `open()` gives a fresh one, migrated by
 * the product's own migrations, so that no test sees another's rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../ormconfig';
import { migrate } from '../../src/database/migrate';
import { createDatabase, dropDatabase, testServerUrl } from './mariadb';

export interface OpenDatabase {
  readonly dataSource: DataSource;
  /** What DATABASE_URL would say, for a second connection or a second process. */
  readonly url: string;
  close(): Promise<void>;
}

export interface TestDatabase {
  readonly name: 'MariaDB' | 'embedded';
  open(): Promise<OpenDatabase>;
}

export const mariaDb: TestDatabase = {
  name: 'MariaDB',
  async open() {
    const url = await createDatabase(testServerUrl());
    return openAt(url, () => dropDatabase(url));
  },
};

export const embedded: TestDatabase = {
  name: 'embedded',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'baosong-test-'));
    return openAt(`file:${join(folder, 'test.db')}`, async () => rmSync(folder, { recursive: true, force: true }));
  },
};

export const databases: readonly TestDatabase[] = [mariaDb, embedded];

async function openAt(url: string, remove: () => Promise<void>): Promise<OpenDatabase> {
  const dataSource = createDataSource(url);
  if (!dataSource.isInitialized) await dataSource.initialize();
  await migrate(dataSource);
  return {
    dataSource,
    url,
    async close() {
      if (dataSource.isInitialized) await dataSource.destroy();
      await remove();
    },
  };
}
