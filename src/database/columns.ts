/** Columns in the words that both databases understand, for migrations. */
import { Table, type TableColumnOptions, TableIndex } from 'typeorm';

type Options = Partial<TableColumnOptions>;

export const id = (): TableColumnOptions => ({
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
});
export const whole = (name: string, options: Options = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...options,
});
export const short = (name: string, length: number, options: Options = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...options,
});
export const long = (name: string, options: Options = {}): TableColumnOptions => ({ name, type: 'text', ...options });
export const json = (name: string, options: Options = {}): TableColumnOptions => ({ name, type: 'json', ...options });
export const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean', default: '0' });
export const instant = (name: string, options: Options = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...options,
});
export const optional: Options = { isNullable: true };
export const key: Options = { isPrimary: true };

/** A table with its indexes, `a,b`; a unique one is written `!a,b`, one with a name of its own `name:a,b`. */
export function tableOf(name: string, columns: readonly TableColumnOptions[], indexes: readonly string[] = []): Table {
  return new Table({
    name,
    columns: [...columns],
    indices: indexes.map((spec) => {
      const isUnique = spec.startsWith('!');
      const [columns = '', name] = spec.replace('!', '').split(':').reverse();
      return new TableIndex({ columnNames: columns.split(','), isUnique, name });
    }),
  });
}
