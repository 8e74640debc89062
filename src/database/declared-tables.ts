/**
 * Storage of the declared tables follows their declarations: after the migrations, a table that is missing is created
 * and a column that is missing is added. Nothing is ever dropped or changed in type here; that takes a migration.
 */
import { type DataSource, type EntityMetadata, type QueryRunner, Table, TableColumn } from 'typeorm';
import type { TableDefinition } from '../table/definition';

export async function ensureDeclaredTables(
  dataSource: DataSource,
  definitions: readonly TableDefinition[],
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    for (const definition of definitions) await ensureTable(runner, dataSource.getMetadata(definition.entity));
  } finally {
    await runner.release();
  }
}

async function ensureTable(runner: QueryRunner, metadata: EntityMetadata): Promise<void> {
  const stored = await runner.getTable(metadata.tableName);
  const declared = Table.create(metadata, runner.connection.driver);
  if (!stored) {
    await runner.createTable(declared, true);
    return;
  }
  const missing = declared.columns.filter((column) => !stored.findColumnByName(column.name));
  if (missing.length > 0)
    await runner.addColumns(
      stored,
      missing.map((column) => new TableColumn(column)),
    );
}
