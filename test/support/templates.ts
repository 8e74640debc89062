/**
 * One database of each kind, migrated once for the whole run by the product's own migrations. Every test gets a copy: the
 * whole history of the schema takes longer than most tests.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { tables } from '../../entities/tables';
import { createDataSource } from '../../ormconfig';
import { createDatabase } from '../../scripts/mariadb';
import { migrate } from '../../src/database/migrate';

/** How the workers, which are other processes, find the file of the embedded one. */
export const templateVariable = 'BAOSONG_TEST_TEMPLATE';
const serverTemplate = 'template';

export interface Templates {
  /** The folder of the embedded one. */
  readonly folder: string;
  remove(): void;
}

export async function makeTemplates(serverUrl: string): Promise<Templates> {
  const folder = mkdtempSync(join(tmpdir(), 'baosong-template-'));
  await migrateNew(await createDatabase(serverUrl, serverTemplate));
  await migrateNew(`file:${join(folder, 'template.db')}`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function migrateNew(url: string): Promise<void> {
  const dataSource = await createDataSource(url).initialize();
  await migrate(dataSource, tables);
  await dataSource.destroy();
}

/** Fills an empty database of the server. */
export async function copyServerTemplate(serverUrl: string, database: string): Promise<void> {
  const uri = serverUrl.replace(/^mariadb:/, 'mysql:');
  const connection = await createConnection({ uri, multipleStatements: true });
  try {
    const [found] = await connection.query<RowDataPacket[]>(`SHOW TABLES FROM ${serverTemplate}`);
    const names = found.map((row) => String(Object.values(row)[0]));
    const copies = names.map((name) => `CREATE TABLE \`${database}\`.\`${name}\` LIKE ${serverTemplate}.\`${name}\``);
    const done = `INSERT INTO \`${database}\`.migrations SELECT * FROM ${serverTemplate}.migrations`;
    await connection.query([...copies, done].join(';\n'));
  } finally {
    await connection.end();
  }
}

/** Makes a new embedded database. */
export function copyEmbeddedTemplate(path: string): void {
  const folder = process.env[templateVariable];
  if (!folder) throw new Error('the tests need jest.config.js, whose global setup makes the templates');
  copyFileSync(join(folder, 'template.db'), path);
}
