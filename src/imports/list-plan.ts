/** What a list's sheet would do to the unit's list: entries that stay, change or come, and what the sheet does not mention. */
import type { Entry } from '../filing/lists';
import type { ReadRow } from '../sheets/official';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { matchRows } from './match';
import { completeRow, type RowReading, readCells, type Wrong } from './rows';
import { areSame, isSame } from './same';

export interface Difference {
  readonly field: FieldDefinition;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ChangedEntry {
  readonly row: ReadRow;
  readonly entry: Entry;
  /** 序号 of the entry in the list. */
  readonly ordinal: number;
  readonly values: Values;
  readonly differences: readonly Difference[];
}

export interface AddedEntry {
  readonly row: ReadRow;
  readonly values: Values;
}

export interface ListPlan {
  readonly list: TableDefinition;
  readonly same: number;
  readonly changed: readonly ChangedEntry[];
  readonly added: readonly AddedEntry[];
  readonly wrong: readonly Wrong[];
  /** Entries of the list that no row speaks of, by 序号; they stay. */
  readonly unmentioned: readonly { readonly ordinal: number; readonly entry: Entry }[];
}

interface Judged extends RowReading {
  readonly entry: Entry | null;
}

export function planList(list: TableDefinition, rows: readonly ReadRow[], entries: readonly Entry[]): ListPlan {
  const readings = rows.map((row) => readCells(list, row));
  const matches = matchRows(list, readings, entries);
  const judged = readings.map((reading, at): Judged => {
    const entry = matches[at] ?? null;
    return { ...completeRow(list, reading, entry), entry };
  });
  const [sound, wrong] = [judged.filter((each) => each.wrong.length === 0), judged.flatMap((each) => each.wrong)];
  const twins = findTwins(list, sound);
  const fresh = sound.filter((each) => !each.entry && !twins.has(each));
  const moved = sound.flatMap((each) => (each.entry ? [changeOf(list, each, each.entry, entries)] : []));
  const changed = moved.filter(({ differences }) => differences.length > 0);
  return {
    list,
    same: moved.length - changed.length,
    changed,
    added: fresh.map(({ row, values }) => ({ row, values })),
    wrong: [...wrong, ...[...twins].map(([twin, first]) => twinWrong(twin, first))],
    unmentioned: entries.flatMap((entry, at) => (matches.includes(entry) ? [] : [{ ordinal: at + 1, entry }])),
  };
}

function changeOf(list: TableDefinition, judged: Judged, entry: Entry, entries: readonly Entry[]): ChangedEntry {
  const { row, values } = judged;
  const differences = list.fields.flatMap((field): readonly Difference[] => {
    const [before, after] = [entry.values[field.key], values[field.key]];
    return isSame(field, before, after) ? [] : [{ field, before, after }];
  });
  return { row, entry, ordinal: entries.indexOf(entry) + 1, values, differences };
}

/** New rows that name the same licence as a row before them. */
function findTwins(list: TableDefinition, rows: readonly Judged[]): ReadonlyMap<Judged, Judged> {
  const keys = list.fields.filter((field) => field.required && (field.kind === 'text' || field.kind === 'patents'));
  const twins = new Map<Judged, Judged>();
  for (const [at, row] of rows.entries()) {
    const first = rows.slice(0, at).find((other) => keys.length > 0 && areSame(keys, other.values, row.values));
    if (first && !row.entry) twins.set(row, first);
  }
  return twins;
}

function twinWrong({ row }: Judged, first: Judged): Wrong {
  const cell = Object.values(row.cells)[0] ?? null;
  return { row, cell, reason: `与第${first.row.number}行重复`, field: null };
}
