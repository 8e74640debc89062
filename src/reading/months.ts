/** Months and days as people write them → 'YYYY-MM' and 'YYYY-MM-DD'. A bare month is the latest one that is not in the future. */
import { DateTime } from 'luxon';
import { normalText } from './normal-text';
import { readNumeral } from './numerals';

const month = '(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const day = '(3[01]|[12]\\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])';
const year = '(20\\d{2}|[二两]\\s?[〇零]\\s?[一二三]\\s?[〇零一二三四五六七八九])';

const fullMonth = new RegExp(`${year}\\s*(?:-|/|\\.|年)\\s*${month}(?![\\d.])\\s*(?:月份?)?`);
const relativeYearMonth = new RegExp(`(今年|去年)\\s*${month}\\s*月`);
const bareMonth = new RegExp(`(?<![\\d.个])${month}\\s*月`);
const fullDay = new RegExp(`${year}\\s*(?:-|/|\\.|年)\\s*${month}\\s*(?:-|/|\\.|月)\\s*${day}(?!\\d)`);
const monthDay = new RegExp(`(?<![\\d.])${month}\\s*月\\s*${day}(?!\\d)`);
const dottedDay = /(?<![\d.])(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?![\d.万元家件项%])/;
const dayOfMonth = new RegExp(`(?<!\\d)(本月|这个月|下个?月)?\\s*${day}\\s*[日号]`);

/** The month that a text speaks of; `today` is `YYYY-MM-DD`. Null when it speaks of none. */
export function readPeriod(text: string, today: string): string | null {
  const normal = normalText(text);
  const now = DateTime.fromISO(today);
  const full = fullMonth.exec(normal);
  if (full) return formatMonth(yearOf(full[1]), numberOf(full[2]));
  const relative = relativeYearMonth.exec(normal);
  if (relative) return formatMonth(now.year - (relative[1] === '去年' ? 1 : 0), numberOf(relative[2]));
  if (/上上个?月/.test(normal)) return now.minus({ months: 2 }).toFormat('yyyy-MM');
  if (/上个?月/.test(normal)) return now.minus({ months: 1 }).toFormat('yyyy-MM');
  if (/本月|这个月|当月/.test(normal)) return now.toFormat('yyyy-MM');
  const bare = bareMonth.exec(normal);
  return bare ? latestMonth(numberOf(bare[1]), now) : null;
}

function latestMonth(number: number, now: DateTime): string {
  return formatMonth(number > now.month ? now.year - 1 : now.year, number);
}

function formatMonth(yearNumber: number, monthNumber: number): string {
  return `${yearNumber}-${String(monthNumber).padStart(2, '0')}`;
}

/** The day that a text speaks of, a bare one being the nearest at or after `today` (`YYYY-MM-DD`); null when there is none such. */
export function readDate(text: string, today: string): string | null {
  const normal = normalText(text);
  const now = DateTime.fromISO(today);
  const full = fullDay.exec(normal);
  if (full) return dayOf(yearOf(full[1]), numberOf(full[2]), numberOf(full[3]));
  const offset = offsetOf(normal);
  if (offset !== null) return now.plus({ days: offset }).toISODate();
  const spoken = monthDay.exec(normal) ?? dottedDay.exec(normal);
  if (spoken) return nearestDay(numberOf(spoken[1]), numberOf(spoken[2]), now);
  const single = dayOfMonth.exec(normal);
  return single ? dayInMonth(single[1] ?? '', numberOf(single[2]), now) : null;
}

function offsetOf(text: string): number | null {
  const words: readonly (readonly [RegExp, number])[] = [
    [/大后天/, 3],
    [/后天/, 2],
    [/明天|明日|明早|明晚/, 1],
    [/今天|今日|当天|今晚/, 0],
  ];
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** 7月12日 said in December is that of next year. */
function nearestDay(monthNumber: number, dayNumber: number, now: DateTime): string | null {
  const thisYear = dayOf(now.year, monthNumber, dayNumber);
  const isLongPast = thisYear !== null && DateTime.fromISO(thisYear) < now.minus({ months: 6 });
  return isLongPast ? dayOf(now.year + 1, monthNumber, dayNumber) : thisYear;
}

function dayInMonth(which: string, dayNumber: number, now: DateTime): string | null {
  const isNext = which.startsWith('下') || (which === '' && dayNumber < now.day);
  const target = isNext ? now.startOf('month').plus({ months: 1 }) : now;
  return dayOf(target.year, target.month, dayNumber);
}

function dayOf(yearNumber: number, monthNumber: number, dayNumber: number): string | null {
  const date = DateTime.fromObject({ year: yearNumber, month: monthNumber, day: dayNumber });
  return date.isValid ? date.toISODate() : null;
}

function numberOf(words: string | undefined): number {
  const reading = readNumeral((words ?? '').replace(/^0(?=\d)/, ''));
  return reading.kind === 'exact' ? Number(reading.value) : Number.NaN;
}

function yearOf(words: string | undefined): number {
  return numberOf((words ?? '').replace(/\s/g, '').replace(/^两/, '二'));
}
