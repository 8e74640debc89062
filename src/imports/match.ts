/**
 * Which entry of a list a row of a file speaks of. The surest sign first: all that names the entry. Then its numbers with one of
 * its names, then its names alone, each only at its place or in a file that holds most of the list: an open licence is one
 * patent for many firms, so that the same number for another firm is most likely a new licence. A row that fits none is new.
 */
import type { Entry } from '../filing/lists';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { areSame } from './same';

/** What is compared of a row; `serial` is what stands under 序号. */
export interface Row {
  readonly serial: number | null;
  readonly values: Values;
}

type Sign = (row: Row, entry: Entry, ordinal: number) => boolean;

/** For each row its entry or null, no entry twice. */
export function matchRows(
  list: TableDefinition,
  rows: readonly Row[],
  entries: readonly Entry[],
): readonly (Entry | null)[] {
  const matched = new Map<Row, Entry>();
  const assign = (sign: Sign): void => {
    for (const row of rows) {
      if (matched.has(row)) continue;
      const free = entries.filter((entry) => ![...matched.values()].includes(entry));
      const fitting = free.filter((entry) => sign(row, entry, entries.indexOf(entry) + 1));
      const entry = fitting.find((each) => entries.indexOf(each) + 1 === row.serial) ?? fitting[0];
      if (entry) matched.set(row, entry);
    }
  };
  const { whole, numbered, named } = signsOf(list);
  assign(whole);
  const isFullList = matched.size * 2 >= entries.length && entries.length > 0;
  assign(numbered(isFullList));
  assign(named(isFullList));
  return rows.map((row) => matched.get(row) ?? null);
}

function signsOf(list: TableDefinition) {
  const required = list.fields.filter((field) => field.required && field.derived === null);
  const names = required.filter((field) => field.kind === 'text');
  const numbers = required.filter((field) => field.kind === 'patents');
  const agree = (fields: readonly FieldDefinition[], row: Row, entry: Entry): boolean =>
    fields.length > 0 && areSame(fields, row.values, entry.values);
  const whole: Sign = (row, entry) => agree([...names, ...numbers], row, entry);
  const placed = (row: Row, ordinal: number, isFullList: boolean) => isFullList || row.serial === ordinal;
  const numbered =
    (isFullList: boolean): Sign =>
    (row, entry, ordinal) =>
      placed(row, ordinal, isFullList) && agree(numbers, row, entry) && names.some((name) => agree([name], row, entry));
  const named =
    (isFullList: boolean): Sign =>
    (row, entry, ordinal) =>
      placed(row, ordinal, isFullList) && agree(names, row, entry);
  return { whole, numbered, named };
}
