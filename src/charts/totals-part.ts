/**
 * The totals of this month beside last month's. Every figure has a scale of its own, since 4 institutes and 1,020 firms
 * on one scale would leave the first unseen. The bars are read off the printed numbers, so the two cannot differ.
 */
import type { FigureLine } from '../channels/content';
import {
  colors,
  innerWidth,
  type Label,
  margin,
  mark,
  type Part,
  pageWidth,
  type Strip,
  widthOf,
} from './sheet-of-parts';

const pitch = 128;
const barHeight = 38;
const [nameSize, noteSize] = [34, 30];
const gap = 24;
/** Where the two colours are explained. */
const keys = [pageWidth - margin - 240, pageWidth - margin - 108] as const;

export interface TotalsTold {
  /** 合计（15家） */
  readonly heading: string;
  readonly figures: readonly FigureLine[];
  /** 6月, 5月 */
  readonly months: readonly [now: string, before: string];
}

export function totalsPart({ heading, figures, months }: TotalsTold, top: number): Part {
  const rows = figures.map((figure) => ({ figure, words: wordsOf(figure, months[1]) }));
  const left = columnWidth(rows.map(({ words }) => [words.name, words.change]));
  const right = columnWidth(rows.map(({ words }) => [words.now, words.before]));
  const bars = { x: margin + left + gap, width: innerWidth - left - right - 2 * gap };
  const begin = top + 96;
  return {
    labels: [
      ...headingLabels(heading, months, top + 40),
      ...rows.flatMap(({ words }, index) => rowLabels(words, begin + index * pitch, left)),
    ],
    strips: [
      mark(keys[0], top + 40, colors.thisMonth),
      mark(keys[1], top + 40, colors.lastMonth),
      ...rows.flatMap(({ figure }, index) => rowStrips(figure, { ...bars, y: begin + index * pitch })),
    ],
    bottom: begin + rows.length * pitch,
  };
}

interface Words {
  readonly name: string;
  readonly change: string;
  readonly now: string;
  readonly before: string;
}

function wordsOf({ label, value, before, change }: FigureLine, monthBefore: string): Words {
  return { name: label, change: change ?? '', now: value, before: `${monthBefore} ${before ?? '—'}` };
}

/** Room for the longest of them, as long as the bars keep enough. */
function columnWidth(lines: readonly (readonly [main: string, note: string])[]): number {
  const widths = lines.map(([main, note]) => Math.max(widthOf(main, nameSize), widthOf(note, noteSize)));
  return Math.min(320, Math.max(...widths) + 8);
}

function headingLabels(heading: string, [now, before]: TotalsTold['months'], y: number): readonly Label[] {
  const name = { y, size: noteSize, color: colors.faint };
  return [
    { text: heading, x: margin, y, size: 38, color: colors.ink, bold: true, width: keys[0] - margin - gap },
    { text: now, x: keys[0] + 40, ...name },
    { text: before, x: keys[1] + 40, ...name },
  ];
}

function rowLabels({ name, change, now, before }: Words, y: number, width: number): readonly Label[] {
  const [first, second] = [y + barHeight / 2, y + barHeight * 1.5 + 6];
  const right = { x: pageWidth - margin, align: 'right' } as const;
  return [
    { text: name, x: margin, y: first, size: nameSize, color: colors.ink, width },
    { text: change, x: margin, y: second, size: noteSize, color: colorOf(change), width },
    { text: now, ...right, y: first, size: nameSize, color: colors.ink, bold: true },
    { text: before, ...right, y: second, size: noteSize, color: colors.faint },
  ];
}

function colorOf(change: string): string {
  if (change.includes('-')) return colors.fall;
  return change.includes('+') ? colors.thisMonth : colors.faint;
}

function rowStrips({ value, before }: FigureLine, place: Pick<Strip, 'x' | 'y' | 'width'>): readonly Strip[] {
  const [now, last] = [lengthOf(value), lengthOf(before ?? '0')];
  const bar = { ...place, height: barHeight, full: Math.max(now, last) };
  const strip = { ...bar, segments: [{ value: now, color: colors.thisMonth }] };
  if (before === null) return [strip];
  return [strip, { ...bar, y: place.y + barHeight + 6, segments: [{ value: last, color: colors.lastMonth }] }];
}

/** 1020 of 1020家. */
const lengthOf = (printed: string): number => Number.parseFloat(printed);
