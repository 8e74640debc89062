/** What the operator's scripts share: settings, the database as the service would open it, and the terminal. */
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tables } from '../entities/tables';
import { createDataSource } from '../ormconfig';
import { systemClock } from '../src/clock';
import { type Config, readConfig } from '../src/config';
import { Database } from '../src/database/database';
import { migrate } from '../src/database/migrate';
import { seedUnits } from '../src/database/seed-units';
import { type Desk, type Exit, exits } from '../src/roster/desk';

/** One command line from its arguments to the exit code; a command that is null gets the help. */
export async function runScript<Command>(
  command: Command | null,
  help: string,
  run: (command: Command, desk: Desk, config: Config) => Promise<Exit>,
): Promise<void> {
  if (command === null) {
    console.log(help);
    process.exitCode = process.argv.includes('--help') ? exits.done : exits.refused;
    return;
  }
  const config = settings();
  if (!config) {
    process.exitCode = exits.refused;
    return;
  }
  try {
    process.exitCode = await atDesk(config, (desk) => run(command, desk, config));
  } catch (error) {
    // The stack alone: a failed query carries its parameters, and those are people's data.
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode = exits.refused;
  }
}

function settings(): Config | null {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const result = readConfig(process.env);
  if (result.ok) return result.config;
  for (const mistake of result.mistakes) console.error(mistake);
  return null;
}

async function atDesk(config: Config, work: (desk: Desk) => Promise<Exit>): Promise<Exit> {
  const dataSource = createDataSource(config.databaseUrl);
  try {
    await dataSource.initialize();
  } catch (error) {
    // The code alone: messages of the drivers repeat the account.
    console.error(`数据库连接不上（${(error as NodeJS.ErrnoException).code ?? '原因不明'}），请检查 DATABASE_URL。`);
    return exits.refused;
  }
  try {
    const database = new Database(dataSource);
    if (await dataSource.showMigrations()) await migrate(dataSource, tables);
    await seedUnits(database);
    return await work({ database, clock: systemClock, print: (text) => console.log(text), confirm: terminal() });
  } finally {
    await dataSource.destroy();
  }
}

function terminal(): Desk['confirm'] {
  return process.stdin.isTTY && process.stdout.isTTY ? ask : null;
}

/** Everything but a clear yes is a no, Ctrl-C and Ctrl-D too. */
function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(false));
    lines.question(`${question}（是/否）`, (answer) => {
      resolve(/^(是|是的|y|yes)$/i.test(answer.trim()));
      lines.close();
    });
  });
}
