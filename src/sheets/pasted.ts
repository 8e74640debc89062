/**
 * Rows copied from a spreadsheet and pasted into a chat: cells between tabs, a cell of several lines in quotes. With a head
 * line the columns are found by it, without one they are taken in the official order.
 */
import { parse } from 'csv-parse/sync';
import type { FieldKind, TableDefinition } from '../table/definition';
import { readBody } from './body';
import { type FoundHead, findHead, neededColumns } from './find-head';
import { type Grid, textCell } from './grid';
import { leavesOf } from './head';
import type { ReadTable } from './official';

/** Null when the text is no rows of any of the tables. */
export function readPasted(text: string, definitions: readonly TableDefinition[]): ReadTable | null {
  if (!text.includes('\t')) return null;
  const grid = { name: '', rows: linesOf(text).map((cells) => cells.map(textCell)) };
  const found = headed(grid, definitions) ?? headless(grid, definitions);
  if (!found) return null;
  const { definition, head } = found;
  return { table: definition.name, sheet: '', opening: [], rows: readBody(grid, head, definition) };
}

function linesOf(text: string): readonly string[][] {
  const options = { delimiter: '\t', relax_column_count: true, skip_empty_lines: true, quote: '"', escape: '"' };
  try {
    return parse(text, options);
  } catch {
    // A quotation mark that is only one: inches, or half a pair.
    return text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.split('\t')]));
  }
}

interface Found {
  readonly definition: TableDefinition;
  readonly head: FoundHead;
}

/** By a head line with two columns or more of one table, the table with the most. */
function headed(grid: Grid, definitions: readonly TableDefinition[]): Found | null {
  const found = definitions.flatMap((definition) => {
    const head = findHead(grid, definition);
    return head && head.columns.size >= 2 && head.bottom < grid.rows.length - 1 ? [{ definition, head }] : [];
  });
  return found.sort((a, b) => b.head.columns.size - a.head.columns.size)[0] ?? null;
}

/**
 * By the number of columns, with or without 序号 before them, and by what stands in them; a row may end early where its last
 * columns are optional.
 */
function headless({ rows }: Grid, definitions: readonly TableDefinition[]): Found | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const found = definitions.flatMap((definition) => {
    const keys = leavesOf(definition.sheet.columns).map((leaf) => leaf.field ?? '');
    const needed = 1 + Math.max(...neededColumns(definition).map((field) => keys.indexOf(field.key)));
    return [1, 0]
      .filter((leading) => width - leading >= needed && width - leading <= keys.length)
      .map((leading) => ({ definition, head: inOrder(keys, leading) }));
  });
  const judged = found.map((each) => ({ ...each, fitness: fitnessOf(rows, each) }));
  const best = judged.sort((a, b) => b.fitness - a.fitness)[0];
  return best && best.fitness >= leastFitness ? best : null;
}

/** One cell of a row may be wrong, and another blank. */
const leastFitness = 0.6;

/** The part of the filled cells that may be values of their columns; what stands under 序号 has to be a number. */
function fitnessOf(rows: Grid['rows'], { definition, head }: Found): number {
  const expected = definition.fields.flatMap(({ key, kind }) => {
    const column = head.columns.get(key);
    return column === undefined ? [] : [{ column, form: forms[kind] }];
  });
  const all = head.serial === null ? expected : [{ column: head.serial, form: /^\d{0,4}[.、]?$/ }, ...expected];
  const filled = rows.flatMap((row) =>
    all.flatMap(({ column, form }) => {
      const text = row[column]?.text ?? '';
      return text === '' ? [] : [form.test(text)];
    }),
  );
  return filled.length === 0 ? 0 : filled.filter(Boolean).length / filled.length;
}

const forms: Readonly<Record<FieldKind, RegExp>> = {
  count: /^[^\p{Script=Han}]*\d|[〇零一二两三四五六七八九十百千万]/u,
  amount: /\d|[零一二两三四五六七八九十百千万]|免费/,
  text: /[\p{Script=Han}A-Za-z]/u,
  choice: /./,
  patents: /\d{6}/,
};

function inOrder(keys: readonly string[], leading: number): FoundHead {
  const columns = new Map(keys.flatMap((key, at) => (key === '' ? [] : [[key, at + leading] as const])));
  return { bottom: -1, columns, serial: leading > 0 ? 0 : null, unit: null };
}
