/**
 * libsql in the place of better-sqlite3, whose interface it offers but for one thing: a lone `null` parameter is taken for
 * an object of named parameters ("failed to downcast any to object"). Handed over as a list it is a parameter again.
 */
import Libsql from 'libsql';

type Parameters = readonly unknown[];
type Call = (...parameters: Parameters) => unknown;

const calls = ['run', 'all', 'get'] as const;

/** To be constructed like better-sqlite3's `Database`. */
export function EmbeddedDriver(path: string, options: Libsql.Options): Libsql.Database {
  const database = new Libsql(path, options);
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => {
    const statement = prepare(sql);
    for (const name of calls) {
      const call = (statement[name] as Call).bind(statement);
      Object.assign(statement, { [name]: (...given: Parameters) => call(...(isLoneNull(given) ? [given] : given)) });
    }
    return statement;
  }) as typeof database.prepare;
  return database;
}

const isLoneNull = (parameters: Parameters): boolean => parameters.length === 1 && parameters[0] === null;
