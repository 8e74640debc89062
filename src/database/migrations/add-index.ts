/** A migration that adds one index to a table; it can be run again, since two copies of the bot may start at once. */
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import type { MigrationClass } from './create-table';

/** @param name ends in the migration's 13-digit timestamp, by which the history is ordered. */
export function addIndex(name: string, table: string, columnNames: readonly string[]): MigrationClass {
  return class implements MigrationInterface {
    name = name;

    async up(runner: QueryRunner): Promise<void> {
      const index = indexOf(runner);
      const known = await runner.getTable(table);
      if (known?.indices.some((each) => each.name === index.name)) return;
      await runner.createIndex(table, index);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.dropIndex(table, indexOf(runner));
    }
  };

  /** Under the name that the entity's index carries. */
  function indexOf({ connection }: QueryRunner): TableIndex {
    const columns = [...columnNames];
    return new TableIndex({ name: connection.namingStrategy.indexName(table, columns), columnNames: columns });
  }
}
