/** 更正: how a report would look with what is to be corrected, from the version and the list rows that it counted. Pure but for loading. */

import type { CorrectedThing } from '../../entities/filing-correction';
import { FilingEntry } from '../../entities/filing-entry';
import type { Tx } from '../database/database';
import { complaintsOf, deriveValues } from '../table/check';
import type { TableDefinition, Values } from '../table/definition';
import { type Entry, loadRows } from './lists';

/** A version with the rows that it counted, in the order of the sheet. */
export interface Counted {
  readonly values: Values;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}

export async function loadEntriesOf(
  tx: Tx,
  lists: readonly TableDefinition[],
  versionId: number,
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const links = await tx.find(FilingEntry, { where: { versionId }, order: { ordinal: 'ASC' } });
  const entries = new Map<string, readonly Entry[]>();
  for (const list of lists) {
    const rowIds = links.filter(({ tableName }) => tableName === list.name).map(({ rowId }) => rowId);
    const rows = await loadRows(tx, list, rowIds);
    entries.set(
      list.name,
      rowIds.flatMap((rowId) => rows.filter((row) => row.rowId === rowId)),
    );
  }
  return entries;
}

export function correct(definition: TableDefinition, before: Counted, things: readonly CorrectedThing[]): Counted {
  const entries = new Map(
    [...before.entries].map(([name, rows]) => [name, rows.map((row) => correctEntry(name, row, things))]),
  );
  const figures = things.flatMap((thing) => (thing.kind === 'figure' ? [[thing.field, thing.after] as const] : []));
  const derived = deriveValues(definition, (list) => (entries.get(list) ?? []).map(({ values }) => values));
  return { values: { ...before.values, ...Object.fromEntries(figures), ...derived }, entries };
}

function correctEntry(list: string, row: Entry, things: readonly CorrectedThing[]): Entry {
  const thing = things.findLast((each) => each.kind === 'entry' && each.list === list && each.rowId === row.rowId);
  return thing?.kind === 'entry' ? { ...row, values: thing.after } : row;
}

/** The rules that it would break, in words; a reason mends none of them. */
export function faultsOf(
  definition: TableDefinition,
  lists: readonly TableDefinition[],
  counted: Counted,
): readonly string[] {
  const rowsOf = (list: string) => (counted.entries.get(list) ?? []).map(({ values }) => values);
  const ofFigures = complaintsOf(definition, { values: counted.values, last: null, rowsOf })
    .filter(({ level }) => level === 'hard')
    .map(({ text }) => text);
  const ofEntries = lists.flatMap((list) =>
    rowsOf(list.name).flatMap((values) =>
      list.rules.flatMap((rule) =>
        rule.level === 'hard' ? (rule.check({ values, last: null, rowsOf: () => [] }) ?? []) : [],
      ),
    ),
  );
  return [...ofFigures, ...ofEntries];
}
