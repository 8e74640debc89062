/**
 * Where the columns of a table stand on somebody's sheet: the head may lie under a title and notes, have one line or several,
 * be merged or not, and leave columns out.
 */
import type { FieldDefinition, TableDefinition } from '../table/definition';
import type { Grid, GridCell } from './grid';
import { leavesOf } from './head';
import { fieldTitled, isSerialTitle, isUnitTitle } from './titles';

export interface FoundHead {
  /** Last row of the head; the body begins below it. */
  readonly bottom: number;
  /** Columns by field key. */
  readonly columns: ReadonlyMap<string, number>;
  readonly serial: number | null;
  /** The column that names the unit of each row, on a sheet of several. */
  readonly unit: number | null;
}

/** Above the head stand a title and a few lines, not a page. */
const deepestHead = 30;
/** Head rows that one title may span. */
const highestHead = 3;

/** The head with the most columns of the table; null where none is found. */
export function findHead(grid: Grid, definition: TableDefinition): FoundHead | null {
  let best: FoundHead | null = null;
  for (let bottom = 0; bottom < Math.min(deepestHead, grid.rows.length); bottom += 1) {
    const head = headAt(grid, definition, bottom);
    if (head.columns.size > (best?.columns.size ?? 0)) best = head;
  }
  return best;
}

function headAt({ rows }: Grid, definition: TableDefinition, bottom: number): FoundHead {
  const above = rows.slice(Math.max(0, bottom - highestHead + 1), bottom + 1).reverse();
  const titles = Array.from({ length: Math.max(0, ...above.map((row) => row.length)) }, (_, at) => titleOf(above, at));
  const columns = new Map<string, number>();
  for (const [at, title] of titles.entries()) {
    const field = title === '' ? null : fieldTitled(definition, title);
    if (field && !columns.has(field.key)) columns.set(field.key, at);
  }
  return { bottom, columns, serial: indexOf(titles, isSerialTitle), unit: indexOf(titles, isUnitTitle) };
}

/** The lowest title of a column; one that spans several rows without being merged stands in the highest of them. */
const titleOf = (above: readonly (readonly GridCell[])[], column: number): string =>
  above.map((row) => row[column]?.text ?? '').find((text) => text !== '') ?? '';

function indexOf(titles: readonly string[], isTitle: (title: string) => boolean): number | null {
  const at = titles.findIndex((title) => title !== '' && isTitle(title));
  return at < 0 ? null : at;
}

/** Columns of the official sheet without which nothing can be imported: what is asked for and not left to choice. */
export function neededColumns(definition: TableDefinition): readonly FieldDefinition[] {
  const printed = new Set(leavesOf(definition.sheet.columns).map((leaf) => leaf.field));
  return definition.fields.filter((field) => printed.has(field.key) && field.derived === null && field.required);
}

export function missingColumns(definition: TableDefinition, head: FoundHead | null): readonly FieldDefinition[] {
  return neededColumns(definition).filter((field) => head?.columns.has(field.key) !== true);
}
