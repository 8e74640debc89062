/**
 * A transaction on a server begins with its first statement and may end with its last, in the same packets: by themselves
 * START TRANSACTION and COMMIT cost a round trip each. Where what is read is as of each statement (READ COMMITTED), nobody
 * can tell that a transaction began later.
 */
import type { PoolConnection } from 'mysql2';

type Done = (error: unknown, results?: unknown, fields?: unknown) => void;
type Send = (sql: unknown, ...rest: readonly unknown[]) => unknown;

const start = 'START TRANSACTION';
const ends = new Set<string>(['COMMIT', 'ROLLBACK']);
/** A packet with this end commits the transaction once all before it went well. */
const committing = ';\nCOMMIT';

/** The connection has to take several statements in a packet. */
export function foldEnds(connection: PoolConnection): void {
  const send = connection.query.bind(connection) as Send;
  /** `due`: the start is held back. `over`: the last packet has committed, and whoever asked for the start does not know. */
  let state: 'plain' | 'due' | 'over' = 'plain';
  const query: Send = (sql, ...rest) => {
    const done = rest.at(-1);
    const isDue = state === 'due';
    if (typeof sql !== 'string' || !isDone(done)) {
      state = 'plain';
      if (isDue) send(start);
      return send(sql, ...rest);
    }
    if (sql === start) {
      state = 'due';
      return process.nextTick(done, null, {});
    }
    // A transaction without a statement never was, and one that is over has nothing left to end.
    if (ends.has(sql) && state !== 'plain') {
      state = 'plain';
      return process.nextTick(done, null, {});
    }
    if (state === 'over') return process.nextTick(done, new Error('the transaction is over'));
    state = 'plain';
    const told: Done = (error, results, fields) => {
      if (!error && sql.endsWith(committing)) state = 'over';
      done(error, results, fields);
    };
    const values = rest.slice(0, -1);
    return isDue ? send(`${start};\n${sql}`, ...values, withoutFirst(told)) : send(sql, ...values, told);
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
