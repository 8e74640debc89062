/**
 * Statements written out, in words that MySQL and the embedded database share: for the path of a message, where putting a
 * statement together costs TypeORM more than carrying it out costs the database, and a round trip costs more than either.
 * Everything else reads better without.
 */
import type { Tx } from './database';

export type SqlValue = string | number | Date | null;

/** A statement to be carried out, with how its result is read. */
export interface Statement<Result> {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** Its rows are locked until the transaction ends. */
  readonly locks?: boolean;
  read(raw: unknown): Result;
}

/** The rows as the driver gives them: of the embedded database, instants are text, and so may JSON be of any. */
export const selecting = <Row>(sql: string, values: readonly SqlValue[]): Statement<readonly Row[]> => ({
  sql,
  values,
  read: (raw) => raw as readonly Row[],
});

export const locking = <Row>(sql: string, values: readonly SqlValue[]): Statement<readonly Row[]> => ({
  ...selecting<Row>(sql, values),
  locks: true,
});

export const writing = (sql: string, values: readonly SqlValue[]): Statement<undefined> => ({
  sql,
  values,
  read: () => undefined,
});

type Row = Readonly<Record<string, SqlValue>>;

/** Inserts one row; its id is the result. */
export const inserting = (table: string, row: Row): Statement<number> => ({
  ...insertion(table, row),
  read: (raw) => (isHeader(raw) ? raw.insertId : Number(raw)),
});

function insertion(table: string, row: Row) {
  const columns = Object.keys(row);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  return { sql, values: columns.map((column) => row[column] ?? null) };
}

const isHeader = (raw: unknown): raw is { insertId: number } =>
  typeof raw === 'object' && raw !== null && 'insertId' in raw;

/** The same statement, with its result read further. */
export const reading = <From, To>(statement: Statement<From>, read: (result: From) => To): Statement<To> => ({
  ...statement,
  read: (raw) => read(statement.read(raw)),
});

export async function run<Result>(tx: Tx, statement: Statement<Result>): Promise<Result> {
  return statement.read(await tx.query(textFor(tx, statement), statement.values.map(storedOf)));
}

/**
 * Carries statements out in their order. A server gets them in one packet, and carries out none after one that fails; so
 * whoever catches a failure does not know of the others.
 */
export async function runTogether<const Results extends readonly unknown[]>(
  tx: Tx,
  statements: { readonly [Index in keyof Results]: Statement<Results[Index]> },
): Promise<Results> {
  const all: readonly Statement<unknown>[] = statements;
  const results: unknown[] = [];
  if (isEmbedded(tx) || all.length < 2) for (const each of all) results.push(await run(tx, each));
  else results.push(...(await runInOnePacket(tx, all)));
  return results as unknown as Results;
}

/**
 * Carries out the last statements of a transaction. A server gets its COMMIT in their packet, where it costs no round trip;
 * after that nothing can be carried out any more.
 */
export async function runLast<const Results extends readonly unknown[]>(
  tx: Tx,
  statements: { readonly [Index in keyof Results]: Statement<Results[Index]> },
): Promise<Results> {
  if (isEmbedded(tx) || statements.length === 0) return runTogether(tx, statements);
  const all: readonly Statement<unknown>[] = [...statements, writing('COMMIT', [])];
  const results = await runInOnePacket(tx, all);
  return results.slice(0, -1) as unknown as Results;
}

async function runInOnePacket(tx: Tx, statements: readonly Statement<unknown>[]): Promise<readonly unknown[]> {
  const sql = statements.map((each) => textFor(tx, each)).join(';\n');
  const raw = await tx.query<unknown[]>(sql, statements.flatMap((each) => each.values).map(storedOf));
  return statements.map((each, index) => each.read(raw[index]));
}

/** The embedded database has one writer anyway, and no row locks. */
const textFor = (tx: Tx, { sql, locks }: Statement<unknown>): string =>
  locks && !isEmbedded(tx) ? `${sql} FOR UPDATE` : sql;

/** A JSON column as it was written: MySQL hands it back parsed, MariaDB and the embedded database as text. */
export function jsonOf(stored: unknown): unknown {
  return typeof stored === 'string' ? JSON.parse(stored) : stored;
}

const isEmbedded = (tx: Tx): boolean => tx.connection.options.type === 'better-sqlite3';

/** Instants as both databases keep them, in UTC: `2026-07-01 01:00:00.889`. */
function storedOf(value: SqlValue): string | number | null {
  return value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, -1) : value;
}
