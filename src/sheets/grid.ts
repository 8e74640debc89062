/**
 * A worksheet as what a person sees in its cells, with what must not pass for a typed value: formulas, dates, errors. Rows
 * and columns count from 0 here; `addressOf` gives the name that the spreadsheet shows.
 */
import type { Cell, Worksheet } from './library';
import { plainText } from './plain';

/** Why the text of a cell is no value that somebody typed. */
export type CellFlaw = 'formula' | 'date' | 'error' | 'logical';

export interface GridCell {
  readonly text: string;
  readonly flaw: CellFlaw | null;
  /** Where the merged area lies that the cell only continues; null for a cell of its own. */
  readonly continues: 'above' | 'left' | null;
}

export interface Grid {
  readonly name: string;
  readonly rows: readonly (readonly GridCell[])[];
}

export const blankCell: GridCell = { text: '', flaw: null, continues: null };
export const textCell = (text: string): GridCell => ({ text: text.trim(), flaw: null, continues: null });

export function gridOf(sheet: Worksheet): Grid {
  const rows = Array.from({ length: sheet.rowCount }, (_, row) => {
    const line = sheet.getRow(row + 1);
    return Array.from({ length: line.cellCount }, (_, column) => cellOf(line.getCell(column + 1)));
  });
  return { name: sheet.name, rows };
}

function cellOf(cell: Cell): GridCell {
  const { value, master } = cell;
  const text = plainText(value);
  const flaw = text === '' ? null : flawOf(value);
  if (master === cell) return { text, flaw, continues: null };
  return { text, flaw, continues: Number(master.col) === Number(cell.col) ? 'above' : 'left' };
}

/** A formula passes when a plain number is stored as its result, since that is what whoever typed it sees. */
function flawOf(value: Cell['value']): CellFlaw | null {
  if (value instanceof Date) return 'date';
  if (typeof value === 'boolean') return 'logical';
  if (value === null || typeof value !== 'object') return null;
  if ('error' in value) return 'error';
  if (!('formula' in value) && !('sharedFormula' in value)) return null;
  return typeof value.result === 'number' && Number.isFinite(value.result) ? null : 'formula';
}

/** `E5` for row 4, column 4. */
export function addressOf(row: number, column: number): string {
  return `${lettersOf(column)}${row + 1}`;
}

function lettersOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}
