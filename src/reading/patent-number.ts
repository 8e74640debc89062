/**
 * Patent numbers (专利号) as people type them → `ZL202110234567.5`. Standard ZC 0006: ZL + application number + check
 * character; four-digit year and seven-digit serial since October 2003, two and five before. A wrong check character is
 * reported and never mended: nobody can know which digit was mistyped.
 */
import { normalText } from './normal-text';

export type PatentNumberReading =
  | { readonly kind: 'ok'; readonly value: string; readonly words: string }
  | { readonly kind: 'wrong_check'; readonly words: string }
  | { readonly kind: 'publication'; readonly words: string }
  | { readonly kind: 'malformed'; readonly words: string };

export interface PatentNumberSpan {
  readonly start: number;
  readonly end: number;
  readonly reading: PatentNumberReading;
}

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
const digits = String.raw`\d(?:[ -]?\d)`;
const candidate = new RegExp(
  [
    // Publication and grant numbers: country code, digits, kind code (CN108123456B). Letters may be typed small.
    String.raw`CN ?\d{7,12}(?: ?[ABCSUY]\d?)?(?![A-Z0-9])`,
    `ZL[ .:]*${digits}{3,15}(?: ?[.。·] ?[0-9X]|[0-9X])?[0-9A-Z]*`,
    String.raw`(?<![\dA-Z.])(?:19|20)\d{2} ?[12389] ?\d{7}(?: ?[.。·] ?[0-9X]| ?[0-9X])(?![\dA-Z])`,
    String.raw`(?<![\dA-Z.])(?:8[5-9]|9\d|0[0-3])[12389]\d{5}[.。·][0-9X](?![\dA-Z])`,
  ].join('|'),
  'gi',
);

/** The check character of an application number without it. */
export function checkCharacterOf(digits: string): string {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  const remainder = sum % 11;
  return remainder === 10 ? 'X' : String(remainder);
}

/** One number, as a whole. */
export function readPatentNumber(text: string): PatentNumberReading {
  const words = text.trim();
  const plain = normalText(words)
    .toUpperCase()
    .replace(/[\s。·.-]/g, '');
  if (/^CN\d{7,12}[ABCSUY]?\d?$/.test(plain)) return { kind: 'publication', words };
  const number = /^(?:ZL:?)?(\d{12}|\d{8})([0-9X])$/.exec(plain);
  const body = number?.[1];
  const check = number?.[2];
  if (!body || !check || !hasSoundShape(body)) return { kind: 'malformed', words };
  if (checkCharacterOf(body) !== check) return { kind: 'wrong_check', words };
  return { kind: 'ok', value: `ZL${body}.${check}`, words };
}

/** Year and kind are what the standard allows: 1 发明, 2 实用新型, 3 外观设计, 8 and 9 by way of the PCT. */
function hasSoundShape(body: string): boolean {
  if (body.length === 12) return /^20(?:0[3-9]|[1-9]\d)[12389]/.test(body);
  return /^(?:8[5-9]|9\d|0[0-3])[12389]/.test(body);
}

/** Every patent or publication number that stands in a text, in reading order. */
export function findPatentNumbers(text: string): readonly PatentNumberSpan[] {
  return [...normalText(text).matchAll(candidate)].map((match) => {
    const start = match.index;
    const end = start + match[0].trimEnd().length;
    return { start, end, reading: readPatentNumber(text.slice(start, end)) };
  });
}

/** An answer that lists patent numbers and nothing else: what is no number is malformed. */
export function readPatentNumbers(text: string): readonly PatentNumberReading[] {
  const normal = normalText(text);
  const spans = findPatentNumbers(text);
  let done = 0;
  const readings: PatentNumberReading[] = [];
  for (const span of spans) {
    readings.push(...malformedBetween(normal.slice(done, span.start)), span.reading);
    done = span.end;
  }
  return [...readings, ...malformedBetween(normal.slice(done))];
}

function malformedBetween(text: string): readonly PatentNumberReading[] {
  return text
    .split(/[、，,;；\n]|和|及/)
    .map((piece) => piece.trim())
    .filter((piece) => /[0-9A-Z]{4,}/i.test(piece))
    .map((words) => ({ kind: 'malformed', words }));
}
