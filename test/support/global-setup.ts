/**
 * Before the first test: one private MariaDB for the whole run and the databases that tests copy, their addresses handed to
 * the workers in the environment.
 */
import { type MariaDb, serverVariable, startMariaDb } from './mariadb';
import { makeTemplates, type Templates, templateVariable } from './templates';

declare global {
  /** Jest's setup and teardown share a process but no module. */
  var baosongTestServer: MariaDb | undefined;
  var baosongTemplates: Templates | undefined;
}

async function setup(): Promise<void> {
  const server = await startMariaDb();
  process.env[serverVariable] = server.url;
  globalThis.baosongTestServer = server;
  const templates = await makeTemplates(server.url);
  process.env[templateVariable] = templates.folder;
  globalThis.baosongTemplates = templates;
}

export = setup;
