/** Rows that nobody else may change until the transaction ends, for TypeORM's `find`. */
import type { Tx } from './database';

/** The embedded database has one writer anyway, and no row locks. */
export const rowLock = (tx: Tx): { readonly lock?: { readonly mode: 'pessimistic_write' } } =>
  tx.connection.options.type === 'better-sqlite3' ? {} : { lock: { mode: 'pessimistic_write' } };
