/**
 * `npm run bench [-- --seconds N] [--units N]`: how many turns of conversation the product takes in a second, from the
 * sealed callback over the committed rows to the sealed reply, beside a floor that does the least that can be done. Needs
 * MariaDB, of which it starts a private server.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { type Measured, playScene, type SceneOrder } from './bench/scene';
import { showRatios, showTable } from './bench/table';
import { startMariaDb } from './mariadb';

/** The counties of the country, and the units of one city. */
const country = 2844;
const city = 17;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, units: { type: 'string' } } });
  const seconds = Number(values.seconds ?? 5);
  const units = Number(values.units ?? country);
  if (!(seconds > 0) || !(Number.isInteger(units) && units > 0)) {
    console.error('npm run bench [-- --seconds N] [--units N]');
    process.exitCode = 1;
    return;
  }
  const rows = await measure(units, seconds);
  console.log(`${showTable(rows)}\n\n${showRatios(rows)}`);
}

async function measure(units: number, seconds: number): Promise<readonly Measured[]> {
  const mariaDb = await startMariaDb({ durable: true });
  const stub = await startApiStub();
  try {
    // As an installation is told to write it.
    const serverUrl = mariaDb.url.replace(/^mariadb:/, 'mysql:');
    const about = { seconds, serverUrl, apiUrl: stub.url };
    const rows: Measured[] = [];
    for (const scene of scenesOf(units)) rows.push(...(await playScene({ ...about, ...scene })));
    return rows;
  } finally {
    stub.close();
    await mariaDb.stop();
  }
}

/** A person has one turn at a time, so a city cannot have more turns in flight than it has people. */
function scenesOf(units: number): readonly Pick<SceneOrder, 'server' | 'units' | 'inFlight'>[] {
  const possible = (levels: readonly number[], people: number) => levels.filter((level) => level <= people);
  const levels = possible([1, 16, 32, 256], units);
  return [
    { server: 'floor', units, inFlight: levels },
    { server: 'product', units, inFlight: levels },
    { server: 'product', units: city, inFlight: possible([1, 16], city) },
  ];
}

/** Stands for the WeCom API, which nobody calls while every reply leaves in its response. */
async function startApiStub(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: 'bench', expires_in: 7200, msgid: '1' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
