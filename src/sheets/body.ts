/** The rows below a head, each cell with its address; totals, notes and blank rows are not among them. */
import type { FieldDefinition, TableDefinition } from '../table/definition';
import type { FoundHead } from './find-head';
import { addressOf, blankCell, type CellFlaw, type Grid, type GridCell } from './grid';

export interface ReadCell {
  /** `E5` */
  readonly address: string;
  /** Empty when nothing stands there. */
  readonly text: string;
  readonly flaw: CellFlaw | null;
}

export interface ReadRow {
  /** Counts the rows of the body from 1. */
  readonly number: number;
  /** What stands under 序号; null when that is no number. */
  readonly serial: number | null;
  /** The unit that the row is labelled with; null where the sheet has no such column. */
  readonly unit: string | null;
  /** By field key; columns that the sheet does not have are missing. */
  readonly cells: Readonly<Record<string, ReadCell>>;
}

type Line = readonly GridCell[];

const totals = /^(合\s*计|总\s*计|小\s*计|共\s*计)/;
const notes =
  /^[*＊※\s]*(注|备注|说明|填表|填报|审核|制表|联系|单位负责人)\s*(人|说明|单位|时间)?\s*[\d一二]?\s*[:：.、]/;

export function readBody(grid: Grid, head: FoundHead, definition: TableDefinition): readonly ReadRow[] {
  const several = definition.fields.filter((field) => field.many);
  const rows: ReadRow[] = [];
  for (const [at, line] of grid.rows.entries()) {
    if (at <= head.bottom || isAside(line, head)) continue;
    const previous = rows.at(-1);
    const row = readRow({ line, at, head, number: rows.length + 1 });
    if (previous && continuesAbove(line, head, several)) rows[rows.length - 1] = joined(previous, row, several);
    else rows.push(row);
  }
  return rows;
}

/** Blank but for a number, a total, a note under the table. */
function isAside(line: Line, head: FoundHead): boolean {
  const own = line.filter((cell) => cell.text !== '' && cell.continues !== 'left');
  const [first] = own;
  if (!first || totals.test(first.text.normalize('NFKC'))) return true;
  if (own.length <= 2 && notes.test(first.text)) return true;
  return [...head.columns.values()].every((column) => textAt(line, column) === '');
}

/** A cell that continues one to the left says nothing of its own column. */
function cellAt(line: Line, column: number): GridCell {
  const cell = line[column] ?? blankCell;
  return cell.continues === 'left' ? blankCell : cell;
}

const textAt = (line: Line, column: number | null): string => (column === null ? '' : cellAt(line, column).text);

function readRow(place: { line: Line; at: number; head: FoundHead; number: number }): ReadRow {
  const { line, at, head, number } = place;
  const cells = [...head.columns].map(([key, column]) => {
    const { text, flaw } = cellAt(line, column);
    return [key, { address: addressOf(at, column), text, flaw }] as const;
  });
  const serial = textAt(line, head.serial).replace(/[.、]$/, '');
  return {
    number,
    serial: /^\d{1,5}$/.test(serial) ? Number(serial) : null,
    unit: head.unit === null ? null : textAt(line, head.unit),
    cells: Object.fromEntries(cells),
  };
}

/** One entry over several lines: all of it merged with the line above, but for a field of several values. */
function continuesAbove(line: Line, head: FoundHead, several: readonly FieldDefinition[]): boolean {
  const columnsOfSeveral = several.flatMap((field) => head.columns.get(field.key) ?? []);
  const others = [...head.columns.values()].filter((column) => !columnsOfSeveral.includes(column));
  const filled = others.filter((column) => textAt(line, column) !== '');
  const isFresh = columnsOfSeveral.some((column) => line[column]?.continues === null);
  return isFresh && filled.length > 0 && filled.every((column) => line[column]?.continues === 'above');
}

function joined(previous: ReadRow, row: ReadRow, several: readonly FieldDefinition[]): ReadRow {
  const cells: Record<string, ReadCell> = { ...previous.cells };
  for (const { key } of several) {
    const [above, cell] = [cells[key], row.cells[key]];
    if (!above || !cell || cell.text === '' || above.text.split('\n').includes(cell.text)) continue;
    cells[key] = { ...above, text: `${above.text}\n${cell.text}`, flaw: above.flaw ?? cell.flaw };
  }
  return { ...previous, cells };
}
