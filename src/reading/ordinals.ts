/** Fields named by their number in the questions: 第一项改成5, ①4 ②27, and lines numbered 1、 2、 3、. Derived fields have no number. */
import type { FieldDefinition } from '../table/definition';

export interface OrdinalSpan {
  readonly start: number;
  readonly end: number;
  /** Empty when there is no field of that number. */
  readonly keys: readonly string[];
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫';
const anyCircled = new RegExp(`[${circled}]`, 'g');
const chineseDigits = '零一二三四五六七八九十';
const spoken = /第\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*(?:项|个?指标|个?问题|个数|栏|列|格|题|条|空)/g;
const lineMark = /^[ \t]*(\d{1,2})[ \t]*(?:[、):]|\.(?=\s|[^\d\s]))[ \t]*/gm;

/** 1.高校院所4家；2.企业27家 */
const listMark = /(?<=^|[；;。，,、\n\s])\d{1,2}[ ]*[.、)][ ]*/g;

/** `isNameAt`: a field is named at this place. */
export function findOrdinals(
  text: string,
  fields: readonly FieldDefinition[],
  isNameAt: (at: number) => boolean,
): readonly OrdinalSpan[] {
  const asked = fields.filter((field) => field.derived === null).map((field) => field.key);
  const keysOf = (number: number) => asked.slice(number - 1, number);
  const spokenSpans = [...text.matchAll(spoken)].map((match) => spanOf(match, keysOf(numberOf(match[1] ?? ''))));
  const circles = [...text.matchAll(anyCircled)].map((match) => spanOf(match, keysOf(circled.indexOf(match[0]) + 1)));
  const marks = [...text.matchAll(listMark)].filter((match) => isNameAt(match.index + match[0].length));
  const lines = marks.length > 0 ? marks.map((match) => spanOf(match, [])) : lineNumbers(text, keysOf);
  return [...spokenSpans, ...circles, ...lines].sort((one, other) => one.start - other.start);
}

/** A single 1、 may be a figure; lines that count from 1 are a list. */
function lineNumbers(text: string, keysOf: (number: number) => readonly string[]): readonly OrdinalSpan[] {
  const matches = [...text.matchAll(lineMark)];
  const counts = matches.every((match, at) => Number(match[1]) === at + 1);
  return matches.length >= 2 && counts ? matches.map((match) => spanOf(match, keysOf(Number(match[1])))) : [];
}

function spanOf(match: RegExpExecArray, keys: readonly string[]): OrdinalSpan {
  return { start: match.index, end: match.index + match[0].length, keys };
}

function numberOf(words: string): number {
  if (/^\d+$/.test(words)) return Number(words);
  const [first = '', second = ''] = words;
  if (first === '十') return 10 + (second ? chineseDigits.indexOf(second) : 0);
  return second ? Number.NaN : chineseDigits.indexOf(first);
}
