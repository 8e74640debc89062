/** Before the first test: one private MariaDB for the whole run, its address handed to the workers in the environment. */
import { type MariaDb, serverVariable, startMariaDb } from './mariadb';

declare global {
  /** Jest's setup and teardown share a process but no module. */
  var baosongTestServer: MariaDb | undefined;
}

async function setup(): Promise<void> {
  const server = await startMariaDb();
  process.env[serverVariable] = server.url;
  globalThis.baosongTestServer = server;
}

export = setup;
