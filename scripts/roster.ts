/** `npm run roster -- import FILE [--yes] | export FILE.csv | list`: who reports for which unit, and by which account. */
import { parseRosterCommand, rosterHelp, runRosterCommand } from '../src/roster/roster-command';
import { runScript } from './shell';

void runScript(parseRosterCommand(process.argv.slice(2)), rosterHelp, runRosterCommand);
