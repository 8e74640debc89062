/** The growing lists of a unit (附件2): every change closes the old state of an entry and writes a new one. */
import { In, IsNull } from 'typeorm';
import type { Tx } from '../database/database';
import { reading, type Statement, selecting } from '../database/sql';
import type { TableDefinition, Values } from '../table/definition';
import { rowOfValues, valuesOfRow } from './rows';

/** A list entry in force; `rowId` names this very state of it. */
export interface Entry {
  readonly rowId: number;
  readonly entryId: number;
  readonly values: Values;
}

export interface Change {
  readonly unitId: number;
  readonly authorId: number;
  readonly now: Date;
}

interface StoredRow {
  readonly id: number;
  readonly entryId: number | null;
}

const entryOf = (definition: TableDefinition, row: StoredRow): Entry => ({
  rowId: row.id,
  entryId: row.entryId ?? row.id,
  values: valuesOfRow(definition, row as unknown as Record<string, unknown>),
});

/** The entries in force, in the order in which they were first added: the official 序号. */
export function loadingEntries(tx: Tx, list: TableDefinition, unitId: number): Statement<readonly Entry[]> {
  const columns = ['id', 'entryId', ...list.fields.map((field) => field.key)].join(', ');
  const { tableName } = tx.connection.getMetadata(list.entity);
  const sql = `SELECT ${columns} FROM ${tableName} WHERE unitId = ? AND closedAt IS NULL`;
  return reading(selecting<StoredRow>(sql, [unitId]), (rows) =>
    rows.map((row) => entryOf(list, row)).sort((a, b) => a.entryId - b.entryId),
  );
}

/** The very rows that a version counted, by their ids. */
export async function loadRows(tx: Tx, list: TableDefinition, rowIds: readonly number[]): Promise<readonly Entry[]> {
  if (rowIds.length === 0) return [];
  const rows = (await tx.find(list.entity, { where: { id: In([...rowIds]) } as object })) as StoredRow[];
  return rows.map((row) => entryOf(list, row)).sort((a, b) => a.entryId - b.entryId);
}

export async function addEntry(tx: Tx, list: TableDefinition, values: Values, change: Change): Promise<void> {
  await insertState(tx, list, values, change, { entryId: null, isClosed: false });
}

/** False when the entry is no longer there. */
export async function changeEntry(
  tx: Tx,
  list: TableDefinition,
  entry: { entryId: number; values: Values },
  change: Change,
): Promise<boolean> {
  if (!(await closeEntry(tx, list, entry.entryId, change))) return false;
  await insertState(tx, list, entry.values, change, { entryId: entry.entryId, isClosed: false });
  return true;
}

/** Ends an entry; false when someone else already did. */
export async function closeEntry(tx: Tx, list: TableDefinition, entryId: number, change: Change): Promise<boolean> {
  const inForce = { unitId: change.unitId, closedAt: IsNull() };
  const result = await tx
    .createQueryBuilder()
    .update(list.entity)
    .set(closedBy(change))
    .where([
      { ...inForce, entryId },
      { ...inForce, entryId: IsNull(), id: entryId },
    ])
    .execute();
  return (result.affected ?? 0) > 0;
}

/**
 * Another state of the entry of which `row` is one, for a version of a past month. Where that row is still in force, the new
 * state takes its place: the list tells of the same licence, and would bring the error back next month. Otherwise the
 * list has moved on, and the new state is closed from the start.
 */
export async function correctRow(
  tx: Tx,
  list: TableDefinition,
  row: Entry,
  change: Change,
): Promise<{ readonly rowId: number; readonly isInForce: boolean }> {
  const { affected } = await tx.update(list.entity, { id: row.rowId, closedAt: IsNull() } as object, {
    ...closedBy(change),
  });
  const isInForce = affected === 1;
  const rowId = await insertState(tx, list, row.values, change, { entryId: row.entryId, isClosed: !isInForce });
  return { rowId, isInForce };
}

const closedBy = ({ now, authorId }: Change): object => ({ closedAt: now, closedById: authorId });

async function insertState(
  tx: Tx,
  list: TableDefinition,
  values: Values,
  change: Change,
  { entryId, isClosed }: { readonly entryId: number | null; readonly isClosed: boolean },
): Promise<number> {
  const { unitId, authorId, now } = change;
  const closed = isClosed ? closedBy(change) : { closedAt: null, closedById: null };
  const row = { ...rowOfValues(list, values), unitId, authorId, entryId, createdAt: now, ...closed };
  const { identifiers } = await tx.insert(list.entity, row);
  return Number(identifiers[0]?.['id']);
}
