/**
 * A table where no markup shows one: two columns as 名称：值, short ones set in columns that align, long ones with a bar
 * between the cells, since a line that breaks in a phone's bubble aligns with nothing.
 */
import type { Block } from './content';

type Table = Extract<Block, { kind: 'table' }>;
type Row = readonly string[];

/** What a bubble on a phone holds in one line, where a Chinese character counts two. */
const bubbleWidth = 34;
const gap = '\u3000';

/** As wide as a Chinese character, and half of it: both are so in every font, unlike the space of the keyboard. */
const fullSpace = '\u3000';
const halfSpace = '\u2002';

export function tableLines({ header, rows }: Table): string[] {
  const table = [header, ...rows].map((row) => header.map((_, column) => oneLine(row[column] ?? '')));
  if (header.length === 2) return table.map(namedValue);
  const widths = header.map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? ''))));
  const width = widths.reduce((sum, each) => sum + each + widthOf(gap), -widthOf(gap));
  return width <= bubbleWidth ? table.map((row) => aligned(row, widths, numericColumns(table))) : table.map(barred);
}

const oneLine = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim();

const namedValue = ([name = '', value = '']: Row): string =>
  name === '' || value === '' ? name + value : `${name}：${value}`;

/** Nothing is written for the empty cells at the end, such as a remark that most rows do not have. */
function barred(row: Row): string {
  const filled = row.slice(0, row.findLastIndex((cell) => cell !== '') + 1);
  return filled.map((cell) => cell || '—').join(' ｜ ');
}

/** Figures stand under each other by their last digit. */
function numericColumns([, ...rows]: readonly Row[]): readonly boolean[] {
  const columns = rows[0]?.map((_, column) => rows.map((row) => row[column] ?? '')) ?? [];
  return columns.map((cells) => cells.every((cell) => /^[-+]?[\d.,]*%?$/.test(cell)));
}

function aligned(row: Row, widths: readonly number[], numeric: readonly boolean[]): string {
  const cells = row.map((cell, column) => {
    const padding = spaces((widths[column] ?? 0) - widthOf(cell));
    return numeric[column] ? padding + cell : cell + padding;
  });
  return cells.join(gap).trimEnd();
}

const spaces = (width: number): string => fullSpace.repeat(Math.floor(width / 2)) + halfSpace.repeat(width % 2);

/** In a Chinese font, everything but the letters, digits and marks of a Latin keyboard takes two columns. */
const narrow = /^(?:[\u0020-\u00ff\u2002]|(?![\uff01-\uff5e])\p{Script=Latin})/u;
const characters = new Intl.Segmenter('zh');

function widthOf(text: string): number {
  return Array.from(characters.segment(text)).reduce((sum, { segment }) => sum + (narrow.test(segment) ? 1 : 2), 0);
}
