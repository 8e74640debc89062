/**
 * A sheet as boxes on a grid, before any library: title, head lines, head, body, 合计, footnote, in the order of the printed
 * form. Pure, so that what stands where can be told without opening a workbook.
 */
import { columnsOf, type SheetColumn, type SheetColumns } from './columns';
import { type CellContent, empty, textOf } from './content';
import { type Area, depthOf, placeHead } from './head';
import { heightFor } from './heights';
import type { SheetData } from './sheet-data';

export type BoxStyle = 'title' | 'line' | 'head' | 'body' | 'total' | 'note';

export interface Box extends Area {
  readonly content: CellContent;
  readonly style: BoxStyle;
  readonly align: 'center' | 'left';
}

export interface Page {
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly boxes: readonly Box[];
  /** First and last head row, repeated on every printed page. */
  readonly headRows: readonly [number, number];
  readonly landscape: boolean;
}

/** The smallest height of a row by what stands in it; the form leaves room to write by hand. */
const leastHeight: Readonly<Record<BoxStyle, number>> = {
  title: 36,
  line: 22,
  head: 24,
  body: 24,
  total: 24,
  note: 20,
};

export function layPage(data: SheetData): Page {
  const columns = columnsOf(data);
  const { sheet } = data.definition;
  const opening = openingBoxes(data, columns.columns.length);
  const top = opening.length + 1;
  const bottom = top + depthOf(columns.head) - 1;
  const head = placeHead(columns.head, { top, left: 1, bottom });
  const body = bodyBoxes(data, columns.columns, bottom + 1);
  const afterBody = bottom + 1 + Math.max(data.rows.length, data.blanks);
  const totals = data.totals ? totalBoxes(data.totals, columns, afterBody) : [];
  const noteRow = afterBody + (data.totals ? 1 : 0);
  return {
    widths: columns.columns.map((column) => column.width),
    boxes: [
      ...opening,
      ...head.map((cell) => ({ ...cell, content: textOf(cell.title), style: 'head', align: 'center' }) as const),
      ...body,
      ...totals,
      ...(sheet.footnote ? [fullWidth(noteRow, columns.columns.length, 'note', sheet.footnote)] : []),
    ],
    headRows: [top, bottom],
    landscape: sheet.landscape,
  };
}

function openingBoxes(data: SheetData, width: number): readonly Box[] {
  const { titleLine, headLines } = data.definition.sheet;
  return [
    fullWidth(1, width, 'title', fill(titleLine, data)),
    ...headLines.map((line, index) => fullWidth(index + 2, width, 'line', fill(line, data))),
  ];
}

function fullWidth(row: number, width: number, style: BoxStyle, text: string): Box {
  const align = style === 'title' ? 'center' : 'left';
  return { top: row, left: 1, bottom: row, right: width, content: textOf(text), style, align };
}

/** Fills in a head line; what is not known is left as wide as the form leaves it. */
function fill(line: string, { scope, period, filedOn }: SheetData): string {
  const [year = '', month = ''] = period.split('-');
  const known: Readonly<Record<string, string>> = {
    unit: scope,
    year,
    month: month.replace(/^0/, ''),
    filed: filedOn ?? '      年    月    日',
  };
  return line.replaceAll(/\{(\w+)\}/g, (mark, name: string) => known[name] ?? mark);
}

function bodyBoxes(data: SheetData, columns: readonly SheetColumn[], top: number): readonly Box[] {
  return Array.from({ length: Math.max(data.rows.length, data.blanks) }, (_, index) => {
    const row = data.rows[index];
    return columns.map((column, at) =>
      single(top + index, at + 1, {
        content: row ? column.inRow(row, index + 1) : empty,
        style: 'body',
        align: column.align,
      }),
    );
  }).flat();
}

function totalBoxes(
  totals: NonNullable<SheetData['totals']>,
  { columns, leading }: SheetColumns,
  row: number,
): readonly Box[] {
  const boxes = columns.map((column, at) =>
    single(row, at + 1, { content: column.inTotals(totals), style: 'total', align: 'center' }),
  );
  return boxes.flatMap((box, at) => (at === 0 ? [{ ...box, right: leading }] : at < leading ? [] : [box]));
}

function single(row: number, column: number, box: Pick<Box, 'content' | 'style' | 'align'>): Box {
  return { top: row, left: column, bottom: row, right: column, ...box };
}

/** Heights of the rows from the first on. A box over several rows stretches the last of them where it must. */
export function rowHeights({ boxes, widths }: Pick<Page, 'boxes' | 'widths'>): readonly number[] {
  const heights: number[] = [];
  const inOrder = [...boxes].sort((a, b) => a.bottom - a.top - (b.bottom - b.top));
  for (const box of inOrder) {
    const width = widths.slice(box.left - 1, box.right).reduce((sum, each) => sum + each, 0);
    const needed = box.content.kind === 'text' ? heightFor(box.content.text, width) : 0;
    const above = heights.slice(box.top - 1, box.bottom - 1).reduce((sum, each) => sum + each, 0);
    const least = leastHeight[box.style];
    heights[box.bottom - 1] = Math.max(heights[box.bottom - 1] ?? least, needed - above);
  }
  return heights;
}
