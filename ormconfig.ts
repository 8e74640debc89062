/** The one data source: MySQL (or MariaDB), or the embedded database; used by the app, the scripts and TypeORM's own CLI. */
import 'reflect-metadata';
import mysql from 'mysql2';
import { DataSource } from 'typeorm';
import { entities } from './entities';
import { tableClasses } from './entities/tables';
import { readConfig } from './src/config';
import { EmbeddedDriver } from './src/database/embedded-driver';
import { migrations } from './src/database/migrations';
import { foldEnds } from './src/database/transaction-ends';

type Class = new () => object;

/** @param extraTables table classes beyond the shipped ones. */
export function createDataSource(url: string, extraTables: readonly Class[] = []): DataSource {
  const common = { entities: [...entities, ...tableClasses, ...extraTables], migrations: [...migrations] };
  return new DataSource({ ...common, ...(url.startsWith('file:') ? embedded(url) : server(url)) });
}

function embedded(url: string) {
  const path = url.slice('file:'.length);
  return { type: 'better-sqlite3', driver: EmbeddedDriver, database: path, enableWAL: path !== ':memory:' } as const;
}

function server(url: string) {
  // `mariadb://` names what only matters for comparing schemas: MariaDB keeps json as text.
  const type: 'mariadb' | 'mysql' = url.startsWith('mariadb:') ? 'mariadb' : 'mysql';
  return {
    type,
    url: url.replace(/^mariadb:/, 'mysql:'),
    driver: { ...mysql, createPool: createCommittedReadPool },
    timezone: 'Z',
    charset: 'utf8mb4_bin',
    poolSize: 10,
    // Long stack traces cost a tenth of the CPU of a turn; a packet of several statements saves the round trips between.
    extra: { trace: false, multipleStatements: true },
  };
}

/**
 * Connections that read what is committed, as of each statement. Under MySQL's own REPEATABLE READ the locked search for a
 * row that is not there yet locks a gap, and two first messages of different chats would dead-lock. Told once to each
 * connection, for TypeORM's own setting would cost every transaction a statement.
 */
function createCommittedReadPool(options: mysql.PoolOptions): mysql.Pool {
  const pool = mysql.createPool(options);
  pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    // What does not fit is refused on every server, never cut or turned into 0.
    connection.query("SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')");
    foldEnds(connection);
    // TypeORM asks for the wrapper at every statement, and mysql2 looks its file up every time.
    const promised = connection.promise();
    connection.promise = () => promised;
  });
  return pool;
}

const config = readConfig(process.env);
export default createDataSource(config.ok ? config.config.databaseUrl : 'file:data/baosong.db');
