/** An installation with the notice's units and an operator at its terminal, for the tests of what operators run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../src/clock';
import { Database } from '../../src/database/database';
import { seedUnits } from '../../src/database/seed-units';
import type { Desk, Exit } from '../../src/roster/desk';
import { parseRosterCommand, runRosterCommand } from '../../src/roster/roster-command';
import { fingerprint, loadRoster, type RosterState } from '../../src/roster/store';
import type { TestDatabase } from '../support/databases';
import { header } from './people';

export const firstDay = new Date('2026-04-20T01:00:00.000Z');

/** What the operator typed at each question; nobody sits there when it is null. */
type Answers = boolean[] | null;

export interface Office extends Desk {
  readonly clock: FixedClock;
  readonly folder: string;
  /** The lines printed since it was last asked. */
  printed(): string;
  /** Runs `npm run roster -- …` without the terminal: the words as typed. */
  roster(...words: string[]): Promise<Exit>;
  /** Writes a roster file of these lines and imports it with --yes. */
  importLines(...lines: string[][]): Promise<Exit>;
  writeCsv(name: string, ...lines: string[][]): string;
  state(): Promise<RosterState>;
  fingerprint(): Promise<string>;
  close(): Promise<void>;
}

export async function openOffice({ open }: TestDatabase, answers: Answers = null): Promise<Office> {
  const opened = await open();
  const folder = mkdtempSync(join(tmpdir(), 'baosong-roster-'));
  const database = new Database(opened.dataSource);
  await seedUnits(database);
  const clock = new FixedClock(firstDay);
  const printed: string[] = [];
  const desk: Desk = {
    database,
    clock,
    print: (text) => void printed.push(text),
    confirm: answers && (async () => answers.shift() ?? false),
  };
  const state = () => database.read((tx) => loadRoster(tx, clock.now()));
  const writeCsv = (name: string, ...lines: string[][]): string => {
    const path = join(folder, name);
    writeFileSync(path, [header, ...lines].map((cells) => cells.join(',')).join('\n'));
    return path;
  };
  const roster = async (...words: string[]): Promise<Exit> => {
    const command = parseRosterCommand(words);
    if (!command) throw new Error(`no command: ${words.join(' ')}`);
    return runRosterCommand(command, desk);
  };
  return {
    ...desk,
    clock,
    folder,
    printed: () => printed.splice(0).join('\n'),
    roster,
    importLines: (...lines) => roster('import', writeCsv('roster.csv', ...lines), '--yes'),
    writeCsv,
    state,
    fingerprint: async () => fingerprint(await state()),
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
