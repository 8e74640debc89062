/** `npm run roster -- …`: from its arguments to what it does. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { rosterColumns, rosterRoles } from './columns';
import { type Desk, type Exit, exits } from './desk';
import { importRoster } from './import';
import { describeRoster, rosterCsv } from './listing';
import { loadRoster } from './store';

export type RosterCommand =
  | { readonly kind: 'import'; readonly path: string; readonly agreed: boolean }
  | { readonly kind: 'export'; readonly path: string }
  | { readonly kind: 'list' };

export const rosterHelp = `用法：
  npm run roster -- import 文件 [--yes]   导入名册：先列出改动，确认后写入；--yes 不再询问
  npm run roster -- export 文件.csv       导出名册，可用Excel打开，改好后可再导入
  npm run roster -- list                  列出名册

文件为 .xlsx 或 UTF-8 的 .csv，首行为表头：
  ${Object.values(rosterColumns).join(',')}
角色：${Object.keys(rosterRoles).join('、')}。空格子表示保持原样，文件中没有的人不会停用。`;

/** Null when the arguments are not those of any command. */
export function parseRosterCommand(args: readonly string[]): RosterCommand | null {
  const given = parse(args);
  if (!given) return null;
  const [kind, path, ...rest] = given.words;
  if (rest.length > 0 || (given.yes && kind !== 'import')) return null;
  if (kind === 'list') return path === undefined ? { kind } : null;
  if (path === undefined) return null;
  if (kind === 'import') return { kind, path, agreed: given.yes };
  return kind === 'export' && /\.csv$/i.test(path) ? { kind, path } : null;
}

function parse(args: readonly string[]): { readonly words: readonly string[]; readonly yes: boolean } | null {
  try {
    const options = { yes: { type: 'boolean', default: false } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { words: positionals, yes: values.yes };
  } catch {
    // An option that there is not.
    return null;
  }
}

export async function runRosterCommand(command: RosterCommand, desk: Desk): Promise<Exit> {
  if (command.kind === 'import') return importRoster(command.path, command.agreed, desk);
  const state = await desk.database.read((tx) => loadRoster(tx, desk.clock.now()));
  if (command.kind === 'export') return writeNew(command.path, rosterCsv(state), desk);
  desk.print(describeRoster(state));
  return exits.done;
}

/** Overwrites nothing, and only the owner may read the file: it holds everybody's phone number. */
async function writeNew(path: string, text: string, { print }: Desk): Promise<Exit> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    print(code === 'EEXIST' ? `${path}已存在，请换一个文件名。` : `写不了${path}（${code}）。`);
    return exits.refused;
  }
  print(`已导出到${path}。文件含手机号，请妥善保管。`);
  return exits.done;
}
