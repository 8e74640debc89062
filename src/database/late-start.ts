/**
 * A transaction on a server begins with its first statement, in the same packet: by itself START TRANSACTION costs a round
 * trip, and where what is read is as of each statement (READ COMMITTED) nobody can tell that it came later.
 */
import type { PoolConnection } from 'mysql2';

type Done = (error: unknown, results?: unknown, fields?: unknown) => void;
type Send = (sql: unknown, ...rest: readonly unknown[]) => unknown;

const start = 'START TRANSACTION';
const ends = new Set<unknown>(['COMMIT', 'ROLLBACK']);

/** The connection has to take several statements in a packet. */
export function startLate(connection: PoolConnection): void {
  const send = connection.query.bind(connection) as Send;
  let isHeldBack = false;
  const query: Send = (sql, ...rest) => {
    const done = rest.at(-1);
    if (sql === start && isDone(done)) {
      isHeldBack = true;
      return process.nextTick(done, null, {});
    }
    if (!isHeldBack) return send(sql, ...rest);
    isHeldBack = false;
    if (typeof sql === 'string' && isDone(done)) {
      // A transaction without a statement never was.
      if (ends.has(sql)) return process.nextTick(done, null, {});
      return send(`${start};\n${sql}`, ...rest.slice(0, -1), withoutFirst(done));
    }
    send(start);
    return send(sql, ...rest);
  };
  connection.query = query as typeof connection.query;
}

const isDone = (value: unknown): value is Done => typeof value === 'function';

/** Hands on what the statements after the start came to, as if they had been sent alone. */
const withoutFirst =
  (done: Done): Done =>
  (error, results, fields) =>
    error ? done(error) : done(null, exceptFirst(results), exceptFirst(fields));

function exceptFirst(results: unknown): unknown {
  if (!Array.isArray(results)) return results;
  const others: readonly unknown[] = results.slice(1);
  return others.length === 1 ? others[0] : others;
}
