/** One server and one load on a fresh database: warmed up, measured at each number of turns in flight, and checked. */
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { createDatabase, dropDatabase } from '../mariadb';
import type { LoadOrder, LoadResult } from './load';
import { startProcess } from './orders';
import { benchNow, seed } from './seed';
import type { ServerOrder, ServerResult } from './servers';

export interface SceneOrder {
  readonly server: 'floor' | 'product';
  readonly units: number;
  readonly inFlight: readonly number[];
  readonly seconds: number;
  readonly serverUrl: string;
  readonly apiUrl: string;
}

/** As many times as long as a measurement. */
const warmUp = 2;

export interface Measured {
  readonly server: SceneOrder['server'];
  readonly units: number;
  readonly inFlight: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Statements that the database was asked for, in one turn. */
  readonly statements: number;
  /** Processor time of the server's process in one turn. */
  readonly cpuMs: number;
}

/** Throws when a turn was not answered, or when the rows do not tell what was said. */
export async function playScene(order: SceneOrder): Promise<readonly Measured[]> {
  const databaseUrl = await createDatabase(order.serverUrl);
  await seed(databaseUrl, order.units);
  const database = await createConnection(databaseUrl);
  const server = startProcess<ServerOrder, ServerResult>(order.server);
  const load = startProcess<LoadOrder, LoadResult>('load');
  try {
    const about = { databaseUrl, apiUrl: order.apiUrl, now: benchNow.toISOString() };
    const { port } = await server.run({ kind: 'start', ...about });
    const drive = (inFlight: number, seconds: number): Promise<LoadResult> =>
      load.run({ port, people: order.units, inFlight, seconds, createTime: benchNow.getTime() / 1000 });
    const probe = async (): Promise<Probe> => ({
      cpuMs: (await server.run({ kind: 'usage', ...about })).cpuMs,
      statements: await countStatements(database),
    });
    // The engine compiles the path of a message over its first thousands of turns; a service is past that.
    const results = [await drive(32, order.seconds * warmUp)];
    const measured: Measured[] = [];
    for (const inFlight of order.inFlight) {
      const before = await probe();
      const result = await drive(inFlight, order.seconds);
      measured.push(measuredOf(order, inFlight, result, difference(before, await probe())));
      results.push(result);
    }
    await check(database, order, results);
    return measured;
  } finally {
    await Promise.all([load.stop(), server.stop()]);
    await database.end();
    await dropDatabase(databaseUrl);
  }
}

interface Probe {
  readonly cpuMs: number;
  readonly statements: number;
}

const difference = (before: Probe, after: Probe): Probe => ({
  cpuMs: after.cpuMs - before.cpuMs,
  statements: after.statements - before.statements,
});

function measuredOf({ server, units }: SceneOrder, inFlight: number, result: LoadResult, used: Probe): Measured {
  const { turns, seconds, p50Ms, p99Ms } = result;
  const each = { statements: used.statements / turns, cpuMs: used.cpuMs / turns };
  return { server, units, inFlight, perSecond: turns / seconds, p50Ms, p99Ms, ...each };
}

async function countStatements(database: Connection): Promise<number> {
  const [rows] = await database.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(rows[0]?.['Value']);
}

async function check(database: Connection, { server }: SceneOrder, results: readonly LoadResult[]): Promise<void> {
  const total = (pick: (result: LoadResult) => number) => results.reduce((sum, result) => sum + pick(result), 0);
  const failed = total((result) => result.failed);
  if (failed > 0) throw new Error(`${server}: ${failed} turns were not answered`);
  const turns = total((result) => result.turns);
  const answers = total((result) => result.answers);
  const expected = {
    inbound_message: turns,
    ...(server === 'product' && { outbox_message: turns, draft_answer: answers }),
  };
  for (const [table, rows] of Object.entries(expected)) {
    const [counted] = await database.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    const found = Number(counted[0]?.['n']);
    if (found !== rows) throw new Error(`${server}: ${table} has ${found} rows after ${turns} turns, not ${rows}`);
  }
}
