/**
 * Statements written out, in words that MySQL and the embedded database share: for the path of a message, where putting a
 * statement together costs TypeORM more than carrying it out costs the database. Everything else reads better without.
 */
import type { Tx } from './database';

export type SqlValue = string | number | Date | null;

/** The rows as the driver gives them: of the embedded database, instants are text, and so may JSON be of any. */
export function selectRows<Row>(tx: Tx, sql: string, values: readonly SqlValue[]): Promise<readonly Row[]> {
  return tx.query<Row[]>(sql, values.map(storedOf));
}

/** The embedded database has one writer anyway, and no row locks. */
export function lockRows<Row>(tx: Tx, sql: string, values: readonly SqlValue[]): Promise<readonly Row[]> {
  return selectRows(tx, isEmbedded(tx) ? sql : `${sql} FOR UPDATE`, values);
}

export async function runStatement(tx: Tx, sql: string, values: readonly SqlValue[]): Promise<void> {
  await tx.query(sql, values.map(storedOf));
}

/** Inserts one row and returns its id. */
export async function insertRow(tx: Tx, table: string, row: Readonly<Record<string, SqlValue>>): Promise<number> {
  const columns = Object.keys(row);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  const raw = await tx.query<number | { insertId: number }>(sql, Object.values(row).map(storedOf));
  return typeof raw === 'object' ? raw.insertId : Number(raw);
}

/** A JSON column as it was written: MySQL hands it back parsed, MariaDB and the embedded database as text. */
export function jsonOf(stored: unknown): unknown {
  return typeof stored === 'string' ? JSON.parse(stored) : stored;
}

const isEmbedded = (tx: Tx): boolean => tx.connection.options.type === 'better-sqlite3';

/** Instants as both databases keep them, in UTC: `2026-07-01 01:00:00.889`. */
function storedOf(value: SqlValue): string | number | null {
  return value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, -1) : value;
}
