/** Brings the schema up to date and sees to what every installation starts with. */
import type { DataSource } from 'typeorm';
import type { TableDefinition } from '../table/definition';
import { ensureDeclaredTables } from './declared-tables';

export async function migrate(
  dataSource: DataSource,
  definitions: readonly TableDefinition[],
): Promise<readonly string[]> {
  const done = await dataSource.runMigrations({ transaction: 'none' });
  await ensureDeclaredTables(dataSource, definitions);
  return done.map((migration) => migration.name);
}
