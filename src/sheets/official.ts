/**
 * Reads back an official workbook: as we export it, or filled in by hand on the bureau's form. Finds for each declared table
 * its sheet, its columns and its rows, every cell with its address; what the cells mean is the caller's business.
 */
import type { TableDefinition } from '../table/definition';
import { type ReadCell, type ReadRow, readBody } from './body';
import { type FoundHead, findHead, missingColumns, neededColumns } from './find-head';
import { addressOf, type Grid, gridOf } from './grid';
import { isOldWorkbook, isZip, oldWorkbookReason, openSheets } from './open';

export type { ReadCell, ReadRow } from './body';
export type { CellFlaw } from './grid';

export interface ReadTable {
  /** Name of the declared table. */
  readonly table: string;
  /** Name of the worksheet; empty for pasted rows. */
  readonly sheet: string;
  /** What stands above the head: title, 填报单位, 填报时间. */
  readonly opening: readonly ReadCell[];
  readonly rows: readonly ReadRow[];
}

export type OfficialResult =
  | { readonly ok: true; readonly tables: readonly ReadTable[] }
  /** `reason` is for the person who sent the file. */
  | { readonly ok: false; readonly reason: string };

const megabyte = 1024 * 1024;
/** A county's list has some hundred rows; the limits keep what a hostile file can cost to a few dozen megabytes. */
export const officialLimits = {
  bytes: 5 * megabyte,
  unpackedBytes: 20 * megabyte,
  rows: 5_000,
  columns: 100,
  cells: 100_000,
  tags: 1_000_000,
  refusesMacros: true,
} as const;

export async function readOfficial(
  file: { readonly name: string; readonly bytes: Uint8Array },
  definitions: readonly TableDefinition[],
): Promise<OfficialResult> {
  const { name, bytes } = file;
  if (bytes.length > officialLimits.bytes) return refuse(`文件超过${officialLimits.bytes / megabyte} MB`);
  if (isOldWorkbook(bytes)) return refuse(oldWorkbookReason);
  if (!isZip(bytes)) return refuse(adviceFor(name));
  const opened = await openSheets(bytes, officialLimits);
  if (!opened.ok) return opened;
  const shown = opened.sheets.filter((sheet) => sheet.state === 'visible');
  return readGrids(shown.map(gridOf), definitions);
}

const refuse = (reason: string): OfficialResult => ({ ok: false, reason });

function adviceFor(name: string): string {
  if (/\.(csv|txt)$/i.test(name)) return '是文本文件，请用 .xlsx 模板，或把表格行复制后直接粘贴到聊天里';
  if (/\.(pdf|jpe?g|png|docx?|wps)$/i.test(name)) return '不是表格文件，请发 .xlsx';
  return '不是Excel工作簿，只能读 .xlsx';
}

interface Match {
  readonly definition: TableDefinition;
  readonly grid: Grid;
  readonly head: FoundHead;
}

/** Pure: the tables on these sheets. */
export function readGrids(grids: readonly Grid[], definitions: readonly TableDefinition[]): OfficialResult {
  const found = grids.flatMap((grid) => bestMatch(grid, definitions) ?? []);
  const chosen = definitions.flatMap((definition) => bestSheet(found, definition) ?? []);
  if (chosen.length === 0) return refuse(`看不出是哪张表。${definitions.map((each) => lackOf(each, null)).join('；')}`);
  const lacking = chosen.filter(({ definition, head }) => missingColumns(definition, head).length > 0);
  if (lacking.length > 0) return refuse(lacking.map(({ definition, head }) => lackOf(definition, head)).join('；'));
  return { ok: true, tables: chosen.map(tableOf) };
}

/** The table that most of a sheet's columns belong to. */
function bestMatch(grid: Grid, definitions: readonly TableDefinition[]): Match | null {
  const matches = definitions.flatMap((definition) => {
    const head = findHead(grid, definition);
    return head && isLikely(grid, definition, head) ? [{ definition, grid, head }] : [];
  });
  return matches.sort((a, b) => b.head.columns.size - a.head.columns.size)[0] ?? null;
}

/** Half of the columns, or fewer on a sheet of the right name. */
function isLikely({ name }: Grid, definition: TableDefinition, { columns }: FoundHead): boolean {
  const present = neededColumns(definition).filter(({ key }) => columns.has(key)).length;
  return present * 2 >= neededColumns(definition).length || (isNamedFor(name, definition) && columns.size >= 2);
}

const isNamedFor = (name: string, { attachment, short, title }: TableDefinition): boolean =>
  [attachment, short, title].some((each) => name.replaceAll(/\s/g, '').includes(each));

function bestSheet(found: readonly Match[], definition: TableDefinition): Match | null {
  const own = found.filter((match) => match.definition === definition);
  return own.find(({ grid }) => isNamedFor(grid.name, definition)) ?? own[0] ?? null;
}

/** 附件2缺少列：达成许可的被许可人名称 */
function lackOf(definition: TableDefinition, head: FoundHead | null): string {
  const titles = missingColumns(definition, head).map((field) => field.name);
  return `${definition.attachment}（${definition.short}）缺少列：${titles.join('、')}`;
}

function tableOf({ definition, grid, head }: Match): ReadTable {
  const opening = grid.rows
    .slice(0, head.bottom)
    .flatMap((row, at) =>
      row.flatMap(({ text, flaw, continues }, column) =>
        text !== '' && continues === null ? [{ address: addressOf(at, column), text, flaw }] : [],
      ),
    );
  return { table: definition.name, sheet: grid.name, opening, rows: readBody(grid, head, definition) };
}
