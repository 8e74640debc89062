/** A migration that drops one column of a table; it can be run again, since two copies of the bot may start at once. */
import { type MigrationInterface, type QueryRunner, TableColumn, type TableColumnOptions } from 'typeorm';
import type { MigrationClass } from './create-table';

/** @param name ends in the migration's 13-digit timestamp. @param column as it was, for the way back. */
export function dropColumn(name: string, table: string, column: () => TableColumnOptions): MigrationClass {
  return class implements MigrationInterface {
    name = name;

    async up(runner: QueryRunner): Promise<void> {
      if (await runner.hasColumn(table, column().name)) await runner.dropColumn(table, column().name);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.addColumn(table, new TableColumn(column()));
    }
  };
}
