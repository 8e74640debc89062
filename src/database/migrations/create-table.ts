/** A migration that creates one table; it can be run again, since two copies of the bot may start at once. */
import type { MigrationInterface, QueryRunner, Table } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** @param name ends in the migration's 13-digit timestamp, by which the history is ordered. */
export function createTable(name: string, table: () => Table): MigrationClass {
  return class implements MigrationInterface {
    name = name;

    async up(runner: QueryRunner): Promise<void> {
      await runner.createTable(named(runner, table()), true);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.dropTable(table().name, true);
    }
  };
}

/** Indexes without a name of their own carry the one that the entity's would. */
function named(runner: QueryRunner, table: Table): Table {
  for (const index of table.indices) {
    index.name ??= runner.connection.namingStrategy.indexName(table, index.columnNames);
  }
  return table;
}
