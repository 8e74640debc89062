/** A migration that adds one column to a table; it can be run again, since two copies of the bot may start at once. */
import { type MigrationInterface, type QueryRunner, TableColumn, type TableColumnOptions } from 'typeorm';
import type { MigrationClass } from './create-table';

/** @param name ends in the migration's 13-digit timestamp, by which the history is ordered. */
export function addColumn(name: string, table: string, column: () => TableColumnOptions): MigrationClass {
  return class implements MigrationInterface {
    name = name;

    async up(runner: QueryRunner): Promise<void> {
      if (await runner.hasColumn(table, column().name)) return;
      await runner.addColumn(table, new TableColumn(column()));
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.dropColumn(table, column().name, true);
    }
  };
}
