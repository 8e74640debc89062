/**
 * A private MariaDB server for one run of the tests or of the benchmark: its own folder, its own free port. It knows no
 * table.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';

const startSeconds = 60;

/**
 * Runs the server and ends it with its folder when standard input closes: at a stop, and also when the test run is broken
 * off or killed, so that no server is left behind.
 */
const keep = '"$@" & server=$!; cat; kill -9 $server; wait; rm -rf "$0"';

export interface MariaDb {
  /** Without a database: `mariadb://root@127.0.0.1:PORT`. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface MariaDbOptions {
  /** Commits reach the disk, as an installation wants it. Otherwise durability is traded for speed. */
  readonly durable: boolean;
}

/** Creates and starts a server, and resolves once it answers. */
export async function startMariaDb(options: MariaDbOptions = { durable: false }): Promise<MariaDb> {
  const folder = mkdtempSync(join(tmpdir(), 'baosong-mariadb-'));
  const user = userInfo().username;
  mkdirSync(join(folder, 'tmp'));
  install(folder, user);
  const port = await findFreePort();
  const args = [...serverOptions(folder, user, port), ...(options.durable ? durableOptions : hastyOptions)];
  const keeper = spawn('sh', ['-c', keep, folder, find('mariadbd'), ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not in the terminal's group, or Ctrl-C would end the keeper before it has cleaned up.
    detached: true,
  });
  const url = `mariadb://root@127.0.0.1:${port}`;
  const stop = () => stopServer(keeper);
  await answer(url, join(folder, 'error.log'), stop);
  return { url, stop };
}

/** The address of one database on the server. */
export const urlOf = (serverUrl: string, database: string): string => `${serverUrl}/${database}`;

/** Creates an empty database as the product's installation notes ask for, and returns its address. */
export async function createDatabase(
  serverUrl: string,
  name = `t_${randomUUID().replaceAll('-', '')}`,
): Promise<string> {
  await execute(serverUrl, `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return urlOf(serverUrl, name);
}

export async function dropDatabase(url: string): Promise<void> {
  const { protocol, host, username, pathname } = new URL(url);
  await execute(`${protocol}//${username}@${host}`, `DROP DATABASE IF EXISTS \`${pathname.slice(1)}\``);
}

/** One statement outside the product's own connections. */
export async function execute(url: string, sql: string): Promise<void> {
  const connection = await connect(url);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

const connect = (url: string): Promise<Connection> => createConnection(url.replace(/^mariadb:/, 'mysql:'));

function install(folder: string, user: string): void {
  const options = [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--user=${user}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    // Or it would change the owner of a plugin of the machine's own MariaDB.
    '--rpm',
  ];
  const { status, stderr, stdout } = spawnSync(find('mariadb-install-db'), options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mariadb-install-db failed (${status}):\n${stdout}\n${stderr}`);
}

function serverOptions(folder: string, user: string, port: number): readonly string[] {
  return [
    '--no-defaults',
    `--user=${user}`,
    `--datadir=${join(folder, 'data')}`,
    // A server that starts removes the temporary tables of every other one that shares its folder, which then crashes.
    `--tmpdir=${join(folder, 'tmp')}`,
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'error.log')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    '--max-connections=200',
    '--skip-performance-schema',
  ];
}

const durableOptions = [
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=512M',
  '--innodb-log-file-size=256M',
];

const hastyOptions = [
  '--innodb-flush-log-at-trx-commit=2',
  '--skip-innodb-doublewrite',
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=32M',
];

/** Debian keeps mariadbd in /usr/sbin, which is not on everyone's PATH. */
function find(program: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
  if (!found) throw new Error(`${program} is not installed; "npm test" installs it, or says how to`);
  return found;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function answer(url: string, errorLog: string, stop: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < startSeconds * 20; tries += 1) {
    const open = await execute(url, 'DO 0').then(
      () => true,
      () => false,
    );
    if (open) return;
    await wait(50);
  }
  const said = existsSync(errorLog) ? readFileSync(errorLog, 'utf8') : '';
  await stop();
  throw new Error(`mariadbd does not answer:\n${said}`);
}

async function stopServer(keeper: ChildProcessByStdio<Writable, null, null>): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const ended = once(keeper, 'exit');
  keeper.stdin.end();
  await ended;
}
