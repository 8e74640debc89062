/**
 * Figures of another month than the report's (5月底企业27 while June's report is open) or another cut-off (截至7月2日企业30): they are asked,
 * since the notice wants the figures as they stood when the period ended.
 */
import { DateTime } from 'luxon';
import { readNumeral } from './numerals';

const month = '(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const mention = new RegExp(
  `(?<![\\d.个第])(?:(20\\d{2})\\s*年\\s*|(去年|今年))?${month}\\s*月(?!\\s*\\d{1,2}\\s*[日号])份?`,
  'g',
);
const cutOff = new RegExp(
  `(?:截至|截止|截|到|至)\\s*(?:到|至|于)?\\s*(?:(20\\d{2})\\s*年\\s*)?${month}\\s*月\\s*(\\d{1,2})\\s*[日号](?!\\s*(?:之?前|以前|报|上报|交|止报|截止报))`,
  'g',
);
/** 比5月多3家, 从5月的24家: the other month is what is compared with. */
const compared = /(?:比|较|从|由|自|和|跟|与|同|按照?|照|沿用|延用|参照|对比|相比|原)\s*(?:了)?$/;
/** 7月10日前报 and 8月再报 are about sending. */
const sending = /^\s*(?:\d{1,2}[日号])?(?:之?前|以前|再|才|开始|起|要|会)/;

/** The text names a month or a cut-off that is not the report's (`YYYY-MM`). */
export function namesOtherMonth(text: string, period: string): boolean {
  const months = [...text.matchAll(mention)].filter(
    (match) => !compared.test(text.slice(0, match.index)) && !sending.test(text.slice(match.index + match[0].length)),
  );
  if (months.some((match) => !isMonth(match[3], yearOf(match[1], match[2], period), period))) return true;
  const days = [...text.matchAll(cutOff)];
  return days.some((match) => !isMonth(match[2], match[1], period) || Number(match[3]) !== lastDayOf(period));
}

/** Without a known period every plain month may be the previous one. */
export function isPreviousPeriod(words: string, period: string | undefined): boolean {
  const match = new RegExp(`^(?:(20\\d{2})年|(去年|今年))?${month}月`).exec(words);
  if (!match) return false;
  if (period === undefined) return match[2] !== '去年';
  const previous = DateTime.fromISO(`${period}-01`).minus({ months: 1 }).toFormat('yyyy-MM');
  return isMonth(match[3], yearOf(match[1], match[2], period), previous);
}

function yearOf(year: string | undefined, relative: string | undefined, period: string): string | undefined {
  return relative === '去年' ? String(Number(period.slice(0, 4)) - 1) : year;
}

function isMonth(words: string | undefined, year: string | undefined, period: string): boolean {
  const reading = readNumeral((words ?? '').replace(/^0(?=\d)/, ''));
  const isSameYear = year === undefined || year === period.slice(0, 4);
  return isSameYear && reading.kind === 'exact' && Number(reading.value) === Number(period.slice(5));
}

function lastDayOf(period: string): number {
  return DateTime.fromISO(`${period}-01`).endOf('month').day;
}
