/** From the cells of a roster file to checked lines: finds the head line, cleans what was typed, names every mistake. */

import { checkCells } from './check';
import { neededFields, type RosterField, rosterColumns, rosterFields } from './columns';
import type { RosterProblem, RosterReading, RosterRow, RosterUnits } from './roster';

/** A title and a remark or two may stand above the head line. */
const headWithin = 10;

export type RosterCells = Readonly<Record<RosterField, string>>;

export function readRoster(table: readonly (readonly string[])[], units: RosterUnits): RosterReading {
  const headAt = table.slice(0, headWithin).findIndex(isHead);
  if (headAt < 0) return unreadable(1, `找不到表头，应有：${Object.values(rosterColumns).join('、')}`);
  const head = (table[headAt] ?? []).map(cleanTitle);
  const missing = rosterFields.filter((field) => !head.includes(rosterColumns[field]));
  const twice = head.find((title, index) => title !== '' && head.indexOf(title) !== index);
  const known = new Set(Object.values(rosterColumns));
  const columns = {
    extraColumns: head.filter((title) => title !== '' && !known.has(title)),
    missingColumns: missing.map((field) => rosterColumns[field]),
  };
  const lacking = missing.filter((field) => neededFields.includes(field)).map((field) => rosterColumns[field]);
  if (lacking.length > 0) return { ...unreadable(headAt + 1, `表头缺少：${lacking.join('、')}`), ...columns };
  if (twice) return { ...unreadable(headAt + 1, `表头有两列“${twice}”`), ...columns };
  return { ...readLines(table, headAt, units), ...columns };
}

function unreadable(line: number, reason: string): RosterReading {
  return { rows: [], problems: [{ line, column: null, reason }], extraColumns: [], missingColumns: [] };
}

/** A title above the table may be merged over all columns, so two different titles make a head. */
function isHead(row: readonly string[]): boolean {
  const titles = row.map(cleanTitle);
  return new Set(Object.values(rosterColumns).filter((title) => titles.includes(title))).size >= 2;
}

function cleanTitle(title: string): string {
  return title.normalize('NFKC').replaceAll(/[\s*＊]/g, '');
}

function readLines(
  table: readonly (readonly string[])[],
  headAt: number,
  units: RosterUnits,
): Pick<RosterReading, 'rows' | 'problems'> {
  const head = (table[headAt] ?? []).map(cleanTitle);
  const rows: RosterRow[] = [];
  const problems: RosterProblem[] = [];
  table.forEach((cells, index) => {
    if (index <= headAt || cells.every((cell) => cell.trim() === '')) return;
    const checked = checkCells(index + 1, readCells(head, cells), units);
    if (checked.ok) rows.push(checked.row);
    else problems.push(...checked.problems);
  });
  if (rows.length === 0 && problems.length === 0) return unreadable(headAt + 1, '表头下面没有人员');
  return { rows, problems };
}

function readCells(head: readonly string[], cells: readonly string[]): RosterCells {
  const cellOf = (field: RosterField): string => cleanCell(cells[head.indexOf(rosterColumns[field])] ?? '');
  return Object.fromEntries(rosterFields.map((field) => [field, cellOf(field)])) as RosterCells;
}

/** Full-width signs as half-width, control characters and runs of space as one space. */
function cleanCell(cell: string): string {
  return cell
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}
