/**
 * One cell as a value of its field. Nothing is guessed here either: 约30, a date or a formula in a cell of figures is
 * wrong, and says why in a few words that follow the cell's address.
 */
import Decimal from 'decimal.js';
import { readAmount } from '../reading/amounts';
import { normalText } from '../reading/normal-text';
import { findNumbers } from '../reading/numerals';
import { readPatentNumbers } from '../reading/patent-number';
import { splitNames } from '../reading/text-values';
import { isWebAddress } from '../reading/web-addresses';
import type { CellFlaw, ReadCell } from '../sheets/official';
import type { FieldDefinition } from '../table/definition';

export type CellReading =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'blank' }
  /** 不适用, whose reason no sheet has room for. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'wrong'; readonly reason: string };

const flaws: Readonly<Record<CellFlaw, string>> = {
  formula: '是公式，请改成值',
  date: '是日期，请改成文字或数',
  error: '是出错的公式，请改成值',
  logical: '是逻辑值，请改成值',
};

/** How people leave a cell empty that need not be filled. */
const nothing = /^[/\\—–-]+$|^(无|没有|空)$/;
/** The widest count that a column holds (signed 32 bits). */
const largestCount = 2_147_483_647;
/** Digits before the decimal point that a column of amounts holds. */
const largestAmount = new Decimal(1e9);

export function readCell(field: FieldDefinition, cell: ReadCell): CellReading {
  const text = normalText(cell.text).trim();
  if (text === '' || (!field.required && nothing.test(text))) return { kind: 'blank' };
  if (cell.flaw !== null) return wrong(`“${shorten(cell.text)}”${flaws[cell.flaw]}`);
  if (text === '不适用') return { kind: 'absent' };
  return readers[field.kind](field, text, cell.text.trim());
}

const wrong = (reason: string): CellReading => ({ kind: 'wrong', reason });
const exactly = (value: string): CellReading => ({ kind: 'value', value });

type Reader = (field: FieldDefinition, text: string, words: string) => CellReading;

const readers: Readonly<Record<FieldDefinition['kind'], Reader>> = {
  count: readCount,
  amount: readMoney,
  text: (field, text, words) => (field.many ? readTexts(field, text, words) : readText(field, words)),
  choice: readChoice,
  patents: readPatents,
};

function readCount(field: FieldDefinition, text: string, words: string): CellReading {
  const [span] = findNumbers(text);
  const isWhole = span !== undefined && span.start === 0 && span.end === text.length;
  const hasUnit = span !== undefined && ['', field.unit, '个', '家', '户'].includes(span.counter);
  if (!isWhole || !hasUnit || span.reading.kind !== 'exact') return wrong(`“${shorten(words)}”不是整数`);
  const value = new Decimal(span.reading.value);
  if (!value.isInteger() || span.sign === '+') return wrong(`“${shorten(words)}”不是整数`);
  if (value.isNegative()) return wrong(`“${shorten(words)}”是负数`);
  return value.gt(largestCount) ? wrong(`“${shorten(words)}”超出范围`) : exactly(value.toFixed());
}

function readMoney(field: FieldDefinition, text: string, words: string): CellReading {
  if (/^(免费|无偿|零)$/.test(text)) return exactly('0');
  const [span] = findNumbers(text);
  const isWhole = span !== undefined && span.start === 0 && span.end === text.length;
  const reading = isWhole ? readAmount(text) : ({ kind: 'none' } as const);
  if (reading.kind === 'exact') {
    return new Decimal(reading.value).lt(largestAmount) ? exactly(reading.value) : wrong(`“${shorten(words)}”超出范围`);
  }
  if (reading.kind === 'none') return wrong(`“${shorten(words)}”不是金额，本列只填数（${field.unit}）`);
  const reasons: Readonly<Partial<Record<typeof reading.reason, string>>> = {
    vague: '是约数，请填确切数',
    unit: `看不出是元还是${field.unit}，请带上单位`,
    negative: '是负数',
    too_precise: '的小数位太多',
  };
  return wrong(`“${shorten(words)}”${reasons[reading.reason] ?? `不是金额，本列只填数（${field.unit}）`}`);
}

/** A cell is one text, whatever marks stand in it: 甲大学、乙公司 may hold a patent together. */
function readText(field: FieldDefinition, words: string): CellReading {
  const value = words.replaceAll(/\s*\n\s*/g, '、');
  if (value.length > field.maxLength) return wrong(`超过${field.maxLength}字`);
  const isName = !field.required || /[\p{Script=Han}A-Za-z]/u.test(value);
  return isName ? exactly(value) : wrong(`“${shorten(value)}”不像名称`);
}

function readTexts(field: FieldDefinition, text: string, words: string): CellReading {
  const isAddress = field.format === 'url';
  const parts = isAddress ? text.split(/[\s、，,;；]+/).filter((part) => part !== '') : splitNames(words);
  if (parts.length === 0) return wrong(`“${shorten(words)}”没读懂`);
  if (parts.some((part) => part.length > field.maxLength)) return wrong(`超过${field.maxLength}字`);
  const bad = isAddress ? parts.find((part) => !isWebAddress(part)) : undefined;
  return bad === undefined ? exactly(parts.join('\n')) : wrong(`“${shorten(bad)}”不像网址`);
}

function readChoice(field: FieldDefinition, text: string, words: string): CellReading {
  const option = field.options.find(({ value, label, synonyms }) => [value, label, ...synonyms].includes(text));
  const labels = field.options.map(({ label }) => label).join('、');
  return option ? exactly(option.value) : wrong(`“${shorten(words)}”不在可选项里（${labels}）`);
}

function readPatents(_field: FieldDefinition, text: string, words: string): CellReading {
  const readings = readPatentNumbers(text);
  const reasons = readings.flatMap((reading) => {
    if (reading.kind === 'ok') return [];
    if (reading.kind === 'wrong_check') return [`${reading.words}校验位不符，请对照证书`];
    const what = reading.kind === 'publication' ? '是公告号' : '不像专利号';
    return [`${shorten(reading.words)}${what}，请填以ZL开头的专利号`];
  });
  if (reasons.length > 0) return wrong(reasons.join('；'));
  const values = readings.flatMap((reading) => (reading.kind === 'ok' ? [reading.value] : []));
  if (values.length === 0) return wrong(`“${shorten(words)}”不像专利号，请填以ZL开头的专利号`);
  return exactly([...new Set(values)].join('\n'));
}

const shorten = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 20 ? `${line.slice(0, 19)}…` : line;
};
